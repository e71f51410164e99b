package agent_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// changed is an agent of which everything that can change is another than in
// [acctest.FullAgent].
func changed() acctest.AgentFields {
	return acctest.FullAgent().With(acctest.AgentFields{
		"description": "<<-EOT\n    You answer the phone of a dental practice,\n    and you are brief.\n  EOT", "initial_message": `"Hello, this is the dental practice."`,
		"interrupt_sensitivity": `"high"`, "initial_message_delay": `2`, "ask_if_human_present_on_idle": `false`, "max_idle_check_count": ``, "llm_temperature": `0.35`,
		"conversation_speed": `1.35`, "who_speaks_first": `"user"`, "direction": `"outbound"`, "phone_number_ids": `["front-desk", "after-hours"]`,
		"voice": `{ template_id = "` + acctest.BasicVoice + `" }`, "advanced_settings": ``,
	})
}

// speedy sets a speed that a change of the voice takes whatever its range is.
func speedy(f acctest.AgentFields) acctest.AgentFields {
	if f["conversation_speed"] == "1.0" {
		return f.With(acctest.AgentFields{"conversation_speed": "1.20"})
	}
	return f
}

// TestLifecycleUnderEveryAnswer walks an agent through its whole life under each answer to
// what the pages leave open: run k takes the answer k+i of the point i, counted round.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	t.Parallel()
	most := 0
	for _, point := range fakeapi.Open() {
		most = max(most, len(point.Answers))
	}
	for k := range most {
		t.Run(strconv.Itoa(k), func(t *testing.T) {
			t.Parallel()
			var behaviour fakeapi.Behaviour
			for i, point := range fakeapi.Open() {
				answer := point.Answers[(k+i)%len(point.Answers)]
				answer.Set(&behaviour)
				t.Logf("%s: %s", point.Name, answer.Name)
			}
			walkLifecycle(t, behaviour)
		})
	}
}

// TestLifecycleUnderAllOtherAnswers takes the last answer to everything at once.
func TestLifecycleUnderAllOtherAnswers(t *testing.T) {
	t.Parallel()
	var behaviour fakeapi.Behaviour
	for _, point := range fakeapi.Open() {
		point.Answers[len(point.Answers)-1].Set(&behaviour)
	}
	walkLifecycle(t, behaviour)
}

func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	w.AddVoices()
	w.RemoveAgent(w.Agent)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	apply := func(f acctest.AgentFields, want acctest.Ops) {
		t.Helper()
		ws.Write("main.tf", speedy(f).HCL())
		w.ForgetJournal()
		ws.Apply().SaysNot("stored something else")
		w.Made(t, want)
		ws.PlanEmpty()
		w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	}

	t.Log("created with the least, then everything set, changed, and taken back")
	apply(acctest.LeastAgent(), acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpCreateAgent: 1})
	fixed := acctest.AgentFields{"max_idle_check_count": ``, "max_call_duration_seconds": ``, "say_goodbye_on_max_duration": ``,
		"user_inactivity_timeout_seconds": ``, "initial_idle_time_seconds": ``, "initial_max_idle_check_count": ``}
	apply(acctest.FullAgent().With(fixed), acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpUpdateVoice: 1,
		fakeapi.OpUpdateCalling: 1, fakeapi.OpUpdateAdvanced: 1})
	apply(changed().With(fixed), acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpUpdateVoice: 1,
		fakeapi.OpUpdateCalling: 1, fakeapi.OpUpdateAdvanced: 1})
	apply(acctest.LeastAgent().With(acctest.AgentFields{"voice": changed()["voice"]}), acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1,
		fakeapi.OpUpdateVoice: 1, fakeapi.OpUpdateCalling: 1})

	t.Log("published and edited in the dashboard")
	id := fmt.Sprint(ws.OfAgent("id"))
	w.SetPublished(id, true)
	ws.PlanEmpty()
	w.EditAgent(id, map[string]any{"description": "What somebody wrote in the dashboard.", "phone_number_ids": []any{"after-hours"}})
	w.ForgetJournal()
	ws.Apply().Says("What somebody wrote in the dashboard.", "0 added, 1 changed, 0 destroyed")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpUpdateCalling: 1})
	ws.PlanEmpty()

	t.Log("imported elsewhere, without what no answer shows")
	other := acctest.NewWorkspace(t, w.ProviderBlock())
	imported := speedy(acctest.LeastAgent()).With(acctest.AgentFields{"voice": changed()["voice"], "deletion_protection": ``})
	if behaviour.Undocumented != fakeapi.UndocumentedEchoed && behaviour.Undocumented != fakeapi.UndocumentedMasked {
		imported = imported.With(unread)
	}
	other.Write("main.tf", imported.HCL()+"import {\n  to = talq_agent.this\n  id = \""+id+"\"\n}\n")
	w.ForgetJournal()
	other.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	other.PlanEmpty()

	t.Log("destroyed while it is published")
	w.SetPublished(id, true)
	ws.Destroy()
	if left := w.Agents(); len(left) > 0 {
		t.Errorf("left on the server: %v", left)
	}
}

// unread takes out what an import does not bring.
var unread = acctest.AgentFields{"endpointing_sensitivity": ``, "ivr_navigation_mode": ``, "idle_time_seconds": ``, "llm_temperature": ``, "enable_recording": ``}
