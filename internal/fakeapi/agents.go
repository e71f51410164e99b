package fakeapi

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// readableAgentFields are the fields of an agent that every answer shows (get-agent), except
// those that the server sets.
var readableAgentFields = []string{
	"name", "label", "description", "language", "voice", "initial_message", "interrupt_sensitivity",
	"conversation_speed", "initial_message_delay", "ask_if_human_present_on_idle", "direction",
	"who_speaks_first", "is_sandbox",
}

// hiddenAgentFields are the fields of the create that no answer shows (get-agent).
var hiddenAgentFields = []string{
	"endpointing_sensitivity", "ivr_navigation_mode", "idle_time_seconds", "max_idle_check_count",
	"max_call_duration_seconds", "say_goodbye_on_max_duration", "user_inactivity_timeout_seconds",
	"initial_idle_time_seconds", "initial_max_idle_check_count", "llm_temperature", "enable_recording",
}

// decimalFields are the numbers of an agent that may have a fraction.
var decimalFields = []string{"conversation_speed", "llm_temperature"}

// agentObject is an agent as the answer to a write, or as any other answer, shows it.
func (s *Server) agentObject(a *agent, write bool) map[string]any {
	b := s.behaviour
	shown := map[string]any{}
	for _, field := range readableAgentFields {
		shown[field] = a.fields[field]
	}
	if b.echoes() {
		for _, field := range hiddenAgentFields {
			shown[field] = a.fields[field]
		}
		shown["advanced_settings"] = a.advancedSettings()
	}
	for _, field := range decimalFields {
		if value, ok := shown[field]; ok {
			shown[field] = b.decimal(value)
		}
	}
	maps.Copy(shown, b.publicationObject(a))
	shown["voice"] = b.voiceObject(a)
	shown["created_at"] = b.stamp(a.created, write)
	shown["updated_at"] = b.stamp(a.updated, write)
	shown["trainings"] = b.trainingObjects(a)
	shown["actions"] = b.actionObjects(a)
	shown["phone_numbers"] = s.numbersOf(a, embeddedNumberFields)
	return shown
}

// listedAgentObject is an agent as GET /agents shows it.
func (s *Server) listedAgentObject(a *agent) map[string]any {
	shown := s.agentObject(a, false)
	for _, key := range s.behaviour.ListedAgentsLack {
		delete(shown, key)
	}
	return shown
}

// publicationObject is an agent as publish and unpublish show it.
func (b Behaviour) publicationObject(a *agent) map[string]any {
	return map[string]any{
		"id":                  a.id,
		"name":                a.fields["name"],
		"current_status":      a.status,
		"is_ready_to_publish": len(a.obstacles(b)) == 0,
		"updated_at":          b.stamp(a.updated, false),
	}
}

// obstacles are the reasons why an agent cannot be published, empty when it can
// (publish-agent: "knowledge, voice, calling settings").
func (a *agent) obstacles(b Behaviour) []string {
	if a.ready != nil {
		switch {
		case *a.ready:
			return nil
		case len(a.reasons) > 0:
			return a.reasons
		}
		return []string{"The agent is not complete."}
	}
	missing := []string{}
	if isBlank(a.fields["description"]) {
		missing = append(missing, "The agent has no description.")
	}
	if a.fields["voice"] == nil {
		missing = append(missing, "The agent has no voice.")
	}
	if len(a.numberIDs()) == 0 && !b.ReadyWithoutNumber {
		missing = append(missing, "The agent has no phone number.")
	}
	return missing
}

func (s *Server) listAgents(token string, entry *Request) answer {
	errors := fieldErrors{}
	errors.query(entry.Query, "status", oneOf(statusDraft, statusPublished))
	errors.query(entry.Query, "direction", oneOf(directions...))
	page := pageOf(entry.Query, defaultPerPage, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	agents := []*agent{}
	for _, a := range s.world.agents {
		if a.token == token && a.answersTo(entry.Query) {
			agents = append(agents, a)
		}
	}
	first, last := page.bounds(len(agents))
	shown := []any{}
	for _, a := range agents[first:last] {
		shown = append(shown, s.listedAgentObject(a))
	}
	return page.wrap(shown, len(agents))
}

// answersTo says whether the filters of GET /agents let an agent through. A search looks at
// its name and its label.
func (a *agent) answersTo(query url.Values) bool {
	status, direction := query.Get("status"), query.Get("direction")
	return (status == "" || status == a.status) &&
		(direction == "" || direction == a.fields["direction"]) &&
		(contains(a.fields["name"], query.Get("search")) || contains(a.fields["label"], query.Get("search")))
}

// contains says whether a text has another inside it, in whatever case, white space around
// the latter aside.
func contains(value any, part string) bool {
	text, _ := value.(string)
	return strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSpace(part)))
}

func (s *Server) publish(a *agent) answer {
	if reasons := a.obstacles(s.behaviour); len(reasons) > 0 {
		return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
			"success": false,
			"message": "Agent is not ready to publish.",
			"errors":  map[string]any{"agent": slices.Clone(reasons)},
		}}
	}
	a.setStatus(statusPublished, s.now(), s.behaviour)
	return done(success(http.StatusOK, "Agent published successfully", s.behaviour.publicationObject(a)))
}

func (s *Server) unpublish(a *agent) answer {
	a.setStatus(statusDraft, s.now(), s.behaviour)
	return done(success(http.StatusOK, "Agent unpublished successfully", s.behaviour.publicationObject(a)))
}
