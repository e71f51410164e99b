package fakeapi

import (
	"maps"
	"net/http"
)

// actionObject is an action as the answer to an upsert, or as any other answer, shows it.
func (b Behaviour) actionObject(act *item, upsert bool) map[string]any {
	fields := act.fields
	shown := map[string]any{
		"id":                act.id,
		"name":              fields["name"],
		"label":             fields["name"],
		"description":       fields["description"],
		"type":              fields["type"],
		"input_schema":      b.inputSchema(fields),
		"config":            fields["config"],
		"action_trigger":    fields["action_trigger"],
		"url":               fields["url"],
		"authorization_url": fields["authorization_url"],
		"current_status":    orDefault(fields["current_status"], "active"),
		"created_at":        b.stamp(act.created, upsert),
		"updated_at":        b.stamp(act.updated, upsert),
	}
	switch b.Undocumented {
	case UndocumentedAbsent:
	case UndocumentedInConfig:
		config := hidden(fields)
		maps.Copy(config, object(fields["config"]))
		shown["config"] = config
	case UndocumentedEchoed:
		maps.Copy(shown, hidden(fields))
	case UndocumentedMasked:
		maps.Copy(shown, hidden(fields))
		shown["custom_headers"] = masked(shown["custom_headers"])
	}
	return shown
}

func hidden(fields map[string]any) map[string]any {
	shown := map[string]any{}
	for field, otherwise := range hiddenDefaults {
		shown[field] = orDefault(fields[field], otherwise)
	}
	return shown
}

func masked(headers any) []any {
	shown := []any{}
	list, _ := headers.([]any)
	for _, header := range list {
		shown = append(shown, withValue(object(header), "********"))
	}
	return shown
}

func orDefault(value, otherwise any) any {
	if value == nil {
		return otherwise
	}
	return value
}

// actionObjects is the listing of an agent's actions, whole.
func (b Behaviour) actionObjects(a *agent) []any {
	return a.actions.objects(b, b.actionObject)
}

func (s *Server) upsertAction(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	nodeID, _ := sent["node_id"].(string)
	before := map[string]any{}
	if act := a.actions.byNode(nodeID); act != nil {
		before = act.fields
	}
	after := b.merge(before, sent, names(bodyRules))
	carryOver(after, sent)
	if errors := validate(sent, after); len(errors) > 0 {
		return invalid(errors)
	}
	act := s.upsert(&a.actions, "action", nodeID, after, sameFields(before, after, actionDefaults()))
	a.setStatus(statusDraft, s.now(), b)
	// Both kinds of write say "updated" (API.md, ruling 3).
	return done(success(b.upsertStatus(), "Agent action updated successfully", b.actionObject(act, true)))
}

func actionDefaults() map[string]any {
	defaults := maps.Clone(hiddenDefaults)
	defaults["current_status"] = "active"
	defaults["inputs"] = []any{}
	return defaults
}

func (s *Server) deleteAction(a *agent, entry *Request) answer {
	if !a.actions.remove(entry.ActionID) {
		return refusal(http.StatusNotFound, "Action not found")
	}
	a.setStatus(statusDraft, s.now(), s.behaviour)
	return s.deleted("Agent action deleted successfully")
}
