package training_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// agent is the configuration of an agent's trainings, actions and publication, which
// triggers on all of them. The first training has a text of its own.
func agent(trainings, actions int, first string) string {
	return fmt.Sprintf(`
resource "talq_training" "this" {
  count        = %d
  agent_id     = "agent-1"
  node_id      = "training-${count.index}"
  subject      = "Subject ${count.index}"
  instructions = count.index == 0 ? %q : "What to know."
}

resource "talq_action" "this" {
  count         = %d
  agent_id      = "agent-1"
  node_id       = "hold-${count.index}"
  name          = "Hold ${count.index}"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
}

resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = merge(
    { for i, training in talq_training.this : "training-${i}" => training.revision },
    { for i, action in talq_action.this : "action-${i}" => action.revision },
  )
}
`, trainings, first, actions)
}

// TestRequestsOfAnAgentWithTrainings counts all requests of each command. Terraform plans
// before it applies, so an apply begins with the reads of a plan.
func TestRequestsOfAnAgentWithTrainings(t *testing.T) {
	t.Parallel()
	const trainings, actions = 20, 50
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", agent(trainings, actions, "First"))

	ws.Apply().SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: trainings, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1}) // the publish at last
	w.ExpectLive(t, w.Agent, true)
	w.Made(t, acctest.Ops{fakeapi.OpUpsertTraining: trainings, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1})

	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	ws.Write("main.tf", agent(trainings, actions, "Second"))
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertTraining: 1, fakeapi.OpPublish: 1})

	w.EditTraining(w.Agent, w.TrainingOf(t, "training-7").ID, map[string]any{"subject": "Edited"})
	if changes := ws.PlanChanges(); len(changes) != 2 || changes["talq_training.this[7]"] == nil || changes[acctest.PublicationAddress] == nil {
		t.Errorf("the plan changes %v, want the training and the publication", changes)
	}
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	for _, stored := range w.Trainings(w.Agent) {
		w.RemoveTraining(w.Agent, stored.ID)
	}
	ws.PlanChanges()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListTrainings: 1}) // gone is what the agent and its listing say

	ws.Apply().Says(fmt.Sprintf("%d added, 1 changed, 0 destroyed", trainings))
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListTrainings: 1, fakeapi.OpUpsertTraining: trainings, fakeapi.OpPublish: 1})

	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpDeleteTraining: trainings, fakeapi.OpDeleteAction: actions})
}

// TestRequestsOfASavedPlan: before the first update of imported trainings their ids are read
// once, to tell a wrong node id from a right one.
func TestRequestsOfASavedPlan(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	for _, node := range []string{"a", "b"} {
		id := w.AddTraining(w.Agent, acctest.TakenTraining(node))
		ws.Write(node+".tf", acctest.Training(node, node, "")+fmt.Sprintf("import {\n  to = talq_training.%s\n  id = \"agent-1/%s/%s\"\n}\n", node, id, node))
	}
	ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
	w.ForgetJournal()
	ws.Terraform("apply", "saved.tfplan").Exits(0).Says("2 imported, 0 added, 2 changed")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertTraining: 2})
}

// TestATrainingThatIsWrittenAfterThePublish warns: the agent is a draft again.
func TestATrainingThatIsWrittenAfterThePublish(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = {}
}
`+acctest.Training("a", "prices", "depends_on = [talq_agent_publication.this]"))

	ws.Apply().Says("Warning: The agent is a draft again", `before it wrote the training "Prices" (prices) of agent agent-1`,
		"refer to this training", "triggers = { for key, training in talq_training.this : key => training.revision }")

	w.ExpectLive(t, w.Agent, false)
}
