package fakeapi

import (
	"net/http"
	"strings"
)

// process does the work of a request: routing, authorization, rate limit, and the call
// itself. The caller holds mu.
func (s *Server) process(entry *Request) answer {
	headers := unlimitedHeaders(s.now())
	result := s.processRoute(entry, &headers)
	result.header = http.Header{}
	if entry.Op != OpHealth {
		headers.write(result.header, s.behaviour)
	}
	if result.status == http.StatusTooManyRequests {
		headers.writeRetryAfter(result.header, s.behaviour)
	}
	return result
}

func (s *Server) processRoute(entry *Request, headers *limitHeaders) answer {
	switch {
	case entry.Op == OpHealth:
		return answer{status: http.StatusOK, payload: map[string]any{"status": "ok"}}
	case entry.Op == OpUnknown && entry.allowed != "":
		return refusal(http.StatusMethodNotAllowed, "The "+entry.Method+" method is not supported for this route.")
	case entry.Op == OpUnknown:
		return refusal(http.StatusNotFound, "The route could not be found.")
	}

	token, ok := strings.CutPrefix(entry.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return answer{status: http.StatusUnauthorized, payload: map[string]any{"message": "Missing Bearer Token"}}
	}
	if !s.world.knowsToken(token) {
		return refusal(http.StatusUnauthorized, "Unauthenticated.")
	}
	entry.Window, ok, *headers = s.limit.take(token, s.now())
	if !ok {
		return refusal(http.StatusTooManyRequests, "Too many requests. Please try again later.")
	}

	switch entry.Op {
	case OpListAgents:
		return s.listAgents(token, entry)
	case OpCreateAgent:
		return s.createAgent(token, entry)
	case OpListIntegrations:
		return success(http.StatusOK, "", sampleIntegrations)
	case OpListVoices:
		return s.listVoices(entry)
	case OpListNumbers:
		return s.listNumbers(token, entry)
	}
	a := s.world.agent(entry.AgentID)
	switch {
	case a == nil:
		return refusal(http.StatusNotFound, "Agent not found")
	case a.token != token:
		return refusal(http.StatusNotFound, "Agent not found in this environment.")
	}
	return s.processAgent(a, entry)
}

// processAgent does what is asked of one agent, which the token reaches.
func (s *Server) processAgent(a *agent, entry *Request) answer {
	switch entry.Op {
	case OpListActions:
		return s.listing(s.behaviour.actionObjects(a), entry.Query)
	case OpUpsertAction:
		return s.upsertAction(a, entry)
	case OpDeleteAction:
		return s.deleteAction(a, entry)
	case OpListTrainings:
		return s.listing(s.behaviour.trainingObjects(a), entry.Query)
	case OpUpsertTraining:
		return s.upsertTraining(a, entry)
	case OpDeleteTraining:
		return s.deleteTraining(a, entry)
	case OpListWebhooks:
		return s.listWebhooks(a)
	case OpCreateWebhook:
		return s.createWebhook(a, entry)
	case OpGetWebhook, OpUpdateWebhook, OpDeleteWebhook, OpToggleWebhook, OpTestWebhook:
		return s.processWebhook(a, entry)
	case OpGetFlow:
		return success(http.StatusOK, "", s.behaviour.flowObject(a))
	case OpUpdateFlow:
		return s.updateFlow(a, entry)
	case OpValidateFlow:
		return s.validateFlow(a, entry)
	case OpListVersions:
		return s.flowVersions(a)
	case OpUpdateKnowledge:
		return s.updateKnowledge(a, entry)
	case OpUpdateVoice:
		return s.updateVoice(a, entry)
	case OpUpdateCalling:
		return s.updateCalling(a, entry)
	case OpUpdateAdvanced:
		return s.updateAdvanced(a, entry)
	case OpCheckEligibility:
		return success(http.StatusOK, "", a.eligibility())
	case OpPublish:
		return s.publish(a)
	case OpUnpublish:
		return s.unpublish(a)
	case OpDeleteAgent:
		return s.deleteAgent(a)
	default:
		return success(http.StatusOK, "", s.agentObject(a, false))
	}
}

// success is {"success": true, "message": ..., "data": ...}; message and data may be left out.
func success(status int, message string, data any) answer {
	payload := map[string]any{"success": true}
	if message != "" {
		payload["message"] = message
	}
	if data != nil {
		payload["data"] = data
	}
	return answer{status: status, payload: payload}
}

// refusal is {"success": false, "message": ...} (API.md, Errors).
func refusal(status int, message string) answer {
	return answer{status: status, payload: map[string]any{"success": false, "message": message}}
}

// invalid is the 422 with messages by field (API.md, Errors).
func invalid(errors fieldErrors) answer {
	return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
		"success": false, "message": "The given data was invalid.", "errors": errors,
	}}
}
