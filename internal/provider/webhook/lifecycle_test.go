package webhook_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// pointsOfWebhooks are the open points that show on a webhook, by their names in
// [fakeapi.Open].
var pointsOfWebhooks = []string{
	"status of a delete", "field left out of an update", "white space around strings", "empty strings", "undocumented fields", "order of actions", "times",
	"updated_at at an upsert that changes nothing", "error codes", "status of a webhook's create", "agent whose webhook is written",
	"null in the body of a webhook", "order of a webhook's events",
}

// TestLifecycleUnderEveryAnswer walks a webhook through its whole life.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	t.Parallel()
	acctest.EachAnswer(t, pointsOfWebhooks, walkLifecycle)
}

// stages are attributes of a webhook's configuration with the write that leads to them: its
// operation and its whole body. A secret that goes away makes another webhook.
var stages = []struct {
	name, config, made string
	op                 fakeapi.Op
	sends              string
}{
	{"the least", "", "1 added, 0 changed, 0 destroyed", fakeapi.OpCreateWebhook, `{"name": "a", "webhook_url": "https://example.com/hook",
		"events": ["event_phone_call_ended", "event_phone_call_started"], "timeout": 30, "max_retries": 3, "enabled": true}`},
	{"everything set", `
  timeout              = 45
  max_retries          = 0
  enabled              = false
  http_method          = "PUT"
  authorization_scheme = "bearer"
  custom_headers       = { Accept = "text/plain", "X-Api-Key" = "first" }
  webhook_secret       = "signs"
  payload_templates    = { event_phone_call_ended = jsonencode({ call = "{{call.id}}", tries = 1 }) }`, "0 added, 1 changed, 0 destroyed", fakeapi.OpUpdateWebhook,
		`{"timeout": 45, "max_retries": 0, "enabled": false, "http_method": "PUT", "authorization_scheme": "bearer",
		"custom_headers": [{"key": "Accept", "value": "text/plain"}, {"key": "X-Api-Key", "value": "first"}], "webhook_secret": "signs",
		"payload_templates": {"event_phone_call_ended": {"call": "{{call.id}}", "tries": 1}}}`},
	{"one changed", `
  timeout              = 45
  max_retries          = 0
  enabled              = true
  http_method          = "PUT"
  authorization_scheme = "bearer"
  custom_headers       = { Accept = "text/plain", "X-Api-Key" = "first" }
  webhook_secret       = "signs"
  payload_templates    = { event_phone_call_ended = "{\"tries\": 1,  \"call\": \"{{call.id}}\"}" }`, "0 added, 1 changed, 0 destroyed", fakeapi.OpUpdateWebhook,
		`{"enabled": true}`},
	{"all but the secret taken out", `webhook_secret = "signs"`, "0 added, 1 changed, 0 destroyed", fakeapi.OpUpdateWebhook,
		`{"timeout": 30, "max_retries": 3, "http_method": "POST", "authorization_scheme": "none", "custom_headers": [], "payload_templates": {}}`},
	{"the secret taken out", "", "1 added, 0 changed, 1 destroyed", fakeapi.OpCreateWebhook, `{"name": "a", "webhook_url": "https://example.com/hook",
		"events": ["event_phone_call_ended", "event_phone_call_started"], "timeout": 30, "max_retries": 3, "enabled": true}`},
}

func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	before := ""
	for _, stage := range stages {
		t.Log(stage.name)
		ws.Write("main.tf", acctest.EventWebhook("a", stage.config))
		ws.Apply().Says(stage.made).SaysNot("Warning")
		w.Sent(t, stage.op, stage.sends)
		revision := fmt.Sprint(ws.State()["talq_agent_webhook.a"]["revision"])
		if revision == "" || revision == before {
			t.Errorf("after the write the revision is %q, as before", revision)
		}
		before = revision
		ws.PlanEmpty().SaysNot("Warning")
	}
	id := w.OneWebhook(t).ID
	for field, want := range map[string]any{"webhook_secret": nil, "http_method": nil, "custom_headers": nil, "payload_templates": nil, "authorization_scheme": nil} {
		if got := w.OneWebhook(t).Fields[field]; got != want {
			t.Errorf("the API holds %v as %s, which was never set", got, field)
		}
	}

	t.Log("edited in the dashboard, repaired; deleted there, made again")
	w.EditWebhook(w.Agent, id, map[string]any{"enabled": false, "events": []any{"event_recording"}})
	ws.Terraform("plan").Exits(0).Says("event_recording", "0 to add, 1 to change, 0 to destroy")
	w.ForgetJournal()
	ws.Apply().Says("0 added, 1 changed, 0 destroyed")
	w.Sent(t, fakeapi.OpUpdateWebhook, `{"enabled": true, "events": ["event_phone_call_ended", "event_phone_call_started"]}`)
	w.RemoveWebhook(w.Agent, id)
	ws.Terraform("plan").Exits(0).Says("Warning: A webhook is gone", "1 to add, 0 to change, 0 to destroy")
	ws.Apply().Says("1 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()

	t.Log("imported elsewhere")
	other := acctest.NewWorkspace(t, w.ProviderBlock())
	other.Write("main.tf", acctest.EventWebhook("a", "")+fmt.Sprintf("import {\n  to = talq_agent_webhook.a\n  id = \"agent-1/%s\"\n}\n", w.OneWebhook(t).ID))
	other.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed", "Warning: Some attributes cannot be imported")
	other.PlanEmpty()

	ws.Destroy()
	if n := len(w.Webhooks(w.Agent)); n != 0 {
		t.Errorf("%d webhooks are left", n)
	}
}
