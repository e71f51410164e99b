package training_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestATrainingAndAnActionOfOneNodeID: each kind has node ids, ids and locks of its own.
func TestATrainingAndAnActionOfOneNodeID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	config := func(more string) string {
		return acctest.Training("a", "same", more) + acctest.HoldAction("a", "same", more)
	}
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	w.AddTraining(w.Agent, map[string]any{"id": "id-1", "node_id": "same", "subject": "Prices", "instructions": "A cleaning costs 90 euros."})
	w.AddAction(w.Agent, map[string]any{"id": "id-1", "node_id": "same", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	ws.Write("main.tf", config("")+`
import {
  to = talq_training.a
  id = "agent-1/id-1/same"
}
import {
  to = talq_action.a
  id = "agent-1/id-1/same"
}
`)
	ws.Apply().Says("2 imported")
	ws.Write("main.tf", config(`current_status = "inactive"`))
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	ws.PlanEmpty()
	ws.Destroy().SaysNot("Warning")
	w.HasTrainings(t)
	if n := len(w.Actions(w.Agent)); n != 0 {
		t.Errorf("%d actions are left", n)
	}
}
