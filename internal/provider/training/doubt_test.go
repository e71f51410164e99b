package training_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const unknownOutcome = "Warning: The outcome of the last update is not known"

// TestUpdateOfUnknownOutcome: the training may have been written, and its revision does not
// tell. So the next plan writes it again, also where the edit was taken back.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fakeapi.Fault{
		"connection cut after the work":  {AfterProcessing: true, Drop: true},
		"502 after the work":             {AfterProcessing: true, Status: http.StatusBadGateway},
		"answer cut off":                 {AfterProcessing: true, Cut: true},
		"answer that is no JSON":         {AfterProcessing: true, Body: "<html>"},
		"connection cut before the work": {Drop: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
			ws.Write("main.tf", acctest.Training("a", "prices", ""))
			ws.Apply()
			revision := ws.State()["talq_training.a"]["revision"]
			fault.Match, fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertTraining}, 1
			w.Inject(fault)
			ws.Write("main.tf", acctest.TrainingThat("a", "prices", "Another text.", ""))
			ws.ApplyFails().Says("It writes by node id, so there will be no second copy.")
			if got := ws.State()["talq_training.a"]["revision"]; got != revision {
				t.Errorf("the failed update gave the revision %v", got)
			}
			ws.Write("main.tf", acctest.Training("a", "prices", ""))

			ws.Terraform("plan", "-refresh=false").Exits(0).Says(unknownOutcome, "whether it was carried out", "This plan writes the training again.", "0 to add, 1 to change")
			w.ForgetJournal()
			ws.Apply().Says(unknownOutcome)

			w.Sent(t, fakeapi.OpUpsertTraining, `{"node_id": "prices", "subject": "Prices", "instructions": "A cleaning costs 90 euros.", "current_status": "active"}`)
			if got := ws.State()["talq_training.a"]["revision"]; got == revision {
				t.Error("the revision is as it was")
			}
			ws.PlanEmpty().SaysNot("Warning")
		})
	}
}

// TestARefusedUpdateLeavesNoDoubt: nothing was written, so nothing is written again.
func TestARefusedUpdateLeavesNoDoubt(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	ws.Write("main.tf", acctest.Training("a", "prices", ""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Times: 1, Status: http.StatusUnprocessableEntity, Body: `{"message":"No."}`})
	ws.Write("main.tf", acctest.TrainingThat("a", "prices", "Another text.", ""))
	ws.ApplyFails()
	ws.Write("main.tf", acctest.Training("a", "prices", ""))
	ws.PlanEmpty().SaysNot(unknownOutcome)
}
