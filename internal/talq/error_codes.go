package talq

import (
	"errors"
	"net/http"
	"strings"
)

// Codes of the API's that the pages name for the writes of agents and trainings. Their
// samples show most of them without the code, so each is told by its text too.
const (
	codeAgentIsPublished    = "AGENT_IS_PUBLISHED"           // 409, delete-agent
	codeAgentHasActiveCalls = "AGENT_HAS_ACTIVE_CALLS"       // 409, delete-agent
	codeVoiceNotFound       = "VOICE_NOT_FOUND"              // 404, update-agent-voice
	codeNotEligible         = "OPTIMIZED_COSTS_NOT_ELIGIBLE" // 422, update-advanced-settings
)

// IsAgentPublished reports whether an error is the refusal to delete an agent that has
// to be unpublished first.
func IsAgentPublished(err error) bool {
	return isRefusal(err, http.StatusConflict, codeAgentIsPublished, "publish")
}

// HasActiveCalls reports whether an error is the refusal to delete an agent that is
// talking to somebody.
func HasActiveCalls(err error) bool {
	return isRefusal(err, http.StatusConflict, codeAgentHasActiveCalls, "active call")
}

// IsVoiceNotFound reports whether an error is the 404 for a voice template that does not
// exist, though the agent is there.
func IsVoiceNotFound(err error) bool {
	return isRefusal(err, http.StatusNotFound, codeVoiceNotFound, "voice not found", "voice template not found")
}

// IsNotEligible reports whether an error is the refusal to cache the initial message of
// an agent that makes too few calls for it.
func IsNotEligible(err error) bool {
	return isRefusal(err, http.StatusUnprocessableEntity, codeNotEligible, "call volume threshold")
}

// isRefusal reports whether an error is an answer of the API's own with a status and a
// code or, where it has no code, with one of the texts.
func isRefusal(err error, status int, code string, texts ...string) bool {
	var e *APIError
	if !errors.As(err, &e) || e.Status != status || !e.FromAPI {
		return false
	}
	if e.Code != "" {
		return e.Code == code
	}
	message := strings.ToLower(e.Message)
	for _, text := range texts {
		if strings.Contains(message, text) {
			return true
		}
	}
	return false
}
