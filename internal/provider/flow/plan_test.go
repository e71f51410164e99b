package flow_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const refused = "The API refuses the flow"

// TestPlanAsksTheAPI puts each sentence on the node at fault.
func TestPlanAsksTheAPI(t *testing.T) {
	action := func(id, actionID string) acctest.Values {
		return acctest.Values{"id": id, "type": "action", "next": "b", "extra_json": `{"action_id": "` + actionID + `"}`}
	}
	for _, status := range []int{422, 200} {
		w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{InvalidFlowStatus: status}))
		p := w.Protocol(t).Of(flowType)
		for _, row := range []struct {
			name   string
			config acctest.Values
			heads  []string
			says   string
		}{
			{"nothing to say", driven(greeting(nil)), nil, ""},
			{"an action that there is not", driven(nodes(say("a", "c"), end("b"), action("c", "gone"))), []string{"error at flow_config.nodes[2]: " + refused}, "It says: Node 'c' references unknown action 'gone'"},
			{"two of them", driven(nodes(action("a", "gone"), action("b", "lost"))),
				[]string{"error at flow_config.nodes[0]: " + refused, "error at flow_config.nodes[1]: " + refused}, "Nothing was changed."},
			{"in JSON", drivenByJSON(`{"initial_node_id": "a", "nodes": [{"id": "a", "type": "action", "action_id": "gone"}]}`), []string{"error at flow_config_json: " + refused}, "Node 'a' references unknown action 'gone'"},
		} {
			t.Run(row.name, func(t *testing.T) {
				plan := p.Plan(p.Action(nil), row.config)
				plan.Are(t, row.heads...).Hold(t, row.says)
				w.Made(t, acctest.Ops{fakeapi.OpValidateFlow: 1})
			})
		}
	}
}

// TestPlacesOfSentences: of the ids in a sentence the first one counts, and of two nodes of one id the
// second. What names none stands on the flow.
func TestPlacesOfSentences(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	config := driven(nodes(say("a", "end"), acctest.Values{"id": "end", "type": "end"}))
	for _, row := range []struct{ sentence, at string }{
		{`Node 'end' is unreachable`, "flow_config.nodes[1]"},
		{`Node \"a\" leads to 'end' in a circle`, "flow_config.nodes[0]"},
		{`Duplicate node id: 'a'`, "flow_config.nodes[0]"},
		{`initial_node_id 'x' not found in nodes`, "flow_config.initial_node_id"},
		{`The end is missing`, "flow_config"},
		{`Node 'x' is not ours`, "flow_config"},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpValidateFlow}, Times: 1, Status: 422, Body: `{"success": false, "errors": ["` + row.sentence + `"]}`})
			p.Plan(p.Action(nil), config).Are(t, "error at "+row.at+": "+refused)
		})
	}
	t.Run("a field of the request", func(t *testing.T) {
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpValidateFlow}, Times: 1, Status: 422, Body: `{"message": "No.", "errors": {"flow_config.nodes.1.type": ["Is odd."], "flow_config.nodes.9.type": ["Is gone."]}}`})
		p.Plan(p.Action(nil), config).Are(t, "error at flow_config.nodes[1]: "+refused, "error at flow_config: "+refused).Hold(t, "flow_config.nodes.1.type: Is odd.")
	})
}

// TestPlanDoesNotAsk where nothing changes, nothing is known, or there is no flow.
func TestPlanDoesNotAsk(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	state, said := p.Create(driven(greeting(nil)))
	said.None(t)
	w.ForgetJournal()
	unknownNode := nodes(say("a", "b"), acctest.ButWith(end("b"), acctest.Values{"content": acctest.Unknown}))
	for name, plan := range map[string]acctest.Planned{
		"no change":                    p.Plan(state, driven(greeting(nil))),
		"another form of the same":     p.Plan(state, driven(greeting(acctest.Values{"global_functions": []any{}}))),
		"llm driven":                   p.Plan(state, acctest.Values{"agent_id": "agent-1", "conversation_mode": "llm_driven"}),
		"a destroy":                    p.Plan(state, nil),
		"the agent not known yet":      p.Plan(p.Action(nil), acctest.ButWith(driven(greeting(nil)), acctest.Values{"agent_id": acctest.Unknown})),
		"the mode not known yet":       p.Plan(state, acctest.ButWith(driven(greeting(nil)), acctest.Values{"conversation_mode": acctest.Unknown})),
		"the flow not known yet":       p.Plan(state, driven(acctest.Unknown)),
		"the JSON not known yet":       p.Plan(state, drivenByJSON(acctest.Unknown)),
		"a part of it not known yet":   p.Plan(state, driven(unknownNode)),
		"all of it a computed default": p.Plan(p.Action(nil), driven(unknownNode)),
	} {
		t.Run(name, func(t *testing.T) { plan.None(t) })
	}
	w.Made(t, acctest.Ops{})
}

