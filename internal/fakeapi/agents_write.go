package fakeapi

import (
	"maps"
	"net/http"
	"time"
)

// createAgent makes an agent, each time another one: the call has no key (create-agent).
func (s *Server) createAgent(token string, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, b.createRules())
	s.checkNumbers(token, nil, sent, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	created := b.later(s.now(), time.Time{})
	a := &agent{
		id: s.world.newID("agent"), token: token, status: statusDraft,
		fields:  map[string]any{"voice": nil, "is_sandbox": false},
		created: created, updated: created,
	}
	for _, rule := range b.createRules() {
		a.fields[rule.name] = sent[rule.name]
	}
	s.world.addAgent(a)
	s.takeNumbers(a)
	entry.AgentID = a.id
	return done(success(http.StatusCreated, "Agent created successfully", s.agentObject(a, true)))
}

// deleteAgent refuses an agent that is published or on a call (delete-agent).
func (s *Server) deleteAgent(a *agent) answer {
	switch {
	case a.status == statusPublished:
		return s.behaviour.coded(http.StatusConflict, "AGENT_IS_PUBLISHED", "Published agents must be unpublished before deletion.")
	case a.activeCalls > 0:
		return s.behaviour.coded(http.StatusConflict, "AGENT_HAS_ACTIVE_CALLS", "Cannot delete agent while it has active calls.")
	}
	s.world.removeAgent(a.id)
	return s.deleted("Agent deleted successfully")
}

// updateKnowledge is PUT /agents/{id}/knowledge (update-agent-knowledge).
func (s *Server) updateKnowledge(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, knowledgeRules)
	if len(errors) > 0 {
		return invalid(errors)
	}
	s.writeAgent(a, b.merge(a.fields, sent, names(knowledgeRules)), true)
	shown := s.agentObject(a, true)
	if b.TemperatureShown {
		shown["llm_temperature"] = b.decimal(a.fields["llm_temperature"])
	}
	return done(success(http.StatusOK, "Agent knowledge updated successfully", shown))
}

// updateCalling is PUT /agents/{id}/calling, whose answer is part of an agent, with less of
// each number than elsewhere (update-agent-calling).
func (s *Server) updateCalling(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, callingRules)
	s.checkNumbers(a.token, a, sent, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	s.writeAgent(a, b.merge(a.fields, sent, names(callingRules)), true)
	s.takeNumbers(a)
	return done(success(http.StatusOK, "Agent calling settings updated successfully", map[string]any{
		"id":             a.id,
		"name":           a.fields["name"],
		"direction":      a.fields["direction"],
		"current_status": a.status,
		"phone_numbers":  s.numbersOf(a, callingNumberFields),
		"updated_at":     b.stamp(a.updated, true),
	}))
}

// writeAgent puts fields into an agent, and the agent into draft where asked to.
func (s *Server) writeAgent(a *agent, fields map[string]any, draft bool) {
	b := s.behaviour
	equal := sameFields(a.fields, fields, nil) && (!draft || a.status == statusDraft)
	a.fields = fields
	if equal && b.UntouchedWhenEqual {
		return
	}
	status := a.status
	if draft {
		status = statusDraft
	}
	a.status, a.updated = status, b.later(s.now(), a.updated)
}

// coded is a refusal for which a page names a code, in the form that the behaviour has.
func (b Behaviour) coded(status int, code, message string) answer {
	result := refusal(status, message)
	payload := maps.Clone(object(result.payload))
	switch b.ErrorCodes {
	case ErrorCodeAbsent:
	case ErrorCodeBeside:
		payload["code"] = code
	case ErrorCodeInside:
		payload = map[string]any{"success": false, "error": map[string]any{
			"code": code, "message": message, "details": map[string]any{},
		}}
	}
	result.payload = payload
	return result
}

// done marks the answer of a write that was carried out.
func done(a answer) answer {
	a.write = true
	return a
}
