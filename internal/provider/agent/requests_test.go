package agent_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// wholeAgent is the configuration of an agent with trainings, actions and a publication that
// triggers on all of them.
func wholeAgent(fields acctest.AgentFields, trainings, actions int) string {
	return fields.HCL() + fmt.Sprintf(`
resource "talq_training" "this" {
  count        = %d
  agent_id     = talq_agent.this.id
  node_id      = "training-${count.index}"
  subject      = "Subject ${count.index}"
  instructions = "What to know."
}

resource "talq_action" "this" {
  count         = %d
  agent_id      = talq_agent.this.id
  node_id       = "hold-${count.index}"
  name          = "Hold ${count.index}"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
}

resource "talq_agent_publication" "this" {
  agent_id = talq_agent.this.id
  triggers = merge(
    { agent = talq_agent.this.revision },
    { for i, training in talq_training.this : "training-${i}" => training.revision },
    { for i, action in talq_action.this : "action-${i}" => action.revision },
  )
}
`, trainings, actions)
}

// TestRequestsOfAWholeAgent counts all requests of each command, from nothing until all of it is
// gone. Terraform plans before it applies, so an apply begins with the reads of a plan.
func TestRequestsOfAWholeAgent(t *testing.T) {
	t.Parallel()
	const trainings, actions, id = 20, 50, "agent-2"
	w := acctest.NewWorld(t)
	w.AddVoices()
	w.RemoveAgent(w.Agent)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	live := func(want acctest.Ops) { // and expects the publish to be the last write
		t.Helper()
		writes := maps.Clone(want)
		maps.DeleteFunc(writes, func(op fakeapi.Op, _ int) bool {
			return strings.HasPrefix(string(op), "list ") || op == fakeapi.OpGetAgent
		})
		w.Wrote(t, writes, id)
		w.Made(t, want)
		w.ExpectLive(t, id, true)
	}
	ws.Write("main.tf", wholeAgent(acctest.FullAgent(), trainings, actions))

	t.Log("the search is for an agent that an interrupted create may have left")
	ws.Apply().SaysNot("Warning")
	live(acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpCreateAgent: 1, fakeapi.OpUpdateVoice: 1, fakeapi.OpUpdateAdvanced: 1,
		fakeapi.OpUpsertTraining: trainings, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1})
	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	t.Log("another prompt")
	ws.Write("main.tf", wholeAgent(acctest.FullAgent().With(acctest.AgentFields{"description": `"You answer the phone, and are brief."`}), trainings, actions))
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	live(acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpPublish: 1})

	t.Log("edited in the dashboard: the agent, and then a training")
	w.EditAgent(id, map[string]any{"description": "What somebody wrote in the dashboard."})
	ws.Apply().Says("What somebody wrote in the dashboard.", "0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	live(acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpPublish: 1})
	for _, stored := range w.Trainings(id) {
		if stored.NodeID == "training-7" {
			w.EditTraining(id, stored.ID, map[string]any{"subject": "Edited"})
		}
	}
	if changes := ws.PlanChanges(); len(changes) != 2 || changes["talq_training.this[7]"] == nil || changes[acctest.PublicationAddress] == nil {
		t.Errorf("the plan changes %v, want the training and the publication", changes)
	}
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	live(acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertTraining: 1, fakeapi.OpPublish: 1})

	t.Log("all trainings deleted in the dashboard: gone is what the agent and its listing say")
	for _, stored := range w.Trainings(id) {
		w.RemoveTraining(id, stored.ID)
	}
	ws.PlanChanges()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListTrainings: 1})
	ws.Apply().Says(fmt.Sprintf("%d added, 1 changed, 0 destroyed", trainings))
	live(acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListTrainings: 1, fakeapi.OpUpsertTraining: trainings, fakeapi.OpPublish: 1})

	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpDeleteTraining: trainings, fakeapi.OpDeleteAction: actions, fakeapi.OpDeleteAgent: 1})
	if left := ws.State(); len(left) > 0 || len(w.Agents()) > 0 {
		t.Errorf("left in the state: %v; on the server: %v", left, w.Agents())
	}
}
