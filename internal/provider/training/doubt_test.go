package training_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const unknownOutcome = "Warning: The outcome of the last update is not known"

// TestUpdateOfUnknownOutcome: the training may have been written, and its revision does not
// tell. So the next plan writes it again, also where the edit was taken back.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	faults := []fakeapi.Fault{
		{AfterProcessing: true, Drop: true}, {AfterProcessing: true, Status: http.StatusBadGateway}, {AfterProcessing: true, Cut: true},
		{AfterProcessing: true, Body: "<html>"}, {Drop: true},
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	write := func(instructions string) {
		ws.Write("main.tf", acctest.SideBySide(len(faults), func(i int) string {
			return acctest.TrainingThat(acctest.RowAddress(i), acctest.RowNode(i), instructions, "")
		}))
	}
	revisions := func() (all []any) {
		for i := range faults {
			all = append(all, ws.State()["talq_training."+acctest.RowAddress(i)]["revision"])
		}
		return all
	}
	write("A cleaning costs 90 euros.")
	ws.Apply()
	before := revisions()
	for i, fault := range faults {
		fault.Match, fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertTraining, NodeID: acctest.RowNode(i)}, 1
		w.Inject(fault)
	}
	write("Another text.")
	ws.ApplyFails().Says("It writes by node id, so there will be no second copy.")
	if got := revisions(); !slices.Equal(got, before) {
		t.Errorf("the failed updates gave the revisions %v", got)
	}
	write("A cleaning costs 90 euros.")

	ws.Terraform("plan", "-refresh=false").Exits(0).Says(unknownOutcome, "whether it was carried out", "This plan writes the training again.", "0 to add, 5 to change")
	w.ForgetJournal()
	ws.Apply().Says(unknownOutcome)

	for i, revision := range revisions() {
		sent := w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertTraining, NodeID: acctest.RowNode(i)})
		if len(sent) != 1 || sent[0].Body["instructions"] != "A cleaning costs 90 euros." {
			t.Errorf("row %d: sent %v", i, sent)
		}
		if revision == before[i] {
			t.Errorf("row %d: the revision is as it was", i)
		}
	}
	ws.PlanEmpty().SaysNot("Warning")
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
