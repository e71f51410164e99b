package fakeapi

import (
	"bytes"
	"net/http"
	"slices"
	"time"
)

// The two conversation modes (get-agent-flow).
const (
	modeLLM  = "llm_driven"
	modeFlow = "flow_driven"
)

// flow is how an agent leads a conversation.
type flow struct {
	mode     string         // llm_driven when empty
	config   map[string]any // nil for none
	versions []flowVersion  // oldest first
}

// flowVersion is what one save left.
type flowVersion struct {
	id, name, mode string
	config         map[string]any
	created        time.Time
}

// flowRules are the body of update-agent-flow, candidateRules that of validate-agent-flow. What
// is inside the flow is told in sentences (see flowErrors).
var (
	flowRules = []field{
		{"conversation_mode", required, oneOf(modeLLM, modeFlow)},
		{"flow_config", optional, isObject},
	}
	candidateRules = []field{
		{"flow_config", required, isObject},
	}
)

// flowObject is an agent's flow as every answer shows it.
func (b Behaviour) flowObject(a *agent) map[string]any {
	shown := map[string]any{"conversation_mode": a.flow.currentMode(), "flow_config": nil}
	if a.flow.config != nil {
		shown["flow_config"] = b.flowConfig(a.flow.config)
	}
	return shown
}

func (f flow) currentMode() string {
	if f.mode == "" {
		return modeLLM
	}
	return f.mode
}

// updateFlow is PUT /agents/{id}/flow (update-agent-flow).
func (s *Server) updateFlow(a *agent, entry *Request) answer {
	sent, refused := s.behaviour.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, flowRules)
	mode, config := sent["conversation_mode"], object(sent["flow_config"])
	switch {
	case mode == modeFlow && sent["flow_config"] == nil:
		errors.add("flow_config", "The :attribute field is required when conversation mode is flow_driven.")
	case mode == modeLLM && config != nil && s.behaviour.FlowBesideRefused:
		errors.add("flow_config", "The :attribute field must be null when conversation mode is llm_driven.")
	}
	if len(errors) > 0 {
		return invalid(errors)
	}
	if mode == modeLLM {
		s.saveFlow(a, modeLLM, nil)
		return done(success(http.StatusOK, "", s.behaviour.flowObject(a)))
	}
	if sentences := s.behaviour.flowErrors(a, config); len(sentences) > 0 {
		return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
			"success": false, "message": "Flow validation failed", "errors": sentences,
		}}
	}
	s.saveFlow(a, modeFlow, config)
	return done(success(http.StatusOK, "", s.behaviour.flowObject(a)))
}

// validateFlow is POST /agents/{id}/flow/validate, which changes nothing (validate-agent-flow).
func (s *Server) validateFlow(a *agent, entry *Request) answer {
	sent, refused := s.behaviour.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, candidateRules)
	if len(errors) > 0 {
		return invalid(errors)
	}
	if sentences := s.behaviour.flowErrors(a, object(sent["flow_config"])); len(sentences) > 0 {
		return answer{status: s.behaviour.invalidFlowStatus(), payload: map[string]any{
			"success": false, "errors": sentences,
		}}
	}
	return success(http.StatusOK, "Flow is valid", nil)
}

// saveFlow makes a flow the agent's, and a version of it: each save does (list-agent-flow-versions).
// The status of the agent stays, unless the behaviour says otherwise (update-agent-flow).
func (s *Server) saveFlow(a *agent, mode string, config map[string]any) {
	b, now := s.behaviour, s.now()
	if mode == modeLLM && b.FlowKept {
		config = a.flow.config
	}
	equal := mode == a.flow.currentMode() && bytes.Equal(encodeJSON(config), encodeJSON(a.flow.config))
	a.flow.mode, a.flow.config = mode, config
	var last time.Time
	if n := len(a.flow.versions); n > 0 {
		last = a.flow.versions[n-1].created
	}
	a.flow.versions = append(a.flow.versions, flowVersion{
		id: s.world.newID("version"), name: b.versionName(config, len(a.flow.versions)),
		mode: mode, config: config, created: b.later(now, last),
	})
	switch {
	case b.FlowDrafts && (a.status != statusDraft || !equal || !b.UntouchedWhenEqual):
		a.setStatus(statusDraft, now, b)
	case !equal || !b.UntouchedWhenEqual:
		a.updated = b.later(now, a.updated)
	}
}

// flowVersions is GET /agents/{id}/flow/versions, which has no pages, newest first.
func (s *Server) flowVersions(a *agent) answer {
	shown := []any{}
	for i, version := range a.flow.versions {
		one := map[string]any{
			"id": version.id, "version": version.name, "created_at": s.behaviour.stamp(version.created, false),
			"is_current": i == len(a.flow.versions)-1,
		}
		if s.behaviour.VersionsShowFlow {
			one["flow_config"] = nil
			if version.config != nil {
				one["flow_config"] = s.behaviour.flowConfig(version.config)
			}
		}
		shown = append(shown, one)
	}
	if !s.behaviour.ListReversed {
		slices.Reverse(shown)
	}
	return success(http.StatusOK, "", map[string]any{"versions": shown})
}
