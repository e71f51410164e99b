package fakeapi

import (
	"fmt"
	"maps"
	"time"
)

// AddWebhook makes a webhook and returns its id, counted (webhook-1, webhook-2, ...) unless
// fields has an "id". Fields are named like the body of POST /agents/{id}/webhooks;
// "created_at" and "updated_at" (RFC 3339) may be given as well. Nothing is validated. It does
// to the agent what a write over HTTP does, and panics when there is none.
func (s *Server) AddWebhook(agentID string, fields map[string]any) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	one := &item{fields: plain(fields)}
	if one.id, _ = one.fields["id"].(string); one.id == "" {
		one.id = s.world.newID("webhook")
	}
	delete(one.fields, "id")
	one.created = takeTime(one.fields, "created_at", s.behaviour.later(s.now(), time.Time{}))
	one.updated = takeTime(one.fields, "updated_at", one.created)
	s.world.add(&a.webhooks, one)
	s.touchForWebhook(a)
	return one.id
}

// EditWebhook writes fields over what a webhook holds; see [Server.AddWebhook] for their names.
// A nil value takes the field away. It moves updated_at, unless fields says where to. It panics
// when there is no such webhook.
func (s *Server) EditWebhook(agentID, webhookID string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.mustWebhook(agentID, webhookID)
	written := plain(fields)
	one.created = takeTime(written, "created_at", one.created)
	one.updated = takeTime(written, "updated_at", s.behaviour.later(s.now(), one.updated))
	one.fields = maps.Clone(one.fields)
	maps.Copy(one.fields, written)
	maps.DeleteFunc(one.fields, func(_ string, value any) bool { return value == nil })
	s.touchForWebhook(s.mustAgent(agentID))
}

// RemoveWebhook deletes a webhook. It does nothing when there is no such webhook.
func (s *Server) RemoveWebhook(agentID, webhookID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil && a.webhooks.remove(webhookID) {
		s.touchForWebhook(a)
	}
}

// Webhooks is what the server holds for an agent, in order of creation; empty when there is no
// such agent. A webhook has no node id.
func (s *Server) Webhooks(agentID string) []Stored {
	return s.storedItems(agentID, (*agent).webhookItems)
}

// Webhook is what the server holds for one webhook, and whether there is such a webhook.
func (s *Server) Webhook(agentID, webhookID string) (Stored, bool) {
	return s.storedItem(agentID, (*agent).webhookItems, webhookID)
}

// SetWebhookFailing says whether the deliveries of a webhook fail: its status is "error" then,
// while it is enabled. It moves nothing else, and panics when there is no such webhook.
func (s *Server) SetWebhookFailing(agentID, webhookID string, failing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustWebhook(agentID, webhookID).failing = failing
}

// FailWebhookTests makes the tests of a webhook fail from now on for a reason, as "Connection
// timeout"; none makes them succeed again. It panics when there is no such webhook.
func (s *Server) FailWebhookTests(agentID, webhookID, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustWebhook(agentID, webhookID).testFails = reason
}

// AddWebhookEvent adds an event to those of the samples that a webhook may be sent.
func (s *Server) AddWebhookEvent(name, description string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.events = withField(s.world.events, name, description)
}

// RemoveWebhookEvent takes an event away from those that a webhook may be sent. Webhooks that
// have it keep it.
func (s *Server) RemoveWebhookEvent(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.events = maps.Clone(s.world.events)
	delete(s.world.events, name)
}

func (a *agent) webhookItems() *items { return &a.webhooks }

func (s *Server) mustWebhook(agentID, webhookID string) *item {
	one := s.mustAgent(agentID).webhooks.byID(webhookID)
	if one == nil {
		panic(fmt.Sprintf("fakeapi: agent %q has no webhook %q", agentID, webhookID))
	}
	return one
}
