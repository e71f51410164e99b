package webhook_test

import (
	"fmt"
	"net/http"
	"slices"
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
	faults := []fakeapi.Fault{
		{AfterProcessing: true, Drop: true}, {AfterProcessing: true, Status: http.StatusBadGateway}, {AfterProcessing: true, Cut: true},
		{AfterProcessing: true, Body: "<html>"}, {Drop: true},
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
	write := func(more string) {
		ws.Write("main.tf", acctest.SideBySide(len(faults), func(i int) string { return acctest.EventWebhook(acctest.RowAddress(i), more) }))
	}
	revisions := func() (all []any) {
		for i := range faults {
			all = append(all, ws.State()["talq_agent_webhook."+acctest.RowAddress(i)]["revision"])
		}
		return all
	}
	write("")
	ws.Apply()
	before := revisions()
	for i, fault := range faults {
		fault.Match, fault.Times = fakeapi.Match{Op: fakeapi.OpUpdateWebhook, WebhookID: fmt.Sprint(ws.State()["talq_agent_webhook."+acctest.RowAddress(i)]["id"])}, 1
		w.Inject(fault)
	}
	write(edit)
	ws.ApplyFails().Says("It sends the same again, which does no harm.")
	if got := revisions(); !slices.Equal(got, before) {
		t.Errorf("the failed updates gave the revisions %v", got)
	}
	write("")

	ws.Terraform("plan", "-refresh=false").Exits(0).Says(unknownOutcome, "which values it has for the attributes that the API does not return", "0 to add, 5 to change")
	w.ForgetJournal()
	ws.Apply().Says(unknownOutcome)

	w.Wrote(t, acctest.Ops{fakeapi.OpUpdateWebhook: len(faults)})
	for _, r := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpdateWebhook}) {
		want := acctest.JSONObject(t, fmt.Sprintf(`{"name": %q, "webhook_url": "https://example.com/hook", "events": ["event_phone_call_ended", "event_phone_call_started"],
			"timeout": 30, "max_retries": 3, "enabled": true, "http_method": "POST", "custom_headers": [], "payload_templates": {}}`, r.WebhookName))
		if got, want := acctest.ToJSON(t, r.Body), acctest.ToJSON(t, want); got != want {
			t.Errorf("the body was\n%s\nwant\n%s", got, want)
		}
	}
	for i, revision := range revisions() {
		if revision == before[i] {
			t.Errorf("row %d: the revision is as it was", i)
		}
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