// TestPlanWithoutAnAnswer goes on with a warning: an outage of the check stops no apply.
func TestPlanWithoutAnAnswer(t *testing.T) {
	for name, fault := range map[string]fakeapi.Fault{
		"500":              {Status: http.StatusInternalServerError},
		"a web page":       {Body: "<html>"},
		"no such endpoint": {Status: http.StatusNotFound, Body: `{"message": "Not found"}`},
	} {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := acctest.NewProtocol(t).Of(flowType)
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 0}).None(t)
			fault.Match = fakeapi.Match{Op: fakeapi.OpValidateFlow}
			w.Inject(fault)
			plan := p.Plan(p.Action(nil), driven(greeting(nil)))
			plan.Are(t, "warning: The flow could not be checked")
			_, said := p.Apply(plan)
			said.None(t)
		})
	}
}

// TestPlanReplaces: another agent has another flow.
func TestPlanReplaces(t *testing.T) {
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other"})
	p := w.Protocol(t).Of(flowType)
	state, _ := p.Create(driven(greeting(nil)))
	for _, agent := range []any{other, acctest.Unknown} {
		plan := p.Plan(state, acctest.ButWith(driven(greeting(nil)), acctest.Values{"agent_id": agent}))
		plan.None(t)
		if len(plan.Replace) != 1 || plan.Replace[0] != "agent_id" || p.Attribute(plan.State, "revision") != acctest.Unknown {
			t.Errorf("agent_id = %v replaces because of %v", agent, plan.Replace)
		}
	}
}

// TestPlanKeepsForm: what means the same in another form is no change, except null where there
// was something empty, which Terraform shows. Neither makes a new revision.
func TestPlanKeepsForm(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	node := func(content, extra string, branches any) acctest.Values {
		return driven(nodes(acctest.Values{"id": "a", "type": "say", "content": content, "extra_json": extra, "branches": branches}))
	}
	state, said := p.Create(node("Hello!", `{"wait": 1.50, "x": {}}`, nil))
	said.None(t)
	w.ForgetJournal()
	for _, row := range []struct {
		name   string
		config acctest.Values
		shown  bool
	}{
		{"a line break behind a text", node("Hello!\n", `{"wait": 1.50, "x": {}}`, nil), false},
		{"another form of extra_json", node("Hello!", `{ "x": [], "wait": 1.5 }`, nil), false},
		{"an empty list for null", node("Hello!", `{"wait": 1.50, "x": {}}`, []any{}), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan := p.Plan(state, row.config)
			plan.None(t)
			if shown := !plan.State.Equal(state); shown != row.shown {
				t.Errorf("it is shown: %v", shown)
			}
			p.Expect(plan.State, acctest.Values{"revision": p.Attribute(state, "revision")})
			_, said := p.Apply(plan)
			said.None(t)
			w.Made(t, acctest.Ops{})
		})
	}
}

// TestUpdateThatTurnsOutTheSame sends nothing, and keeps the revision that the plan did not know.
func TestUpdateThatTurnsOutTheSame(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of(flowType)
	state, said := p.Create(driven(greeting(nil)))
	said.None(t)
	w.ForgetJournal()
	plan := p.Plan(state, driven(acctest.Unknown))
	plan.None(t)
	known := driven(greeting(nil))
	plan.Config = p.Action(known)
	plan.State = p.Action(acctest.ButWith(known, acctest.Values{"revision": p.Attribute(plan.State, "revision")}))
	next, said := p.Apply(plan)
	said.None(t)
	p.Expect(next, acctest.Values{"revision": p.Attribute(state, "revision")})
	w.Made(t, acctest.Ops{})
}
