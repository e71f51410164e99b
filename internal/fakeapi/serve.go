package fakeapi

import (
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// maxBody bounds the body of a request, in bytes.
const maxBody = 16 << 20

// answer is what the server replies, before any fault.
type answer struct {
	status  int
	header  http.Header
	payload any  // JSON, or nil for no body
	write   bool // a write that was carried out
}

// serve takes one request from its arrival to its answer.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler) // It never arrived in full.
	}
	entry := s.arrive(r, body)
	s.callBefore(entry)
	if !s.waitForHolds(r.Context(), entry) {
		s.giveUp(entry)
	}

	fault := s.strike(entry)
	var result answer
	if fault.AfterProcessing {
		result = s.processUnless(entry, fault)
	}
	if !sleep(r.Context(), fault.Delay) {
		s.giveUp(entry)
	}
	if !fault.AfterProcessing {
		result = s.processUnless(entry, fault)
	}
	s.send(w, entry, fault, result)
}

// giveUp ends a request without an answer.
func (s *Server) giveUp(entry *Request) {
	s.finish(entry, 0, nil)
	panic(http.ErrAbortHandler)
}

// processUnless does the request's work, unless the fault keeps it from the server.
func (s *Server) processUnless(entry *Request, fault Fault) answer {
	if !fault.processes() {
		return answer{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result := s.process(entry)
	entry.Accepted = result.write
	return result
}

// send answers as the fault wants it. The journal knows of the answer before the client
// does; holds that wait for it end after the client has it.
func (s *Server) send(w http.ResponseWriter, entry *Request, fault Fault, result answer) {
	status, body := fault.answer(result)
	if fault.Drop || fault.Cut && len(body) == 0 {
		s.giveUp(entry)
	}

	header := w.Header()
	header.Set("Date", s.now().UTC().Format(http.TimeFormat))
	header.Set("Content-Type", contentType(body))
	if fault.keepsAnswer() {
		maps.Copy(header, result.header)
	}
	for key, values := range fault.Header {
		header[http.CanonicalHeaderKey(key)] = values
	}
	if status == http.StatusNoContent || status == http.StatusNotModified {
		body = nil
		header.Del("Content-Type")
	} else {
		header.Set("Content-Length", strconv.Itoa(len(body)))
	}

	if fault.Cut {
		s.finish(entry, 0, nil)
	} else {
		s.finish(entry, status, header.Clone())
	}
	w.WriteHeader(status)
	if fault.Cut {
		body = body[:len(body)/2]
	}
	_, _ = w.Write(body) // A client that has gone away is no failure of the server.
	_ = http.NewResponseController(w).Flush()
	if fault.Cut {
		panic(http.ErrAbortHandler)
	}
	s.releaseHolds(entry)
}

// answer is the status and the body that the client gets, where result is the real answer.
func (f *Fault) answer(result answer) (status int, body []byte) {
	status = f.Status
	switch {
	case status != 0:
	case f.keepsAnswer() && result.status != 0:
		status = result.status
	default:
		status = http.StatusOK
	}
	if !f.keepsAnswer() {
		return status, []byte(f.Body)
	}
	if result.payload != nil {
		body = encodeJSON(result.payload)
	}
	if f.Rewrite != nil {
		body = f.Rewrite(body)
	}
	return status, body
}

func contentType(body []byte) string {
	if strings.HasPrefix(string(body), "<") {
		return "text/html; charset=utf-8"
	}
	return "application/json"
}

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
