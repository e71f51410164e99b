package training_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

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
