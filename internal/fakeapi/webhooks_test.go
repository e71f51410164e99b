package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestEachCreateMakesAnotherWebhook(t *testing.T) {
	a := start(t)
	first, second := a.createHook(nil).data(), a.createHook(nil).data()
	same(t, "ids", []any{first["id"], second["id"]}, []any{"webhook-1", "webhook-2"})
	same(t, "webhooks", len(a.hooks()), 2)
	same(t, "updated_at of a fresh webhook", first["updated_at"], first["created_at"])
}

func TestDefaultsOfAWebhook(t *testing.T) {
	a := start(t)
	shown := a.createHook(map[string]any{"timeout": nil, "max_retries": nil, "enabled": nil, "webhook_secret": nil}).data()
	same(t, "timeout", shown["timeout"], 30)
	same(t, "max_retries", shown["max_retries"], 3)
	same(t, "enabled", shown["enabled"], true)
	same(t, "status", shown["status"], "active")
}

func TestUpdateOfAWebhookKeepsWhatItLeavesOut(t *testing.T) {
	for _, reset := range []bool{false, true} { // The page is plain about it, whatever actions do.
		a := withHook(start(t, fakeapi.WithClock(newClock().Now), fakeapi.WithBehaviour(fakeapi.Behaviour{ResetLeftOut: reset})))
		a.updateHook("webhook-1", hiddenOfHook())
		before, stored := a.hookNow("webhook-1"), a.storedHook("webhook-1")
		after := a.updateHook("webhook-1", map[string]any{"timeout": 45}).data()
		same(t, "timeout", after["timeout"], 45)
		if !instant(t, after["updated_at"]).After(instant(t, before["updated_at"])) {
			t.Error("updated_at did not move although the clock stood still")
		}
		for _, same := range []string{"timeout", "updated_at"} {
			delete(after, same)
			delete(before, same)
		}
		same(t, "what is shown besides", after, before)
		same(t, "what is stored", a.storedHook("webhook-1"), with(stored, map[string]any{"timeout": 45}))
	}
}

func TestWebhookHidesItsSecrets(t *testing.T) {
	a := start(t)
	answers := map[string]reply{"create": a.createHook(hiddenOfHook())}
	answers["update"] = a.updateHook("webhook-1", hiddenOfHook())
	answers["get"] = a.do(http.MethodGet, a.hook("webhook-1"), nil)
	answers["list"] = a.do(http.MethodGet, a.path("/webhooks"), nil)
	answers["toggle"] = a.do(http.MethodPatch, a.hook("webhook-1")+"/toggle", nil)
	for name, got := range answers {
		same(t, "status of "+name, got.status, http.StatusOK)
		shown := got.data()
		if name == "list" {
			shown = a.hooks()[0]
		}
		for field := range hiddenOfHook() {
			if _, ok := shown[field]; ok {
				t.Errorf("%s shows %s", name, field)
			}
		}
	}
	stored := a.storedHook("webhook-1")
	for field, want := range hiddenOfHook() {
		same(t, "stored "+field, stored[field], want)
	}
}

func TestStatusAndCountOfAWebhookAreComputed(t *testing.T) {
	a := withHook(start(t))
	sees := func(enabled bool, status string) {
		t.Helper()
		same(t, "enabled", a.hookNow("webhook-1")["enabled"], enabled)
		same(t, "status", a.hookNow("webhook-1")["status"], status)
	}
	sees(true, "active")
	a.SetWebhookFailing(a.agent, "webhook-1", true)
	sees(true, "error")
	a.updateHook("webhook-1", map[string]any{"enabled": false, "status": "active", "events_count": 7})
	sees(false, "disabled")
	a.SetWebhookFailing(a.agent, "webhook-1", false)
	a.do(http.MethodPatch, a.hook("webhook-1")+"/toggle", nil)
	sees(true, "active")

	same(t, "events_count", a.hookNow("webhook-1")["events_count"], 2)
	a.updateHook("webhook-1", map[string]any{"events": []any{"event_action"}})
	same(t, "events_count of one event", a.hookNow("webhook-1")["events_count"], 1)
}

func TestToggleTurnsAWebhookOverAndMovesIt(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	before := a.createHook(map[string]any{"enabled": nil}).data()
	off := a.do(http.MethodPatch, a.hook("webhook-1")+"/toggle", nil)
	same(t, "message", off.body["message"], "Webhook disabled")
	same(t, "enabled", off.data()["enabled"], false)
	if !instant(t, off.data()["updated_at"]).After(instant(t, before["updated_at"])) {
		t.Error("updated_at did not move")
	}
	on := a.do(http.MethodPatch, a.hook("webhook-1")+"/toggle", nil)
	same(t, "message", on.body["message"], "Webhook enabled")
	same(t, "enabled", on.data()["enabled"], true)
}

func TestTestOfAWebhookChangesNothing(t *testing.T) {
	a := withHook(start(t))
	before := a.hookNow("webhook-1")
	a.FailWebhookTests(a.agent, "webhook-1", "HTTP 500 Internal Server Error")
	same(t, "a failed test", a.do(http.MethodPost, a.hook("webhook-1")+"/test", nil).body["success"], false)
	a.FailWebhookTests(a.agent, "webhook-1", "")
	same(t, "a test", a.do(http.MethodPost, a.hook("webhook-1")+"/test", nil).body["success"], true)
	same(t, "the webhook", a.hookNow("webhook-1"), before)
	for _, request := range a.Requests(fakeapi.Match{Op: fakeapi.OpTestWebhook}) {
		same(t, "it counts as a write", request.Accepted, false)
	}
}

