package webhook_test

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

// TestUpdateOfUnknownOutcome: what cannot be read may have been written. So the next plan
// writes all that is set, and takes away what that update may have set, also where the edit
// was taken back.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	const edit = `
  http_method       = "PUT"
  custom_headers    = { X-Key = "first" }
  payload_templates = { event_phone_call_ended = "{}" }`
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
	write := func(more string) {
		ws.Write("main.tf", acctest.SideBySide(len(rows), func(i int) string { return acctest.EventWebhook(acctest.RowAddress(i), more) }))
	}
	revisions := func() (all []any) {
		for i := range rows {
			all = append(all, ws.State()["talq_agent_webhook."+acctest.RowAddress(i)]["revision"])
		}
		return all
	}
	write("")
	ws.Apply()
	before := revisions()
	var ids []string
	for i, row := range rows {
		ids = append(ids, fmt.Sprint(ws.State()["talq_agent_webhook."+acctest.RowAddress(i)]["id"]))
		row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpdateWebhook, WebhookID: ids[i]}, 1
		w.Inject(row.fault)
	}
	write(edit)
	failed := ws.ApplyFails("-json")
	if got := revisions(); !slices.Equal(got, before) {
		t.Errorf("the failed updates gave the revisions %v", got)
	}
	write("")

	planned := ws.Terraform("plan", "-json", "-refresh=false").Exits(0).Says(fmt.Sprintf("0 to add, %d to change", len(rows)))
	w.ForgetJournal()
	applied := ws.Apply("-json")

	w.Wrote(t, acctest.Ops{fakeapi.OpUpdateWebhook: len(rows)})
	after := revisions()
	for i, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			about := fmt.Sprintf(`webhook %q`, acctest.RowAddress(i))
			if text := failed.DiagnosticAbout(t, "error", about); !strings.Contains(text, "It sends the same again, which does no harm.") {
				t.Errorf("the update failed with %s", text)
			}
			text := planned.DiagnosticAbout(t, "warning", about)
			for _, says := range []string{strings.TrimPrefix(unknownOutcome, "Warning: "), "which values it has for the attributes that the API does not return"} {
				if !strings.Contains(text, says) {
					t.Errorf("it warns that %s; want %q in it", text, says)
				}
			}
			if !strings.Contains(applied.Output, fmt.Sprintf("(%s) of agent agent-1, so it is not known", ids[i])) { // once at its plan, once more at its apply
				t.Error("the apply does not warn")
			}
			sent := w.Requests(fakeapi.Match{Op: fakeapi.OpUpdateWebhook, WebhookID: ids[i]})
			if len(sent) != 1 {
				t.Fatalf("%d updates, want 1", len(sent))
			}
			want := acctest.JSONObject(t, fmt.Sprintf(`{"name": %q, "webhook_url": "https://example.com/hook", "events": ["event_phone_call_ended", "event_phone_call_started"],
				"timeout": 30, "max_retries": 3, "enabled": true, "http_method": "POST", "custom_headers": [], "payload_templates": {}}`, acctest.RowAddress(i)))
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

// TestSecretOfUnknownOutcome: no update takes a secret away that may have been set, so the
// webhook is made again.
func TestSecretOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	ws.Write("main.tf", acctest.EventWebhook("a", ""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, Times: 1, AfterProcessing: true, Drop: true})
	ws.Write("main.tf", acctest.EventWebhook("a", `webhook_secret = "signs"`))
	ws.ApplyFails()
	ws.Write("main.tf", acctest.EventWebhook("a", ""))
	ws.Apply().Says(unknownOutcome, "1 added, 0 changed, 1 destroyed")
	if got := w.OneWebhook(t).Fields["webhook_secret"]; got != nil {
		t.Error("it has a secret")
	}
	ws.PlanEmpty().SaysNot("Warning")
}

// TestARefusedUpdateLeavesNoDoubt: nothing was written, so nothing is written again.
func TestARefusedUpdateLeavesNoDoubt(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	ws.Write("main.tf", acctest.EventWebhook("a", ""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, Times: 1, Status: http.StatusUnprocessableEntity, Body: `{"message":"No."}`})
	ws.Write("main.tf", acctest.EventWebhook("a", `http_method = "PUT"`))
	ws.ApplyFails()
	ws.Write("main.tf", acctest.EventWebhook("a", ""))
	ws.PlanEmpty().SaysNot(unknownOutcome)
}
