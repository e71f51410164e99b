package flow_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

var agentIdentity = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"agent_id": tftypes.String}}

// TestImport brings all of the flow, by the agent's id or by an identity.
func TestImport(t *testing.T) {
	ways := map[string]func(p *acctest.Protocol) (tftypes.Value, acctest.Values){
		"by id": func(p *acctest.Protocol) (tftypes.Value, acctest.Values) {
			state, said := p.ImportByID("agent-1")
			said.None(p.T)
			return state, nil
		},
		"by identity": func(p *acctest.Protocol) (tftypes.Value, acctest.Values) {
			state, said := p.ImportByIdentityOf(agentIdentity, acctest.Values{"agent_id": "agent-1"})
			said.None(p.T)
			return state, nil
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, greetingJSON))
			p := w.Protocol(t).Of(flowType)
			state, _ := way(p)
			p.Expect(state, acctest.Values{"agent_id": "agent-1", "conversation_mode": "flow_driven", "flow_config_json": nil, "revision": nil})
			w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1})

			plan := p.Plan(state, driven(greeting(nil)))
			plan.None(t)
			if !plan.State.Equal(state) {
				t.Errorf("the plan is %s, the state %s", plan.State, state)
			}
			w.Made(t, acctest.Ops{})
		})
	}
}

// TestImportInAnotherForm stores the form and sends nothing.
func TestImportInAnotherForm(t *testing.T) {
	w := acctest.NewWorld(t)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, greetingJSON))
	p := w.Protocol(t).Of(flowType)
	state, _ := p.ImportByID("agent-1")
	plan := p.Plan(state, drivenByJSON(greetingJSON))
	plan.None(t)
	next, said := p.Apply(plan)
	said.None(t)
	p.Expect(next, acctest.Values{"flow_config": nil, "flow_config_json": greetingJSON, "revision": nil})
	w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1})
}

// TestImportOfAnAgentWithoutAFlow: every agent has a mode.
func TestImportOfAnAgentWithoutAFlow(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	state, said := p.ImportByID("agent-1")
	said.None(t)
	p.Expect(state, acctest.Values{"conversation_mode": "llm_driven", "flow_config": nil, "flow_config_json": nil})
}

func TestImportOfWhatThereIsNot(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	for _, row := range []struct{ id, head, says string }{
		{" ", "Wrong import id", "The import id of a flow is the agent's id."},
		{"..", "Wrong import id", `cannot be "." or ".."`},
		{"agent-9", "Could not read the flow of agent agent-9", "Either the id is wrong or the agent was deleted"},
	} {
		_, said := p.ImportByID(row.id)
		said.Are(t, "error: "+row.head).Hold(t, row.says)
	}
	_, said := p.ImportByIdentityOf(agentIdentity, acctest.Values{"agent_id": ""})
	said.Are(t, "error: Wrong import id")
}

// TestDriftThatTheTypedFormCannotHold shows as JSON, and is repaired.
func TestDriftThatTheTypedFormCannotHold(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", flowOf(typedForm, stages[0].config))
	ws.Apply()
	edited := acctest.JSONObject(t, greetingJSON)
	edited["language"] = "en-US"
	w.EditFlow(w.Agent, "flow_driven", edited)
	ws.Terraform("plan").Exits(0).Says("- flow_config_json", "language", "+ flow_config", "1 to change")
	ws.Apply().SaysNot("Warning")
	ws.PlanEmpty()
	if got := w.Flow(w.Agent).Config["language"]; got != nil {
		t.Errorf("the language is %v", got)
	}
}

// TestDriftOfANodeMember: what was taken out of a node is seen, where the API shows it of another one.
func TestDriftOfANodeMember(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	waiting := func(id, next string) acctest.Values {
		return acctest.ButWith(say(id, next), acctest.Values{"extra_json": `{"wait": 2}`})
	}
	state, said := p.Create(driven(nodes(waiting("a", "b"), waiting("b", ""))))
	said.None(t)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "a", "nodes": [
		{"id": "a", "type": "say", "content": "Hello!", "next": "b", "wait": 2}, {"id": "b", "type": "say", "content": "Hello!", "next": ""}]}`))
	p = w.Protocol(t).Of(flowType)
	next, said := p.Refresh(state)
	said.None(t)
	config, _ := p.Attribute(next, "flow_config").(acctest.Values)
	found := acctest.Elements(config, "nodes")
	if found[0]["extra_json"] != `{"wait": 2}` || found[1]["extra_json"] != nil {
		t.Errorf("the nodes are %v", found)
	}
}

// TestGeneratedConfiguration of an import plans without an edit, and changes nothing.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"typed": stages[1].sends,
		"typed, hostile texts": `{"initial_node_id": "${x}", "nodes": [{"id": "${x}", "type": "say", "content": "\"%{if}\n<<EOT\u001b[2J", "next": "b\\"},
			{"id": "b\\", "type": "action", "x": "${\"a\"}", "wait": 1.50}]}`,
		"in JSON": `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end"}], "language": "${en}"}`,
		"none":    "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			if config != "" {
				w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, config))
			}
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("import.tf", "import {\n  to = talq_agent_flow.a\n  id = \"agent-1\"\n}\n")
			ws.GenerateConfig("import.tf", func() { ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0) })
			w.ForgetJournal()
			ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed").SaysNot("Warning")
			w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1})
		})
	}
}
