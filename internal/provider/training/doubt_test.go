package training_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const unknownOutcome = "Warning: The outcome of the last update is not known"

// TestUpdateOfUnknownOutcome: the training may have been written, and its revision does not
// tell. So the next plan writes it again, also where the edit was taken back.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name  string
		fault fakeapi.Fault
	}{
		{"connection cut after the work", fakeapi.Fault{AfterProcessing: true, Drop: true}},
		{"502 after the work", fakeapi.Fault{AfterProcessing: true, Status: http.StatusBadGateway}},
		{"answer cut off", fakeapi.Fault{AfterProcessing: true, Cut: true}},
		{"answer that is no JSON", fakeapi.Fault{AfterProcessing: true, Body: "<html>"}},
		{"connection cut before the work", fakeapi.Fault{Drop: true}},
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	write := func(instructions string) {
		ws.Write("main.tf", acctest.SideBySide(len(rows), func(i int) string {
			return acctest.TrainingThat(acctest.RowAddress(i), acctest.RowNode(i), instructions, "")
		}))
	}
	revisions := func() (all []any) {
		for i := range rows {
			all = append(all, ws.State()["talq_training."+acctest.RowAddress(i)]["revision"])
		}
		return all
	}
	write("A cleaning costs 90 euros.")
	ws.Apply()
	before := revisions()
	for i, row := range rows {
		row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertTraining, NodeID: acctest.RowNode(i)}, 1
		w.Inject(row.fault)
	}
	write("Another text.")
	failed := ws.ApplyFails("-json")
	if got := revisions(); !slices.Equal(got, before) {
		t.Errorf("the failed updates gave the revisions %v", got)
	}
	write("A cleaning costs 90 euros.")

	planned := ws.Terraform("plan", "-json", "-refresh=false").Exits(0).Says(fmt.Sprintf("0 to add, %d to change", len(rows)))
	w.ForgetJournal()
	applied := ws.Apply("-json")

	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: len(rows)})
	after := revisions()
	for i, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			about := fmt.Sprintf(`training "Prices" (%s) of agent agent-1`, acctest.RowNode(i))
			if text := failed.DiagnosticAbout(t, "error", about); !strings.Contains(text, "It writes by node id, so there will be no second copy.") {
				t.Errorf("the update failed with %s", text)
			}
			text := planned.DiagnosticAbout(t, "warning", about)
			for _, says := range []string{strings.TrimPrefix(unknownOutcome, "Warning: "), "whether it was carried out", "This plan writes the training again."} {
				if !strings.Contains(text, says) {
					t.Errorf("it warns that %s; want %q in it", text, says)
				}
			}
			if !strings.Contains(applied.Output, fmt.Sprintf("(%s) of agent agent-1, so it is not known", acctest.RowNode(i))) { // once at its plan, once more at its apply
				t.Error("the apply does not warn")
			}
			sent := w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertTraining, NodeID: acctest.RowNode(i)})
			if len(sent) != 1 {
				t.Fatalf("%d upserts, want 1", len(sent))
			}
			want := acctest.JSONObject(t, fmt.Sprintf(`{"node_id": %q, "subject": "Prices", "instructions": "A cleaning costs 90 euros.", "current_status": "active"}`, acctest.RowNode(i)))
			if got, want := acctest.ToJSON(t, sent[0].Body), acctest.ToJSON(t, want); got != want {
				t.Errorf("the body was\n%s\nwant\n%s", got, want)
			}
			if after[i] == before[i] {
				t.Error("the revision is as it was")
			}
		})
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
