package flow_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const typedForm, jsonForm = "flow_config = %s", "flow_config_json = jsonencode(%s)"

// withPublication is a flow, a hold and the publication of their agent, which triggers on both.
func withPublication(flow string) string {
	return flow + acctest.HoldAction("a", "hold", "") + `
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = { flow = talq_agent_flow.a.revision, hold = talq_action.a.revision }
}
`
}

// TestRequestsOfAnAgentWithAFlow counts all requests of each command. The API's check of a
// flow is asked for by the plan and again by the apply, which plans once more before it writes.
func TestRequestsOfAnAgentWithAFlow(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", withPublication(flowOf(typedForm, stages[0].config)))

	ws.Apply().SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpdateFlow: 1, fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1}) // the publish at last
	w.Made(t, acctest.Ops{fakeapi.OpValidateFlow: 2, fakeapi.OpGetFlow: 1, fakeapi.OpUpdateFlow: 1, fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})

	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1, fakeapi.OpGetAgent: 1})

	ws.Write("main.tf", withPublication(flowOf(typedForm, stages[1].config)))
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1, fakeapi.OpGetAgent: 1, fakeapi.OpValidateFlow: 2, fakeapi.OpUpdateFlow: 1, fakeapi.OpPublish: 1})

	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 1, fakeapi.OpGetAgent: 1, fakeapi.OpUpdateFlow: 1, fakeapi.OpDeleteAction: 1})
}

// TestNoChangeMakesNoVersion: another form of the same flow is no write, nor is one that is
// there already, nor the destroy of what is llm driven.
func TestNoChangeMakesNoVersion(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config string
		empty  bool // the plan
	}{
		{"JSON in another order, with other white space", flowOf("flow_config_json = %q", `{ "nodes": [{"type": "say", "id": "greet", "content": "Hello!", "next": "bye"}, {"type": "end", "id": "bye"}],  "initial_node_id": "greet" }`), true},
		{"JSON with parts that are null or empty", flowOf("flow_config_json = %q", `{"initial_node_id": "greet", "meta": {}, "global_functions": [], "nodes": [{"id": "greet", "type": "say", "content": "Hello!", "next": "bye", "branches": null}, {"id": "bye", "type": "end", "next": ""}]}`), true},
		{"the typed form", flowOf(typedForm, stages[0].config), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", flowOf(jsonForm, stages[0].config))
			ws.Apply()
			before := ws.State()["talq_agent_flow.a"]["revision"]
			w.ForgetJournal()

			ws.Write("main.tf", row.config)
			if row.empty {
				ws.PlanEmpty()
			} else {
				ws.Apply().Says("0 added, 1 changed, 0 destroyed").SaysNot("Warning")
				ws.PlanEmpty()
			}

			w.Wrote(t, acctest.Ops{})
			if got := ws.State()["talq_agent_flow.a"]["revision"]; got != before {
				t.Errorf("the revision is %v, was %v", got, before)
			}
		})
	}
	t.Run("there already", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, greetingJSON))
		state, said := w.Protocol(t).Of(flowType).Create(driven(greeting(nil)))
		said.None(t)
		if !state.IsNull() && w.Protocol(t).Of(flowType).Attribute(state, "revision") == nil {
			t.Error("it has no revision")
		}
		w.Made(t, acctest.Ops{fakeapi.OpValidateFlow: 1, fakeapi.OpGetFlow: 1})
	})
	t.Run("llm driven", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", llmDriven)
		ws.Apply().SaysNot("Warning")
		ws.PlanEmpty()
		ws.Destroy()
		w.Made(t, acctest.Ops{fakeapi.OpGetFlow: 3})
	})
}

// TestNumbersKeepTheirForm: no float64 rounds what JSON has.
func TestNumbersKeepTheirForm(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	text := fmt.Sprintf(`{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end", "wait": %s, "rate": 0.10}]}`, acctest.Beyond)
	state, said := p.Create(drivenByJSON(text))
	said.None(t)
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+text+`}`)
	next, said := p.Refresh(state)
	said.None(t)
	p.Expect(next, acctest.Values{"flow_config_json": text})
}

// TestNodesRefersToAnAction: the id goes out as it is, and is not known before the action is made.
func TestNodeRefersToAnAction(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]string{
		"typed":   `flow_config = { initial_node_id = "a", nodes = [{ id = "a", type = "action", extra_json = jsonencode({ action_id = talq_action.a.id }) }] }`,
		"in JSON": `flow_config_json = jsonencode({ initial_node_id = "a", nodes = [{ id = "a", type = "action", action_id = talq_action.a.id }] })`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", flowOf("%s", form)+acctest.HoldAction("a", "hold", ""))
			ws.Terraform("plan").Exits(0)
			w.Made(t, acctest.Ops{})
			ws.Apply().SaysNot("Warning")
			w.Sent(t, fakeapi.OpUpdateFlow, fmt.Sprintf(`{"conversation_mode": "flow_driven", "flow_config": {"initial_node_id": "a", "nodes": [{"id": "a", "type": "action", "action_id": %q}]}}`, w.IDOf(t, "hold")))
			ws.PlanEmpty()
		})
	}
}
