package fakeapi_test

import (
	"net/http"
	"testing"
)

// webhookMeanings belongs to meanings.
var webhookMeanings = map[string]func(t *testing.T, a api, c *clock){
	"status of a webhook's create: 200": hookCreateAnswers(http.StatusOK),
	"status of a webhook's create: 201": hookCreateAnswers(http.StatusCreated),

	"agent whose webhook is written: stays published": statusAfter("published", writeHooks...),
	"agent whose webhook is written: draft":           statusAfter("draft", writeHooks...),

	"null in the body of a webhook: resets the field": func(t *testing.T, a api, _ *clock) {
		id := writeNulls(t, a, []string{"events", "name", "webhook_url"})
		shown, stored := a.hookNow(id), a.storedHook(id)
		same(t, "timeout, max_retries, enabled", []any{shown["timeout"], shown["max_retries"], shown["enabled"]}, []any{30, 3, true})
		for field := range hiddenOfHook() {
			same(t, field, stored[field], nil)
		}
	},
	"null in the body of a webhook: ignored": func(t *testing.T, a api, _ *clock) {
		id := writeNulls(t, a, []string{})
		shown, stored := a.hookNow(id), a.storedHook(id)
		same(t, "name", shown["name"], "My Webhook")
		same(t, "timeout, max_retries, enabled", []any{shown["timeout"], shown["max_retries"], shown["enabled"]}, []any{5, 0, false})
		for field, value := range hiddenOfHook() {
			same(t, field, stored[field], value)
		}
	},
	"null in the body of a webhook: refused": func(t *testing.T, a api, _ *clock) {
		a.createHook(nil)
		for _, field := range fieldsOfHook() {
			same(t, field+" in an update", faults(a.updateHook("webhook-1", map[string]any{field: nil})), []string{field})
			got := a.do(http.MethodPost, a.path("/webhooks"), with(sample(t, "create-webhook.request.json"), map[string]any{field: nil}))
			same(t, field+" in a create", faults(got), []string{field})
		}
	},

	"order of a webhook's events: as sent":  hookEvents("event_action", "event_recording"),
	"order of a webhook's events: reversed": hookEvents("event_recording", "event_action"),

	"body of a webhook's test: none":       hookTestWithout(http.StatusOK),
	"body of a webhook's test: with a URL": hookTestWithout(http.StatusUnsupportedMediaType),

	"status of a webhook's failed test: 200": hookTestFails(http.StatusOK),
	"status of a webhook's failed test: 422": hookTestFails(http.StatusUnprocessableEntity),
	"status of a webhook's failed test: 500": hookTestFails(http.StatusInternalServerError),
}

func fieldsOfHook() []string {
	return []string{
		"name", "webhook_url", "webhook_secret", "events", "timeout", "max_retries", "enabled", "http_method",
		"authorization_scheme", "custom_headers", "payload_templates",
	}
}

// writeNulls makes a webhook in which every field is set to something and writes null to each,
// one at a time. Those of refused are refused.
func writeNulls(t *testing.T, a api, refused []string) (id string) {
	t.Helper()
	created := a.createHook(with(hiddenOfHook(), map[string]any{"timeout": 5, "max_retries": 0, "enabled": false})).data()
	id, _ = created["id"].(string)
	all := map[string]any{}
	for _, field := range fieldsOfHook() {
		all[field] = nil
		if got := a.updateHook(id, map[string]any{field: nil}); got.status != http.StatusOK {
			same(t, "fields at fault", faults(got), []string{field})
		}
	}
	same(t, "what is refused of all", faults(a.updateHook(id, all)), refused)
	return id
}

func hookCreateAnswers(status int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		same(t, "create", a.createHook(nil).status, status)
		same(t, "update", a.updateHook("webhook-1", map[string]any{}).status, http.StatusOK)
	}
}

var writeHooks = []func(api){
	func(a api) { a.createHook(nil) },
	func(a api) { a.updateHook("webhook-1", map[string]any{"timeout": 5}) },
	func(a api) { a.do(http.MethodPatch, a.hook("webhook-1")+"/toggle", nil) },
	func(a api) { a.do(http.MethodDelete, a.hook("webhook-1"), nil) },
	func(a api) { a.AddWebhook(a.agent, map[string]any{"id": "by hand"}) },
	func(a api) { a.EditWebhook(a.agent, "by hand", map[string]any{"name": "Other"}) },
	func(a api) { a.RemoveWebhook(a.agent, "by hand") },
}

func hookEvents(first, second string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		got := a.createHook(map[string]any{"events": []any{"event_action", "event_recording"}}).data()
		same(t, "in the answer", got["events"], []any{first, second})
		same(t, "elsewhere", a.hookNow("webhook-1")["events"], []any{first, second})
		same(t, "stored", a.storedHook("webhook-1")["events"], []any{"event_action", "event_recording"})
	}
}

func hookTestWithout(status int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.createHook(nil)
		test := a.hook("webhook-1") + "/test"
		same(t, "without a body", a.bare(http.MethodPost, test).status, status)
		same(t, "with the URL", a.do(http.MethodPost, test, map[string]any{"url": "https://example.com"}).status, http.StatusOK)
		if status != http.StatusOK {
			same(t, "without the URL", faults(a.do(http.MethodPost, test, map[string]any{})), []string{"url"})
		}
	}
}

func hookTestFails(status int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.createHook(nil)
		a.FailWebhookTests(a.agent, "webhook-1", "Connection timeout")
		same(t, "status", a.do(http.MethodPost, a.hook("webhook-1")+"/test", nil).status, status)
	}
}
