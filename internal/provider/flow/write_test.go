package flow_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestCreateOverAnotherFlow warns: somebody made that one.
func TestCreateOverAnotherFlow(t *testing.T) {
	w := acctest.NewWorld(t)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "x", "meta": {"name": "Theirs\u001b[2J"}, "nodes": [{"id": "x", "type": "end"}]}`))
	p := w.Protocol(t).Of(flowType)
	_, said := p.Create(driven(greeting(nil)))
	said.Are(t, "warning: An existing flow was overwritten").Hold(t, `a flow "Theirs\x1b[2J", which was made elsewhere`, "talq_agent_flow_versions")
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+greetingJSON+`}`)
}

// TestRefusedAtApply: what the plan's check could not know stands on its node, and the state stays.
func TestRefusedAtApply(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	state, _ := p.Create(driven(greeting(nil)))
	id := w.AddAction(w.Agent, acctest.TakenHold("hold"))
	plan := p.Plan(state, driven(nodes(say("a", "b"), acctest.Values{"id": "b", "type": "action", "extra_json": `{"action_id": "` + id + `"}`})))
	plan.None(t)
	w.RemoveAction(w.Agent, id)
	w.ForgetJournal()

	next, said := p.Apply(plan)

	said.Are(t, "error at flow_config.nodes[1]: "+refused).Hold(t, "Node 'b' references unknown action '"+id+"'", "Nothing was changed.", "So far this run has changed nothing")
	if !next.Equal(state) {
		t.Errorf("the state is %s, was %s", next, state)
	}
	w.Made(t, acctest.Ops{fakeapi.OpUpdateFlow: 1})
}

// TestFailures says what to do, and leaves the state alone.
func TestFailures(t *testing.T) {
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		do    func(p *acctest.Protocol) string
		says  string
	}{
		{"create, no such agent", fakeapi.Fault{}, func(p *acctest.Protocol) string {
			plan := p.Plan(p.Action(nil), acctest.Values{"agent_id": "agent-9", "conversation_mode": "llm_driven"})
			_, said := p.Apply(plan)
			return said.String()
		}, "error: Could not create the flow of agent agent-9"},
		{"create, 500 at the PUT", fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateFlow}, Status: 500}, func(p *acctest.Protocol) string {
			_, said := p.Create(driven(greeting(nil)))
			return said.String()
		}, "Writing it again does no harm, but makes another version of the flow."},
		{"create, 403 at the PUT", fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateFlow}, Status: 403, Body: `{"message": "No."}`}, func(p *acctest.Protocol) string {
			_, said := p.Create(driven(greeting(nil)))
			return said.String()
		}, "The token is valid, but may not do this."},
		{"read, no such agent", fakeapi.Fault{}, func(p *acctest.Protocol) string {
			_, said := p.Refresh(p.Action(acctest.ButWith(driven(greeting(nil)), acctest.Values{"agent_id": "agent-9", "revision": "r"})))
			return said.String()
		}, "Nothing was removed from the state."},
		{"delete, 500", fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateFlow}, Status: 500}, func(p *acctest.Protocol) string {
			_, said := p.Apply(p.Plan(p.Action(acctest.ButWith(driven(greeting(nil)), acctest.Values{"revision": "r"})), nil))
			return said.String()
		}, "Deleting it again does no harm."},
		{"delete, the agent is gone", fakeapi.Fault{}, func(p *acctest.Protocol) string {
			state, said := p.Apply(p.Plan(p.Action(acctest.ButWith(driven(greeting(nil)), acctest.Values{"agent_id": "agent-9", "revision": "r"})), nil))
			said.None(p.T)
			if !state.IsNull() {
				p.T.Error("the flow is still in the state")
			}
			return ""
		}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := acctest.NewProtocol(t).Of(flowType)
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 0}).None(t)
			if row.fault.Match.Op != "" {
				w.Inject(row.fault)
			}
			if said := row.do(p); !strings.Contains(said, row.says) {
				t.Errorf("it does not say %q:\n%s", row.says, said)
			}
		})
	}
}

// TestStoredSomethingElse warns, but not of parts that the answer leaves out: the page's own sample does.
func TestStoredSomethingElse(t *testing.T) {
	for _, row := range []struct{ name, data, names string }{
		{"nothing", `{}`, ""},
		{"as the page has it", `{"conversation_mode": "flow_driven", "flow_config": {}}`, ""},
		{"null", `{"conversation_mode": "flow_driven", "flow_config": null}`, ""},
		{"another mode", `{"conversation_mode": "llm_driven"}`, "`conversation_mode`"},
		{"another flow", `{"conversation_mode": "flow_driven", "flow_config": {"initial_node_id": "x", "nodes": []}}`, "`flow_config`"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateFlow}, Rewrite: func([]byte) []byte { return []byte(`{"success": true, "data": ` + row.data + `}`) }})
			state, said := w.Protocol(t).Of(flowType).Create(driven(greeting(nil)))
			if row.names == "" {
				said.None(t)
			} else {
				said.Are(t, "warning: The API stored something else").Hold(t, row.names)
			}
			if state.IsNull() {
				t.Error("nothing is in the state")
			}
		})
	}
}

// TestUpdateOfUnknownOutcome: the next apply makes a new revision, which a publication waits for,
// and writes only what the API does not have.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		fault fakeapi.Fault
		puts  int // of the next apply
	}{
		"connection cut after the work":  {fakeapi.Fault{AfterProcessing: true, Drop: true}, 0},
		"answer that is no JSON":         {fakeapi.Fault{AfterProcessing: true, Body: "<html>"}, 0},
		"connection cut before the work": {fakeapi.Fault{Drop: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
			ws.Write("main.tf", flowOf(typedForm, stages[0].config))
			ws.Apply()
			revision := ws.State()["talq_agent_flow.a"]["revision"]
			row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpdateFlow}, 1
			w.Inject(row.fault)
			ws.Write("main.tf", flowOf(typedForm, stages[1].config))
			ws.ApplyFails()
			w.ForgetJournal()

			ws.Apply().Says("Warning: The outcome of the last update is not known", "writes the flow again only if the API does not have it", "0 added, 1 changed")

			w.Wrote(t, acctest.Ops{fakeapi.OpUpdateFlow: row.puts})
			if got := ws.State()["talq_agent_flow.a"]["revision"]; got == revision {
				t.Error("the revision is as it was")
			}
			ws.PlanEmpty().SaysNot("Warning")
		})
	}
}

// TestTwoResourcesOfOneAgent: the second one is refused before anything is sent.
func TestTwoResourcesOfOneAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", flowOf(typedForm, stages[0].config))
	ws.Write("other.tf", flowAt("b", "agent-1", typedForm, stages[1].config))
	ws.ApplyFails().Says("Flow written twice", "an agent has one flow")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpdateFlow: 1})
	if n := len(ws.State()); n != 1 {
		t.Errorf("the state has %d flows", n)
	}
}

// TestOneFlowUnderTwoAddresses: the plan says so before one of them is destroyed.
func TestOneFlowUnderTwoAddresses(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", flowOf(typedForm, stages[0].config))
	ws.Apply()
	ws.Write("other.tf", flowAt("b", "agent-1", typedForm, stages[0].config))
	ws.Apply()

	ws.PlanFails().Says("Flow managed twice", "terraform state rm")

	ws.Terraform("destroy", "-refresh=false", "-auto-approve").Exits(0)
}

// TestRenamedWithoutMoved leaves the flow as it is.
func TestRenamedWithoutMoved(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	old, _ := p.Create(driven(greeting(nil)))
	p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
	destroy := p.Plan(old, nil)
	_, said := p.Create(driven(greeting(nil)))
	said.None(t)
	_, said = p.Apply(destroy)
	said.Are(t, "warning: A flow was taken over").Hold(t, "`moved`")
	if mode := w.Flow(w.Agent).Mode; mode != "flow_driven" {
		t.Errorf("the agent is %s", mode)
	}
}

// TestAFlowOfAnAgentThatTurnsDraft: the publication puts it on the air again in the same apply,
// and an error of a later write says that nobody knows.
func TestAFlowOfAnAgentThatTurnsDraft(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{FlowDrafts: true}))
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	ws.Write("main.tf", withPublication(flowOf(typedForm, stages[0].config)))
	ws.Apply().SaysNot("Warning")
	w.ExpectLive(t, w.Agent, true)
	ws.Write("main.tf", withPublication(flowOf(typedForm, stages[1].config)))
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpPublish}, Status: http.StatusInternalServerError, Times: 1})
	ws.ApplyFails()
	w.ExpectLive(t, w.Agent, false)
	ws.Apply()
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()
}
