package fakeapi

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Op names what a request asks for.
type Op string

// The calls of API.md and API-AGENT.md. OpUnknown is any other path or method.
const (
	OpListActions      Op = "list actions"
	OpUpsertAction     Op = "upsert action"
	OpDeleteAction     Op = "delete action"
	OpGetAgent         Op = "get agent"
	OpListAgents       Op = "list agents"
	OpPublish          Op = "publish"
	OpUnpublish        Op = "unpublish"
	OpListIntegrations Op = "list integrations"
	OpHealth           Op = "health"

	OpCreateAgent      Op = "create agent"
	OpDeleteAgent      Op = "delete agent"
	OpUpdateKnowledge  Op = "update knowledge"
	OpUpdateVoice      Op = "update voice"
	OpUpdateCalling    Op = "update calling"
	OpUpdateAdvanced   Op = "update advanced settings"
	OpCheckEligibility Op = "check optimized costs eligibility"
	OpListTrainings    Op = "list trainings"
	OpUpsertTraining   Op = "upsert training"
	OpDeleteTraining   Op = "delete training"
	OpListWebhooks     Op = "list webhooks"
	OpCreateWebhook    Op = "create webhook"
	OpGetWebhook       Op = "get webhook"
	OpUpdateWebhook    Op = "update webhook"
	OpDeleteWebhook    Op = "delete webhook"
	OpToggleWebhook    Op = "toggle webhook"
	OpTestWebhook      Op = "test webhook"
	OpGetFlow          Op = "get flow"
	OpUpdateFlow       Op = "update flow"
	OpValidateFlow     Op = "validate flow"
	OpListVersions     Op = "list flow versions"
	OpListVoices       Op = "list voice templates"
	OpListNumbers      Op = "list phone numbers"

	OpUnknown Op = "unknown"
)

// Request is an entry of the journal. What it refers to is shared: read it, do not change it.
type Request struct {
	// Number counts the requests of a server from 1, in order of arrival.
	Number int
	Op     Op
	Method string
	// Path is escaped, as it was sent, without the query.
	Path  string
	Query url.Values
	// AgentID, ActionID, TrainingID and WebhookID are those of the path, unescaped. The AgentID
	// of an agent's create is that of the agent that it made, once it was accepted, and so is the
	// WebhookID of a webhook's.
	AgentID, ActionID, TrainingID, WebhookID string
	// NodeID is that of an upsert's body, or of the action or training that a delete is about.
	NodeID string
	// Label is that of the body of an agent's create.
	Label string
	// WebhookName is the name in the body of a webhook's create or update.
	WebhookName string
	Header      http.Header
	// Body is the JSON object that was sent, numbers as [json.Number]; nil for anything else.
	Body    map[string]any
	RawBody []byte
	// ArrivedAt is when the body had arrived, AnsweredAt when the answer was ready to be
	// sent or the request was given up; zero before that. Both by the server's clock.
	ArrivedAt, AnsweredAt time.Time
	// Status is that of the answer; 0 while there is none and when the connection was cut.
	Status int
	// AnswerHeader is the header of the answer; nil where Status is 0.
	AnswerHeader http.Header
	// Accepted says that the server carried the request out and that it was a write: a
	// create, an upsert, an update, a toggle, a delete, a publish or an unpublish. It holds
	// whatever became of the answer.
	Accepted bool
	// Window numbers the windows of the rate limit from 1, per token; 0 when not counted.
	Window int

	// allowed is a method that the path knows, where Method is none.
	allowed string
	// finished is closed when the request was answered or given up.
	finished chan struct{}
}

// Has says whether the body carries key at all, null included.
func (r Request) Has(key string) bool {
	_, ok := r.Body[key]
	return ok
}

// Requests is the part of the journal that m matches, all of it for the zero Match, in order
// of arrival. What people do through the dashboard is not in it.
func (s *Server) Requests(m Match) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []Request{}
	for _, entry := range s.journal {
		if m.matches(entry) {
			found = append(found, *entry)
		}
	}
	return found
}

// ForgetJournal empties the journal. Numbers go on counting.
func (s *Server) ForgetJournal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal = nil
}

// Settle waits until every request in the journal was answered or given up, so that what a
// client left behind when it went away has had its effect. It fails only when ctx ends.
func (s *Server) Settle(ctx context.Context) error {
	for _, request := range s.Requests(Match{}) {
		select {
		case <-request.finished:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// arrive enters a request whose body has been read into the journal.
func (s *Server) arrive(r *http.Request, body []byte) *Request {
	entry := &Request{
		Method:  r.Method,
		Path:    r.URL.EscapedPath(),
		Query:   r.URL.Query(),
		Header:  r.Header.Clone(),
		RawBody: body,

		finished: make(chan struct{}),
	}
	route(entry)
	if decoded, err := decodeJSON(body); err == nil {
		entry.Body, _ = decoded.(map[string]any)
	}
	entry.NodeID, _ = entry.Body["node_id"].(string)
	switch entry.Op {
	case OpCreateAgent:
		entry.Label, _ = entry.Body["label"].(string)
	case OpCreateWebhook, OpUpdateWebhook:
		entry.WebhookName, _ = entry.Body["name"].(string)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if entry.Op == OpDeleteAction || entry.Op == OpDeleteTraining {
		entry.NodeID = s.world.nodeID(entry)
	}
	s.arrived++
	entry.Number = s.arrived
	entry.ArrivedAt = s.now()
	s.journal = append(s.journal, entry)
	return entry
}

// finish notes what became of a request; status 0 and no header when it got no answer.
func (s *Server) finish(entry *Request, status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entry.AnsweredAt = s.now()
	entry.Status = status
	entry.AnswerHeader = header
	close(entry.finished)
}
