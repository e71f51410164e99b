package fakeapi

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// webhookObject is a webhook as the answer to a write of it, or as any other answer, shows it.
// The page of the listing knows a third status, error, and does not say when it stands there:
// here a webhook has it whose deliveries fail, unless it is disabled.
func (b Behaviour) webhookObject(a *agent, one *item, write bool) map[string]any {
	full := withDefaults(one.fields, webhookDefaults)
	events, _ := full["events"].([]any)
	shown := map[string]any{
		"id":           one.id,
		"agent_id":     a.id,
		"name":         full["name"],
		"webhook_url":  full["webhook_url"],
		"events":       full["events"],
		"timeout":      full["timeout"],
		"max_retries":  full["max_retries"],
		"enabled":      full["enabled"],
		"created_at":   b.webhookStamp(one.created, write),
		"updated_at":   b.webhookStamp(one.updated, write),
		"events_count": len(events),
		"status":       "active",
	}
	switch {
	case full["enabled"] != true:
		shown["status"] = "disabled"
	case one.failing:
		shown["status"] = "error"
	}
	if b.EventsReversed {
		shown["events"] = reversed(full["events"])
	}
	if b.echoes() {
		for field := range hiddenWebhookDefaults {
			shown[field] = full[field]
		}
	}
	if b.Undocumented == UndocumentedMasked {
		shown["custom_headers"] = masked(full["custom_headers"])
		if full["webhook_secret"] != nil {
			shown["webhook_secret"] = "********"
		}
	}
	return shown
}

// listWebhooks is GET /agents/{id}/webhooks, which has no pages (list-agent-webhooks).
func (s *Server) listWebhooks(a *agent) answer {
	show := func(one *item, write bool) map[string]any { return s.behaviour.webhookObject(a, one, write) }
	return success(http.StatusOK, "", map[string]any{
		"webhooks":         a.webhooks.objects(s.behaviour, show),
		"available_events": s.world.events,
	})
}

// createWebhook makes a webhook, each time another one: the call has no key (create-webhook).
func (s *Server) createWebhook(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	fields, errors := s.written(map[string]any{}, sent, true)
	if len(errors) > 0 {
		return invalidWebhook(errors)
	}
	created := b.later(s.now(), time.Time{})
	one := &item{id: s.world.newID("webhook"), fields: fields, created: created, updated: created}
	s.world.add(&a.webhooks, one)
	s.touchForWebhook(a)
	entry.WebhookID = one.id
	return done(success(b.webhookCreateStatus(), "Webhook created successfully", b.webhookObject(a, one, true)))
}

// processWebhook does what is asked of one webhook.
func (s *Server) processWebhook(a *agent, entry *Request) answer {
	one := a.webhooks.byID(entry.WebhookID)
	if one == nil {
		return refusal(http.StatusNotFound, "Webhook not found.")
	}
	switch entry.Op {
	case OpUpdateWebhook:
		return s.updateWebhook(a, one, entry)
	case OpDeleteWebhook:
		a.webhooks.remove(one.id)
		s.touchForWebhook(a)
		return s.deleted("Webhook deleted successfully")
	case OpToggleWebhook:
		return s.toggleWebhook(a, one)
	case OpTestWebhook:
		return s.testWebhook(one, entry)
	default:
		return success(http.StatusOK, "", s.behaviour.webhookObject(a, one, false))
	}
}

func (s *Server) updateWebhook(a *agent, one *item, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	after, errors := s.written(one.fields, sent, false)
	if len(errors) > 0 {
		return invalidWebhook(errors)
	}
	if !b.UntouchedWhenEqual || !sameFields(one.fields, after, webhookDefaults) {
		one.updated = b.later(s.now(), one.updated)
	}
	one.fields = after
	s.touchForWebhook(a)
	return done(success(http.StatusOK, "Webhook updated successfully", b.webhookObject(a, one, true)))
}

func (s *Server) toggleWebhook(a *agent, one *item) answer {
	message, enabled := "Webhook enabled", one.fields["enabled"] == false
	if !enabled {
		message = "Webhook disabled"
	}
	one.fields = withField(one.fields, "enabled", enabled)
	one.updated = s.behaviour.later(s.now(), one.updated)
	s.touchForWebhook(a)
	return done(success(http.StatusOK, message, s.behaviour.webhookObject(a, one, true)))
}

// testWebhook sends nothing: it answers as the page does, unless the dashboard lets tests fail
// or the webhook has an address that no server has.
func (s *Server) testWebhook(one *item, entry *Request) answer {
	if s.behaviour.TestNeedsURL {
		sent, refused := s.behaviour.body(entry)
		if refused.status != 0 {
			return refused
		}
		errors := fieldErrors{}
		errors.object("", sent, testRules)
		if len(errors) > 0 {
			return invalidWebhook(errors)
		}
	}
	reason := one.testFails
	address, _ := one.fields["webhook_url"].(string)
	if u, err := url.Parse(address); err == nil && reason == "" && strings.HasSuffix(u.Hostname(), ".invalid") {
		reason = "Could not resolve host"
	}
	if reason != "" {
		return refusal(s.behaviour.failedTestStatus(), "Webhook test failed: "+reason)
	}
	return success(http.StatusOK, "Test webhook sent successfully", map[string]any{"status_code": 200, "response_time": 150})
}

// touchForWebhook is what a write of a webhook does to its agent.
func (s *Server) touchForWebhook(a *agent) {
	if s.behaviour.WebhooksDraft {
		a.setStatus(statusDraft, s.now(), s.behaviour)
	}
}
