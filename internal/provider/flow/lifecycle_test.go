package flow_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// pointsOfFlows are the open points that show on a flow, by their names in [fakeapi.Open].
var pointsOfFlows = []string{
	"white space around strings", "empty strings", "error codes",
	"agent whose flow is saved", "status of a flow's failed validation", "flow of an agent that is llm driven again", "flow sent beside llm driven",
	"form of a flow", "node that leads nowhere", "action of a node", "name of a flow's version", "flow of a version",
}

// TestLifecycleUnderEveryAnswer walks a flow through its whole life in both forms.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	t.Parallel()
	acctest.EachAnswer(t, pointsOfFlows, func(t *testing.T, behaviour fakeapi.Behaviour) {
		for name, form := range map[string]string{"typed": typedForm, "in JSON": jsonForm} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				walkLifecycle(t, behaviour, form)
			})
		}
	})
}

// stages are flows, as HCL that both forms take, with what is sent of them. The last one has
// blanks and empty parts, which an answer may have in another form.
var stages = []struct{ config, sends string }{
	{`{ initial_node_id = "greet", nodes = [{ id = "greet", type = "say", content = "Hello!", next = "bye" }, { id = "bye", type = "end" }] }`, greetingJSON},
	{`{
    initial_node_id = "greet"
    meta            = { name = "Intake", version = "1.1.0" }
    nodes = [
      { id = "greet", type = "ask", content = "Do you want to book?", next = "decide" },
      { id = "decide", type = "decision", branches = [{ match = "yes", next = "hand" }, { match = "no", next = "bye" }] },
      { id = "hand", type = "transfer", content = "One moment.", next = "bye" },
      { id = "bye", type = "end" },
    ]
    global_functions = [{ name = "end_conversation", description = "Ends the call" }]
  }`, `{"initial_node_id": "greet", "meta": {"name": "Intake", "version": "1.1.0"}, "nodes": [
		{"id": "greet", "type": "ask", "content": "Do you want to book?", "next": "decide"},
		{"id": "decide", "type": "decision", "branches": [{"match": "yes", "next": "hand"}, {"match": "no", "next": "bye"}]},
		{"id": "hand", "type": "transfer", "content": "One moment.", "next": "bye"}, {"id": "bye", "type": "end"}
	], "global_functions": [{"name": "end_conversation", "description": "Ends the call"}]}`},
	{`{
    initial_node_id  = "greet"
    meta             = {}
    nodes            = [{ id = "greet", type = "say", content = "Hello again!\n", next = "bye" }, { id = "bye", type = "end", content = "", branches = [] }]
    global_functions = []
  }`, `{"initial_node_id": "greet", "meta": {}, "nodes": [
		{"id": "greet", "type": "say", "content": "Hello again!\n", "next": "bye"}, {"id": "bye", "type": "end", "content": "", "branches": []}
	], "global_functions": []}`},
}

// flowOf is the configuration of talq_agent_flow.a with a flow in a form.
func flowOf(form, config string) string { return flowAt("a", "agent-1", form, config) }

// flowAt is flowOf under an address and on an agent.
func flowAt(address, agent, form, config string) string {
	return fmt.Sprintf("resource \"talq_agent_flow\" %q {\n  agent_id          = %q\n  conversation_mode = \"flow_driven\"\n  %s\n}\n", address, agent, fmt.Sprintf(form, config))
}

const llmDriven = "resource \"talq_agent_flow\" \"a\" {\n  agent_id          = \"agent-1\"\n  conversation_mode = \"llm_driven\"\n}\n"

func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour, form string) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	before := ""
	for _, stage := range stages {
		ws.Write("main.tf", flowOf(form, stage.config))
		ws.Apply().SaysNot("Warning")
		w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+stage.sends+`}`)
		revision := fmt.Sprint(ws.State()["talq_agent_flow.a"]["revision"])
		if revision == "" || revision == before {
			t.Errorf("after the write the revision is %q, as before", revision)
		}
		before = revision
		ws.PlanEmpty().SaysNot("Warning")
	}

	t.Log("edited in the dashboard, repaired")
	edited := acctest.JSONObject(t, stages[2].sends)
	edited["nodes"].([]any)[0].(map[string]any)["content"] = "What somebody wrote."
	w.EditFlow(w.Agent, "flow_driven", edited)
	ws.Terraform("plan").Exits(0).Says("What somebody wrote.", "0 to add, 1 to change, 0 to destroy")
	ws.Apply().Says("0 added, 1 changed, 0 destroyed").SaysNot("Warning")
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+stages[2].sends+`}`)
	ws.PlanEmpty()

	t.Log("turned off in the dashboard, repaired")
	w.EditFlow(w.Agent, "llm_driven", nil)
	ws.Terraform("plan").Exits(0).Says(`"llm_driven" -> "flow_driven"`)
	ws.Apply().Says("0 added, 1 changed, 0 destroyed")
	ws.PlanEmpty()

	t.Log("imported elsewhere")
	other := acctest.NewWorkspace(t, w.ProviderBlock())
	other.Write("main.tf", flowOf("flow_config = %s", stages[2].config)+"import {\n  to = talq_agent_flow.a\n  id = \"agent-1\"\n}\n")
	w.ForgetJournal()
	other.Apply().Says("1 imported, 0 added,", "0 destroyed").SaysNot("Warning")
	w.Wrote(t, acctest.Ops{})
	other.PlanEmpty()

	t.Log("llm driven, and back")
	ws.Write("main.tf", llmDriven)
	ws.Apply().Says("0 added, 1 changed, 0 destroyed").SaysNot("Warning")
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "llm_driven"}`)
	ws.PlanEmpty()
	ws.Write("main.tf", flowOf(form, stages[0].config))
	ws.Apply()
	w.ForgetJournal()

	ws.Destroy()
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "llm_driven"}`)
	if mode := w.Flow(w.Agent).Mode; mode != "llm_driven" {
		t.Errorf("destroyed, the agent is %s", mode)
	}
}
