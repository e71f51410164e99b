package talq

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const testToken = "talq_test-token-0123456789"

// testConfig retries quickly; the base URL is for clients without a server.
func testConfig() Config {
	return Config{
		BaseURL: "https://talq.example/api/v1", Token: NewSecret(testToken), UserAgent: "agent/1",
		MaxRetries: 2, RetryWait: time.Millisecond,
	}
}

// patient is for answers of many megabytes, which a busy machine takes long over:
// what such a test is about must not be hidden by a timeout.
func patient(c *Config) { c.RequestTimeout = time.Hour }

func newClient(t *testing.T, config Config) *Client {
	t.Helper()
	c, err := New(config)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return c
}

// serve starts an API and returns a client of it.
func serve(t *testing.T, handler http.HandlerFunc, changes ...func(*Config)) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	config := testConfig()
	config.BaseURL = server.URL + "/api/v1"
	for _, change := range changes {
		change(&config)
	}
	return newClient(t, config)
}

// roundTripper plays the API in memory, as bubbles of synctest need it.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// over returns a client whose requests go to a function.
func over(t *testing.T, play roundTripper, changes ...func(*Config)) *Client {
	t.Helper()
	config := testConfig()
	for _, change := range changes {
		change(&config)
	}
	c := newClient(t, config)
	c.http.next = play
	return c
}

// script answers the n-th request with the n-th answer, and the last one from then on.
func script(answers ...func() (*http.Response, error)) (roundTripper, *int) {
	var mu sync.Mutex
	count := 0
	return func(*http.Request) (*http.Response, error) {
		mu.Lock()
		at := min(count, len(answers)-1)
		count++
		mu.Unlock()
		return answers[at]()
	}, &count
}

// answering makes an answer; the headers are names and values in turn.
func answering(status int, body string, headers ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) {
		h := http.Header{"Content-Type": {"application/json"}}
		for i := 0; i < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{
			StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
		}, nil
	}
}

func failing(err error) func() (*http.Response, error) {
	return func() (*http.Response, error) { return nil, err }
}

// respond writes an answer of a test server.
func respond(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// oneAction is the shortest answer that holds an action.
const oneAction = `{"success":true,"data":{"id":"a1"}}`

// emptyList is the answer of an agent without actions.
const emptyList = `{"success":true,"data":[]}`

func minimalAction() ActionRequest {
	return ActionRequest{NodeID: "n", Name: "N", Description: "D", Type: "webhook"}
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q lacks %q", text, part)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%q holds %q", text, part)
		}
	}
}

// list reads a whole list, with a call of its own each time.
func list(c *Client) ([]Action, error) {
	found, err := readInventory(context.Background(), c, actionKind, "agent", nil)
	if err != nil {
		return nil, err
	}
	return found.items, nil
}

func minimalTraining() TrainingRequest {
	return TrainingRequest{NodeID: "n", Subject: "S", Instructions: "I"}
}

// minimalAgent is an agent without what may be left out, and minimalAgentJSON the body
// that makes it.
func minimalAgent() AgentRequest {
	return AgentRequest{
		Label: "L", Name: "N", Language: "en-US", InterruptSensitivity: "low", EndpointingSensitivity: "auto", IVRNavigationMode: "off",
		ConversationSpeed: Some(json.Number("1.0")), IdleTimeSeconds: 5, LLMTemperature: Some(json.Number("0.7")),
		Direction: "inbound", WhoSpeaksFirst: "agent",
	}
}

const minimalAgentJSON = `"label":"L","name":"N","language":"en-US","interrupt_sensitivity":"low","endpointing_sensitivity":"auto","ivr_navigation_mode":"off",
	"conversation_speed":1.0,"initial_message_delay":0,"ask_if_human_present_on_idle":false,"idle_time_seconds":5,"llm_temperature":0.7,
	"enable_recording":false,"direction":"inbound","who_speaks_first":"agent"`

// bodySentBy returns the body of the one request that a call makes.
func bodySentBy(t *testing.T, call func(*Client) error) string {
	t.Helper()
	var bodies []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		respond(w, 200, oneAction) // an object with an id is all that any of them needs
	})
	if err := call(c); err != nil {
		t.Fatal(err)
	}
	if len(bodies) != 1 {
		t.Fatalf("%d requests", len(bodies))
	}
	return bodies[0]
}

// minimalWebhook is a webhook without what may be left out of a create, and
// minimalWebhookJSON the body that makes it.
func minimalWebhook() WebhookRequest {
	return WebhookRequest{Name: Some("N"), WebhookURL: Some("https://example.com/hook"), Events: Some([]string{"event_action"})}
}

const minimalWebhookJSON = `"name":"N","webhook_url":"https://example.com/hook","events":["event_action"]`

// reply is an answer of a test server.
type reply struct {
	status int
	body   string
}

// journal is what a test server was asked, each as "METHOD /path" below the base URL,
// with the body beside it.
type journal struct {
	mu     sync.Mutex
	lines  []string
	bodies []string
}

// made returns the requests since it was called last.
func (j *journal) made() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	lines := j.lines
	j.lines, j.bodies = nil, nil
	return lines
}

// serveReplies starts an API that has a reply for each request line, and answers 404 to
// all others, as to an agent that there is not.
func serveReplies(t *testing.T, replies map[string]reply) (*Client, *journal) {
	t.Helper()
	j := &journal{}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		line := r.Method + " " + strings.TrimPrefix(r.RequestURI, "/api/v1")
		j.mu.Lock()
		j.lines, j.bodies = append(j.lines, line), append(j.bodies, string(body))
		j.mu.Unlock()
		if answer, ok := replies[line]; ok {
			respond(w, answer.status, answer.body)
			return
		}
		respond(w, 404, `{"success":false,"message":"Agent not found in this environment."}`)
	}), j
}

// outcomeUnknown reports whether the server may have done what was asked.
func outcomeUnknown(err error) bool {
	var unknown *OutcomeUnknownError
	return errors.As(err, &unknown)
}

func isNotFound(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Status == http.StatusNotFound
}
