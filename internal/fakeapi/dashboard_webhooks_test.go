package fakeapi_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestWebhooksByHand(t *testing.T) {
	a := start(t)
	id := a.AddWebhook(a.agent, map[string]any{
		"name": "By hand", "events": []any{"event_action"}, "webhook_secret": "sesame", "created_at": "2020-01-02T03:04:05Z",
	})
	same(t, "id", id, "webhook-1")
	same(t, "no node id", a.Webhooks(a.agent)[0].NodeID, "")
	same(t, "created_at", a.hookNow(id)["created_at"], "2020-01-02T03:04:05.000000Z")

	a.EditWebhook(a.agent, id, map[string]any{"name": "Edited", "webhook_secret": nil})
	shown := a.hookNow(id)
	same(t, "name", shown["name"], "Edited")
	same(t, "the secret", a.storedHook(id)["webhook_secret"], nil)
	if !instant(t, shown["updated_at"]).After(instant(t, shown["created_at"])) {
		t.Error("updated_at did not move")
	}

	a.RemoveWebhook(a.agent, id)
	a.RemoveWebhook(a.agent, id)
	_, ok := a.Webhook(a.agent, id)
	same(t, "it is still there", ok, false)
	same(t, "webhooks of an unknown agent", len(a.Webhooks("unknown")), 0)
	same(t, "journal entries about the dashboard", len(a.Requests(fakeapi.Match{Op: fakeapi.OpCreateWebhook})), 0)
}

func TestDashboardKnowsOnlyWebhooksThatThereAre(t *testing.T) {
	a := start(t)
	for name, do := range map[string]func(){
		"add":     func() { a.AddWebhook("unknown", nil) },
		"edit":    func() { a.EditWebhook(a.agent, "unknown", nil) },
		"failing": func() { a.SetWebhookFailing(a.agent, "unknown", true) },
		"tests":   func() { a.FailWebhookTests(a.agent, "unknown", "x") },
	} {
		panics(t, name, do)
	}
}

func panics(t *testing.T, name string, do func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", name)
		}
	}()
	do()
}