func TestUnknownWebhookIsNotFound(t *testing.T) {
	a := withHook(start(t))
	other := a.AddAgent(fakeapi.AgentSeed{})
	for _, path := range []string{a.hook("unknown"), "/agents/" + other + "/webhooks/webhook-1"} {
		for method, rest := range map[string]string{
			http.MethodGet: "", http.MethodPut: "", http.MethodDelete: "", http.MethodPatch: "/toggle", http.MethodPost: "/test",
		} {
			got := a.do(method, path+rest, map[string]any{})
			same(t, "status of "+method+" "+path, got.status, http.StatusNotFound)
			same(t, "body", got.body, map[string]any{"success": false, "message": "Webhook not found."})
		}
	}
	a.token = a.AddEnvironment()
	same(t, "for another token", a.do(http.MethodGet, a.path("/webhooks"), nil).body["message"], "Agent not found in this environment.")
}

func TestDeletedWebhookIsGoneForGood(t *testing.T) {
	a := withHook(start(t))
	same(t, "status", a.do(http.MethodDelete, a.hook("webhook-1"), nil).status, http.StatusOK)
	same(t, "webhooks", a.hooks(), []any{})
	same(t, "status of a second delete", a.do(http.MethodDelete, a.hook("webhook-1"), nil).status, http.StatusNotFound)
	same(t, "id of the next", a.createHook(nil).data()["id"], "webhook-2")
}

func TestDeletedAgentTakesItsWebhooksWithIt(t *testing.T) {
	a := withHook(start(t))
	other := a.AddAgent(fakeapi.AgentSeed{})
	kept := a.AddWebhook(other, sample(t, "create-webhook.request.json"))
	a.do(http.MethodDelete, a.path(""), nil)
	for _, path := range []string{a.path("/webhooks"), a.hook("webhook-1")} {
		same(t, path, a.do(http.MethodGet, path, nil).body, map[string]any{"success": false, "message": "Agent not found"})
	}
	same(t, "stored", len(a.Webhooks(a.agent)), 0)
	same(t, "that of another agent", a.Webhooks(other)[0].ID, kept)
}

func TestAgentDoesNotShowItsWebhooks(t *testing.T) {
	a := start(t)
	before := a.agentNow()
	a.createHook(nil)
	same(t, "the agent", a.agentNow(), before)
}

// TestSwitchesOfActionsHoldForWebhooks walks the answers that were there for actions.
func TestSwitchesOfActionsHoldForWebhooks(t *testing.T) {
	with := func(b fakeapi.Behaviour) api {
		return withHook(start(t, fakeapi.WithClock(newClock().Now), fakeapi.WithBehaviour(b)))
	}

	a := with(fakeapi.Behaviour{DeleteStatus: http.StatusNoContent})
	same(t, "status of a delete", a.do(http.MethodDelete, a.hook("webhook-1"), nil).status, http.StatusNoContent)

	a = with(fakeapi.Behaviour{TrimStrings: true, EmptyToNull: true})
	same(t, "trimmed", a.createHook(map[string]any{"name": " text\n"}).data()["name"], "text")
	a.updateHook("webhook-1", map[string]any{"webhook_secret": " "})
	same(t, "an empty secret", a.storedHook("webhook-1")["webhook_secret"], nil)

	a = with(fakeapi.Behaviour{ListReversed: true})
	a.createHook(nil)
	same(t, "the first of the listing", a.hooks()[0]["id"], "webhook-2")

	for untouched, moved := range map[bool]bool{true: false, false: true} {
		a = with(fakeapi.Behaviour{UntouchedWhenEqual: untouched})
		before := a.hookNow("webhook-1")["updated_at"]
		equal := a.updateHook("webhook-1", map[string]any{"timeout": 30, "http_method": "POST"}).data()
		same(t, "an equal update moves updated_at", equal["updated_at"] != before, moved)
	}

	for micro, want := range map[bool]string{false: "2024-01-15T10:30:00.000000Z", true: "2024-01-15T10:30:00.123456Z"} {
		same(t, "created_at", with(fakeapi.Behaviour{Microseconds: micro}).hookNow("webhook-1")["created_at"], want)
	}
	a = with(fakeapi.Behaviour{MixedTimes: true})
	same(t, "the time of a create", a.createHook(nil).data()["created_at"], "2024-01-15T10:30:00Z")
	same(t, "the time elsewhere", a.hookNow("webhook-2")["created_at"], "2024-01-15T10:30:00.000000Z")
}

func TestHiddenFieldsOfAWebhookAreShownWhereTheyAreEchoed(t *testing.T) {
	defaults := map[string]any{
		"webhook_secret": nil, "http_method": "POST", "authorization_scheme": "none", "custom_headers": []any{}, "payload_templates": nil,
	}
	for b, want := range map[fakeapi.Undocumented]map[string]any{
		fakeapi.UndocumentedAbsent: nil, fakeapi.UndocumentedInConfig: nil, fakeapi.UndocumentedEchoed: hiddenOfHook(),
		fakeapi.UndocumentedMasked: with(hiddenOfHook(), map[string]any{
			"webhook_secret": "********", "custom_headers": []any{map[string]any{"key": "X-Key", "value": "********"}},
		}),
	} {
		a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: b}))
		a.createHook(hiddenOfHook())
		a.createHook(map[string]any{"webhook_secret": nil})
		for field, otherwise := range defaults {
			first, ok := a.hookNow("webhook-1")[field]
			same(t, field+" is shown", ok, want != nil)
			same(t, field, first, want[field])
			if want != nil {
				same(t, field+" that was never set", a.hookNow("webhook-2")[field], otherwise)
			}
		}
	}
}
