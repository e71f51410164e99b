package webhook_test

import (
	"net/http"
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
			ws.Write("main.tf", acctest.EventWebhook("a", ""))
			ws.Apply()
			revision := ws.State()["talq_agent_webhook.a"]["revision"]
			fault.Match, fault.Times = fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, 1
			w.Inject(fault)
			ws.Write("main.tf", acctest.EventWebhook("a", edit))
			ws.ApplyFails().Says("It sends the same again, which does no harm.")
			if got := ws.State()["talq_agent_webhook.a"]["revision"]; got != revision {
				t.Errorf("the failed update gave the revision %v", got)
			}
			ws.Write("main.tf", acctest.EventWebhook("a", ""))

			ws.Terraform("plan", "-refresh=false").Exits(0).Says(unknownOutcome, "which values it has for the attributes that the API does not return", "0 to add, 1 to change")
			w.ForgetJournal()
			ws.Apply().Says(unknownOutcome)

			w.Sent(t, fakeapi.OpUpdateWebhook, `{"name": "a", "webhook_url": "https://example.com/hook", "events": ["event_phone_call_ended", "event_phone_call_started"],
				"timeout": 30, "max_retries": 3, "enabled": true, "http_method": "POST", "custom_headers": [], "payload_templates": {}}`)
			ws.PlanEmpty().SaysNot("Warning")
		})
	}
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
