package training_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// pointsOfTrainings are the open points that show on a training, by their names in
// [fakeapi.Open].
var pointsOfTrainings = []string{
	"status of an upsert", "status of a delete", "field left out of an update", "white space around strings", "empty strings",
	"undocumented fields", "order of actions", "listing of actions", "times", "updated_at of actions at a publish",
	"updated_at at an upsert that changes nothing", "id of an action that is made again", "error codes", "agent whose training is written",
}

// TestLifecycleUnderEveryAnswer walks a training through its whole life.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	t.Parallel()
	acctest.EachAnswer(t, pointsOfTrainings, walkLifecycle)
}

// stages are attributes of a training's configuration with what the write to them sends
// beside the node id.
var stages = []struct{ config, sends string }{
	{"subject = \"Prices\"\n  instructions = <<-EOT\n    A cleaning costs 90 euros.\n  EOT", `"subject": "Prices", "instructions": "A cleaning costs 90 euros.\n", "current_status": "active"`},
	{"subject = \"Prices 2027\"\n  instructions = \"A cleaning costs 95 euros.\"\n  current_status = \"inactive\"", `"subject": "Prices 2027", "instructions": "A cleaning costs 95 euros.", "current_status": "inactive"`},
	{"subject = \"Prices 2027\"\n  instructions = \"A cleaning costs 95 euros.\"", `"subject": "Prices 2027", "instructions": "A cleaning costs 95 euros.", "current_status": "active"`},
}

func stage(i int) string {
	return fmt.Sprintf("resource \"talq_training\" \"a\" {\n  agent_id = \"agent-1\"\n  node_id = \"prices\"\n  %s\n}\n", stages[i].config)
}

func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	before := ""
	for i := range stages {
		ws.Write("main.tf", stage(i))
		ws.Apply().SaysNot("Warning")
		w.Sent(t, fakeapi.OpUpsertTraining, fmt.Sprintf(`{"node_id": "prices", %s}`, stages[i].sends))
		revision := fmt.Sprint(ws.State()["talq_training.a"]["revision"])
		if revision == "" || revision == before {
			t.Errorf("after the write the revision is %q, as before", revision)
		}
		before = revision
		w.SetPublished(w.Agent, true) // which may touch the training, and is no drift
		ws.PlanEmpty().SaysNot("Warning")
	}
	id := w.TrainingOf(t, "prices").ID

	t.Log("edited in the dashboard, repaired; deleted there, made again")
	w.EditTraining(w.Agent, id, map[string]any{"instructions": "What somebody wrote."})
	ws.Terraform("plan").Exits(0).Says("What somebody wrote.", "0 to add, 1 to change, 0 to destroy")
	ws.Apply().Says("0 added, 1 changed, 0 destroyed")
	w.RemoveTraining(w.Agent, id)
	ws.Terraform("plan").Exits(0).Says("Warning: A training is gone", "1 to add, 0 to change, 0 to destroy")
	ws.Apply().Says("1 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()

	t.Log("imported elsewhere")
	other := acctest.NewWorkspace(t, w.ProviderBlock())
	other.Write("main.tf", stage(2)+fmt.Sprintf("import {\n  to = talq_training.a\n  id = \"agent-1/%s/prices\"\n}\n", w.TrainingOf(t, "prices").ID))
	other.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed").SaysNot("Warning")
	other.PlanEmpty()

	ws.Destroy()
	w.HasTrainings(t)
}
