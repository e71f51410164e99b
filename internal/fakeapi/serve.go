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
