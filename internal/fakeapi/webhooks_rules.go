package fakeapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"unicode/utf8"
)

// webhookRules are the fields of create-webhook. Those that it requires may be left out of an
// update (update-webhook).
var webhookRules = []field{
	{"name", required, upTo255},
	{"webhook_url", required, webhookURL},
	{"webhook_secret", optional, upTo255},
	{"events", required, atLeastOne},
	{"timeout", optional, integerBetween(5, 120)},
	{"max_retries", optional, integerBetween(0, 10)},
	{"enabled", optional, boolean},
	{"http_method", optional, oneOf("POST", "PUT", "PATCH")},
	{"authorization_scheme", optional, oneOf("none", "bearer", "basic", "api_key", "custom")},
	{"custom_headers", optional, list},
	{"payload_templates", optional, isObject},
}

// hiddenWebhookDefaults are the fields that no answer shows, with what stands where nothing
// was set (create-webhook).
var hiddenWebhookDefaults = map[string]any{
	"webhook_secret":       nil,
	"http_method":          "POST",
	"authorization_scheme": "none",
	"custom_headers":       []any{},
	"payload_templates":    nil,
}

// webhookDefaults stand where nothing was set (create-webhook).
var webhookDefaults = func() map[string]any {
	defaults := maps.Clone(hiddenWebhookDefaults)
	defaults["timeout"], defaults["max_retries"], defaults["enabled"] = json.Number("30"), json.Number("3"), true
	return defaults
}()

// testRules are the body of a test of a webhook, where there must be one.
var testRules = []field{
	{"url", required, validURL},
}

// written is what a body makes of the fields of a webhook that there is, or of none before a
// create, and what is wrong with the body.
func (s *Server) written(before, sent map[string]any, create bool) (after map[string]any, errors fieldErrors) {
	errors = fieldErrors{}
	rules := []field{}
	after = maps.Clone(before)
	for _, rule := range webhookRules {
		value, there := sent[rule.name]
		null := there && value == nil
		switch {
		case null && s.behaviour.WebhookNull == WebhookNullRefused:
			errors.add(rule.name, rule.check(nil))
			continue
		case null && s.behaviour.WebhookNull == WebhookNullIgnored:
			there = false
		}
		if !there && !create {
			continue
		}
		rules = append(rules, rule)
		if after[rule.name] = value; value == nil {
			delete(after, rule.name)
		}
	}
	errors.object("", sent, rules)
	errors.items("custom_headers", sent["custom_headers"], headerRules)
	events, _ := sent["events"].([]any)
	for i, event := range events {
		if name, ok := event.(string); !ok || s.world.events[name] == nil {
			errors.add(fmt.Sprintf("events.%d", i), "The selected :attribute is invalid.")
		}
	}
	return after, errors
}

// invalidWebhook is the 422 of create-webhook and update-webhook, which has no "success".
func invalidWebhook(errors fieldErrors) answer {
	return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
		"message": "The given data was invalid.", "errors": errors,
	}}
}

// webhookURL counts characters, not bytes. The words are those of update-webhook.
func webhookURL(value any) string {
	if validURL(value) != "" {
		return "The :attribute must be a valid URL."
	}
	if s, _ := value.(string); utf8.RuneCountInString(s) > 500 {
		return "The :attribute field must not be greater than 500 characters."
	}
	return ""
}

// atLeastOne takes a list with something in it, in the words of create-webhook.
func atLeastOne(value any) string {
	if items, ok := value.([]any); ok && len(items) == 0 {
		return "The :attribute field must contain at least 1 items."
	}
	return list(value)
}

// sampleEvents are the events of the vendor's listing, with what they are about.
func sampleEvents() map[string]any {
	return maps.Clone(object(object(sampleData(webhooksSample))["available_events"]))
}

func reversed(value any) any {
	items, ok := value.([]any)
	if !ok {
		return value
	}
	items = slices.Clone(items)
	slices.Reverse(items)
	return items
}
