package action_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const unknownOutcome = "Warning: The outcome of the last update is not known"

// TestRevertedEditOfUnknownOutcome: the update may have been done. Of the attributes
// that no answer holds, only the private state says that they were sent.
func TestRevertedEditOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	lost := fakeapi.Fault{AfterProcessing: true, Drop: true}
	rows := []struct {
		name       string
		fault      fakeapi.Fault
		base, edit string
		field      string // of the request
		want       any    // what the server holds of it in the end
	}{
		{"connection cut after the work, a phrase added", lost, "", `speak_on_send = "One moment"`, "speak_on_send", nil},
		{"502 after the work, a phrase changed", fakeapi.Fault{AfterProcessing: true, Status: http.StatusBadGateway}, `speak_on_receive = "Done"`, `speak_on_receive = "Ready"`, "speak_on_receive", "Done"},
		{"answer cut off, a phrase removed", fakeapi.Fault{AfterProcessing: true, Cut: true}, `speak_on_send = "One moment"`, "", "speak_on_send", "One moment"},
		{"answer that is no JSON, a scheme added", fakeapi.Fault{AfterProcessing: true, Body: "<html>"}, "", `authorization_scheme = "basic"`, "authorization_scheme", "none"},
		{"500 after the work, a mode added", fakeapi.Fault{AfterProcessing: true, Status: http.StatusInternalServerError}, "", `execution_mode = "during_call"`, "execution_mode", "during_call"},
		{"connection cut after the work, headers added", lost, "", `custom_headers = { X-Key = "secret-value-1" }`, "custom_headers", []any{}},
		{"connection cut after the work, an integration added", lost, "", `integration = { id = "crm" }`, "integration", nil},
		{"connection cut before the work", fakeapi.Fault{Drop: true}, `speak_on_send = "One moment"`, `speak_on_send = "Wait"`, "speak_on_send", "One moment"},
		{"503 before the work", fakeapi.Fault{Status: http.StatusServiceUnavailable}, "", `speak_on_send = "Wait"`, "speak_on_send", nil},
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	base := acctest.SideBySide(len(rows), func(i int) string { return acctest.WebhookOf(acctest.RowAddress(i), acctest.RowNode(i), rows[i].base) })
	ws.Write("main.tf", base)
	ws.Apply()
	for i, row := range rows {
		row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: acctest.RowNode(i)}, 1
		w.Inject(row.fault)
	}
	ws.Write("main.tf", acctest.SideBySide(len(rows), func(i int) string { return acctest.WebhookOf(acctest.RowAddress(i), acctest.RowNode(i), rows[i].edit) }))
	ws.ApplyFails()

	ws.Write("main.tf", base)
	w.ForgetJournal()
	warned := ws.Terraform("plan", "-json", "-detailed-exitcode", "-refresh=false").Exits(2).
		Says(fmt.Sprintf("0 to add, %d to change", len(rows))).SaysNot("secret-value-1")
	ws.Apply().Says(unknownOutcome)

	for i, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if text := warned.DiagnosticAbout(t, "warning", fmt.Sprintf(`action "Schedule" (%s) of agent agent-1`, acctest.RowNode(i))); !strings.HasPrefix(text, strings.TrimPrefix(unknownOutcome, "Warning: ")) {
				t.Errorf("it warns that %s", text)
			}
			if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: acctest.RowNode(i)})); n != 1 {
				t.Errorf("%d upserts, want 1", n)
			}
			stored := w.StoredOf(t, acctest.RowNode(i)).Fields
			if got, want := acctest.ToJSON(t, stored[row.field]), acctest.ToJSON(t, row.want); got != want {
				t.Errorf("the server has %s = %s, want %s", row.field, got, want)
			}
		})
	}
	ws.PlanEmpty().SaysNot(unknownOutcome)
	if strings.Contains(acctest.ReadFile(t, ws.Dir, "terraform.tfstate"), "secret-value-1") {
		t.Error("the state holds the header of an update that failed")
	}
}

// TestDoubtIsOnlyAboutUnknownOutcomes: a refusal, or a request that was never sent,
// leaves nothing to write again.
func TestDoubtIsOnlyAboutUnknownOutcomes(t *testing.T) {
	t.Parallel()
	groups := []map[string]fakeapi.Fault{
		{
			"refused":                 {Status: http.StatusUnprocessableEntity, Body: `{"message":"No."}`},
			"forbidden":               {Status: http.StatusForbidden, Body: `{}`},
			"of another environment":  {Status: http.StatusNotFound, Body: `{"message":"Agent not found in this environment."}`},
			"unauthorized by a proxy": {Status: http.StatusUnauthorized, Body: "<html>"},
		},
		// By itself, since it keeps the others from being sent.
		{"given up at a 429": {Status: http.StatusTooManyRequests, Body: `{}`, Header: http.Header{"Retry-After": {"9999"}}}},
	}
	for _, faults := range groups {
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
		write := func(more string) {
			ws.Write("main.tf", acctest.SideBySide(len(faults), func(i int) string { return acctest.WebhookOf(acctest.RowAddress(i), acctest.RowNode(i), more) }))
		}
		write("")
		ws.Apply()
		names := slices.Sorted(maps.Keys(faults))
		for i, name := range names {
			fault := faults[name]
			fault.Match = fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: acctest.RowNode(i)}
			w.Inject(fault)
		}
		write(`speak_on_send = "Wait"`)
		failed := ws.ApplyFails().SaysNot("It is not known whether this run has put agent")
		for i, name := range names {
			t.Run(name, func(t *testing.T) {
				if !strings.Contains(failed.Output, "with talq_action."+acctest.RowAddress(i)+",") {
					t.Errorf("its update did not fail: %s", failed.Output)
				}
			})
		}
		write("")
		ws.PlanEmpty()
	}
}

// TestDoubtAddsUp: two updates in a row of unknown outcome, each of which sent
// something else.
func TestDoubtAddsUp(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	ws.Write("main.tf", acctest.WebhookWith(""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 2, AfterProcessing: true, Drop: true})
	for _, edit := range []string{`speak_on_send = "Wait"`, `speak_on_receive = "Done"`} {
		ws.Write("main.tf", acctest.WebhookWith(edit))
		ws.ApplyFails()
	}
	ws.Write("main.tf", acctest.WebhookWith(""))
	w.ForgetJournal()
	ws.Apply()
	body := w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]
	for _, field := range []string{"speak_on_send", "speak_on_receive"} {
		if !body.Has(field) || body.Body[field] != nil {
			t.Errorf("%s was sent as %v, want null", field, body.Body[field])
		}
	}
	for _, field := range []string{"custom_headers", "integration", "execution_mode", "authorization_scheme"} {
		if body.Has(field) {
			t.Errorf("%s was sent, which was never set", field)
		}
	}
	ws.PlanEmpty()
}
