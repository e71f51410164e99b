package fakeapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func urlOf(length int) string {
	return "https://example.com/" + strings.Repeat("x", length-len("https://example.com/"))
}

func TestRulesOfAWebhook(t *testing.T) {
	a := withHook(start(t))
	events := func(names ...any) []any { return append([]any{}, names...) }
	rules := []rule{
		{"name", []any{of255}, []any{nil, "", " ", of256, 1}},
		{"webhook_url", []any{"http://example.com", urlOf(500)}, []any{nil, "", "example.com", "x", urlOf(501), 1}},
		{"webhook_secret", []any{nil, "", of255}, []any{of256, 1}},
		{"events", []any{events("event_action"), events("event_recording", "event_action")}, []any{nil, events(), "event_action", map[string]any{}}},
		{"timeout", []any{nil, 5, 120}, []any{4, 121, 5.5, "30"}},
		{"max_retries", []any{nil, 0, 10}, []any{-1, 11, 1.5}},
		{"enabled", []any{nil, true, false}, []any{"yes", 1}},
		{"http_method", []any{nil, "POST", "PUT", "PATCH"}, []any{"GET", "post"}},
		{"authorization_scheme", []any{nil, "none", "bearer", "basic", "api_key", "custom"}, []any{"x"}},
		{"custom_headers", []any{nil, []any{}, []any{map[string]any{"key": "X-Key", "value": "v"}}}, []any{"x", map[string]any{}}},
		{"payload_templates", []any{nil, map[string]any{}, map[string]any{"event_action": map[string]any{"a": 1}}}, []any{"x", []any{}}},
	}
	obeys(t, rules, "create-webhook.request.json", func(body map[string]any) reply {
		return a.do(http.MethodPost, a.path("/webhooks"), body)
	})
	obeys(t, rules, "update-webhook.request.json", func(body map[string]any) reply { return a.updateHook("webhook-1", body) })

	same(t, "what an empty create lacks", faults(a.do(http.MethodPost, a.path("/webhooks"), map[string]any{})),
		[]string{"events", "name", "webhook_url"})
	same(t, "status of an empty update", a.updateHook("webhook-1", map[string]any{}).status, http.StatusOK)
}

func TestPartsOfAWebhookAreNamedByTheirPlace(t *testing.T) {
	a := withHook(start(t))
	for name, send := range map[string]func(map[string]any) reply{
		"create": a.createHook, "update": func(fields map[string]any) reply { return a.updateHook("webhook-1", fields) },
	} {
		got := send(map[string]any{
			"events":         []any{"event_action", "event_unknown", 1},
			"custom_headers": []any{map[string]any{"key": "X-Key", "value": "v"}, map[string]any{"key": "X-Key"}, "x"},
		})
		same(t, "status of "+name, got.status, http.StatusUnprocessableEntity)
		same(t, "parts at fault of "+name, faults(got), []string{"custom_headers.1.value", "custom_headers.2", "events.1", "events.2"})
	}
}

func TestEventsOfAWebhookAreThoseThatTheServerLists(t *testing.T) {
	a := withHook(start(t))
	listed := func() map[string]any {
		return object(a.do(http.MethodGet, a.path("/webhooks"), nil).data()["available_events"])
	}
	same(t, "events", len(listed()), 22)
	a.AddWebhookEvent("event_new", "Something new")
	a.RemoveWebhookEvent("event_phone_call_started")
	same(t, "a new one", listed()["event_new"], "Something new")
	same(t, "events", len(listed()), 22)
	same(t, "status with the new one", a.createHook(map[string]any{"events": []any{"event_new"}}).status, http.StatusOK)
	same(t, "fields at fault with the old one", faults(a.createHook(nil)), []string{"events.0"})
	same(t, "who has the old one keeps it", a.hookNow("webhook-1")["events_count"], 2)
}

func TestRefusedWriteOfAWebhookChangesNothing(t *testing.T) {
	a := withHook(start(t))
	before := a.hookNow("webhook-1")
	a.updateHook("webhook-1", map[string]any{"name": "Other", "timeout": 0})
	a.createHook(map[string]any{"timeout": 0})
	same(t, "webhooks", a.hooks(), []any{before})
	for _, request := range a.Requests(fakeapi.Match{}) {
		same(t, "Accepted", request.Accepted, false)
		same(t, "the webhook that a refused create made", request.Op == "create webhook" && request.WebhookID != "", false)
	}
}

func TestWebhookBodyMustBeJSON(t *testing.T) {
	a := withHook(start(t))
	same(t, "create", a.do(http.MethodPost, a.path("/webhooks"), []byte(`{"cut":`)).status, http.StatusBadRequest)
	same(t, "update", a.do(http.MethodPut, a.hook("webhook-1"), []byte(`{"cut":`)).status, http.StatusBadRequest)
}
