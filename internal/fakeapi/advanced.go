package fakeapi

import "net/http"

// The threshold for optimized costs (check-optimized-costs-eligibility).
const (
	requiredCalls = 700
	thresholdDays = 7
)

// updateAdvanced is PATCH /agents/{id}/advanced-settings (update-advanced-settings).
func (s *Server) updateAdvanced(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, advancedRules)
	if len(errors) > 0 {
		return invalid(errors)
	}
	if sent["enable_initial_message_cache"] == true && a.recentCalls < requiredCalls {
		return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
			"success": false,
			"message": "Agent does not meet the call volume threshold for optimized costs",
			"code":    "OPTIMIZED_COSTS_NOT_ELIGIBLE",
			"details": map[string]any{
				"current_calls": a.recentCalls, "required_calls": requiredCalls, "threshold_days": thresholdDays,
			},
		}}
	}
	s.writeAgent(a, b.merge(a.fields, sent, names(advancedRules)), b.AdvancedDrafts)
	return done(success(http.StatusOK, "Advanced settings updated successfully", map[string]any{
		"id":                a.id,
		"name":              a.fields["name"],
		"advanced_settings": a.advancedSettings(),
		"updated_at":        b.stamp(a.updated, true),
	}))
}

func (a *agent) advancedSettings() map[string]any {
	return map[string]any{"enable_initial_message_cache": orDefault(a.fields["enable_initial_message_cache"], false)}
}

// eligibility is the answer of GET /agents/{id}/optimized-costs-eligibility.
func (a *agent) eligibility() map[string]any {
	eligible := a.recentCalls >= requiredCalls
	shown := map[string]any{
		"eligible": eligible, "current_calls": a.recentCalls,
		"required_calls": requiredCalls, "threshold_days": thresholdDays,
	}
	if !eligible {
		shown["calls_remaining"] = requiredCalls - a.recentCalls
	}
	return shown
}
