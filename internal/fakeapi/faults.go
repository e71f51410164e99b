package fakeapi

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Match says which requests something is about. Empty fields match all.
type Match struct {
	Op          Op
	AgentID     string
	ActionID    string // of the path
	TrainingID  string // of the path
	WebhookID   string // of the path
	NodeID      string // see [Request]
	Label       string // of the body of an agent's create
	WebhookName string // of the body of a webhook's create or update
}

func (m Match) matches(r *Request) bool {
	return (m.Op == "" || m.Op == r.Op) &&
		(m.AgentID == "" || m.AgentID == r.AgentID) &&
		(m.ActionID == "" || m.ActionID == r.ActionID) &&
		(m.TrainingID == "" || m.TrainingID == r.TrainingID) &&
		(m.WebhookID == "" || m.WebhookID == r.WebhookID) &&
		(m.NodeID == "" || m.NodeID == r.NodeID) &&
		(m.Label == "" || m.Label == r.Label) &&
		(m.WebhookName == "" || m.WebhookName == r.WebhookName)
}

// Fault is something that goes wrong, or slowly.
//
// With a Status, a Body or Drop, it strikes in front of the server: the request is neither
// processed nor counted by the rate limit, unless AfterProcessing or Rewrite says so. With
// none of them, the real answer is what is delayed, cut or rewritten.
type Fault struct {
	// Match says which requests it strikes.
	Match Match
	// Skip lets this many matching requests pass first.
	Skip int
	// Times is how many requests it strikes; 0 means all until [Server.ClearFaults].
	Times int
	// AfterProcessing lets the server do the work before the Delay, and then answers as the
	// fault says: the real answer got lost.
	AfterProcessing bool
	// Status is that of the answer; 0 means the real one, or 200 where there is a Body.
	Status int
	// Header is added to the answer, the real one included.
	Header http.Header
	// Body is sent as it is. Its Content-Type is that of Header, else text/html where it
	// starts with "<", else application/json.
	Body string
	// Delay passes before the answer. It ends at once when the client goes away, which
	// gives the request up, or when the server closes.
	Delay time.Duration
	// Drop closes the connection without an answer. Go's own client repeats a GET by itself
	// when that happens on a connection that it had used before.
	Drop bool
	// Cut sends the headers with the full Content-Length and half of the body, and then
	// closes the connection. An answer without a body is dropped.
	Cut bool
	// Rewrite changes the body of the real answer. Body is ignored with it.
	Rewrite func(body []byte) []byte
}

// processes says whether the server does the work in spite of the fault.
func (f *Fault) processes() bool {
	return f.AfterProcessing || f.Rewrite != nil || f.keepsAnswer() && !f.Drop
}

// keepsAnswer says whether the real answer is what the client gets, as far as it gets one.
func (f *Fault) keepsAnswer() bool {
	return f.Rewrite != nil || f.Status == 0 && f.Body == ""
}

type liveFault struct {
	Fault
	seen, struck int
}

// Inject adds a fault behind those that are there. The first fault that matches a request,
// has let enough of them pass and has not struck often enough is used; no other sees it.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &liveFault{Fault: f})
}

// ClearFaults takes all faults away. One that is striking goes on.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// strike chooses the fault for a request; the zero Fault when none does.
func (s *Server) strike(entry *Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if !f.Match.matches(entry) || f.Times > 0 && f.struck == f.Times {
			continue
		}
		if f.seen++; f.seen <= f.Skip {
			continue
		}
		f.struck++
		return f.Fault
	}
	return Fault{}
}

// Before calls hook with every request after it entered the journal and before anything
// else happens to it, outside all locks: it may block, and may use the server. There is one
// hook at a time; nil takes it away.
func (s *Server) Before(hook func(Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = hook
}

func (s *Server) callBefore(entry *Request) {
	s.mu.Lock()
	hook, request := s.before, *entry
	s.mu.Unlock()
	if hook != nil {
		hook(request)
	}
}

type hold struct {
	held, until Match
	over        chan struct{}
}

// Hold keeps requests that match held waiting, before they are processed, until a request
// that matches until was answered, with whatever status; a request that matches both does
// not wait. A wait ends early when its client goes away, which gives the request up, or when
// the server closes.
func (s *Server) Hold(held, until Match) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds = append(s.holds, &hold{held: held, until: until, over: make(chan struct{})})
}

// waitForHolds says whether the request may go on.
func (s *Server) waitForHolds(ctx context.Context, entry *Request) bool {
	s.mu.Lock()
	holds := slices.Clone(s.holds)
	s.mu.Unlock()
	for _, h := range holds {
		if !h.held.matches(entry) || h.until.matches(entry) {
			continue
		}
		select {
		case <-h.over:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// releaseHolds ends the holds that wait for a request like the one that was just answered.
func (s *Server) releaseHolds(entry *Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds = slices.DeleteFunc(s.holds, func(h *hold) bool {
		if !h.until.matches(entry) {
			return false
		}
		close(h.over)
		return true
	})
}

// sleep waits for d, and says whether the request may go on.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
