package fakeapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// api is a fake with one agent, and a client of it with the first environment's token.
type api struct {
	*fakeapi.Server
	t     *testing.T
	token string
	agent string
}

func start(t *testing.T, options ...fakeapi.Option) api {
	t.Helper()
	server, err := fakeapi.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return api{server, t, server.Token(), server.AddAgent(fakeapi.AgentSeed{})}
}

// reply is an answer that arrived in full.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any // nil for anything but a JSON object
}

// data is the action or agent inside the answer.
func (r reply) data() map[string]any {
	data, _ := r.body["data"].(map[string]any)
	return data
}

// list is the listing inside the answer.
func (r reply) list() []map[string]any {
	list := []map[string]any{}
	items, _ := r.body["data"].([]any)
	for _, item := range items {
		object, _ := item.(map[string]any)
		list = append(list, object)
	}
	return list
}

// try makes a request, which may fail. A body that is not nil goes as JSON; bytes as they are.
func (a api) try(method, path string, body any) (reply, error) {
	a.t.Helper()
	return a.tryUntil(a.t.Context(), method, path, body)
}

// tryUntil is try with a client that goes away when ctx ends.
func (a api) tryUntil(ctx context.Context, method, path string, body any) (reply, error) {
	a.t.Helper()
	content, ok := body.([]byte)
	if !ok && body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			a.t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, a.BaseURL()+path, bytes.NewReader(content))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if a.token != "" {
		request.Header.Set("Authorization", "Bearer "+a.token)
	}
	// A connection of its own each time: nothing is repeated behind the test's back.
	request.Close = true
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	result := reply{status: response.StatusCode, header: response.Header, raw: string(raw)}
	decoded, _ := decode(raw)
	result.body, _ = decoded.(map[string]any)
	return result, err
}

func (a api) do(method, path string, body any) reply {
	a.t.Helper()
	result, err := a.try(method, path, body)
	if err != nil {
		a.t.Fatal(err)
	}
	return result
}

func (a api) actions() string { return "/agents/" + a.agent + "/actions" }

func (a api) list() []map[string]any {
	a.t.Helper()
	return a.do(http.MethodGet, a.actions(), nil).list()
}

// upsert writes an action and expects it to succeed.
func (a api) upsert(body map[string]any) map[string]any {
	a.t.Helper()
	result := a.do(http.MethodPost, a.actions(), body)
	if result.status != http.StatusOK && result.status != http.StatusCreated {
		a.t.Fatalf("the upsert answered %d: %s", result.status, result.raw)
	}
	return result.data()
}

// webhook is a valid body with fields over it.
func webhook(fields map[string]any) map[string]any {
	return with(map[string]any{"node_id": "node", "name": "Name", "description": "Text", "type": "webhook"}, fields)
}

func transfer(fields map[string]any) map[string]any {
	return webhook(with(map[string]any{"type": "transfer", "transfer_to": "+1234567890"}, fields))
}

func hold(fields map[string]any) map[string]any {
	return webhook(with(map[string]any{"type": "hold", "hold_duration": 30}, fields))
}

func with(fields, more map[string]any) map[string]any {
	for key, value := range more {
		fields[key] = value
	}
	return fields
}

func decode(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// sample reads one of the vendor's samples.
func sample(t *testing.T, name string) map[string]any {
	t.Helper()
	raw, err := fs.ReadFile(os.DirFS("testdata/api"), name)
	if err != nil {
		t.Fatal(err)
	}
	value, err := decode(raw)
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		t.Fatalf("%s is not a JSON object: %v", name, err)
	}
	return object
}

func sameJSON(got, want any) bool {
	gotJSON, _ := json.Marshal(got)
	wantJSON, _ := json.Marshal(want)
	return bytes.Equal(gotJSON, wantJSON)
}

// same compares two values by their JSON.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	gotJSON, _ := json.Marshal(got)
	wantJSON, _ := json.Marshal(want)
	if !sameJSON(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, gotJSON, wantJSON)
	}
}

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2024, 1, 15, 10, 30, 0, 123456789, time.UTC)}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func instant(t *testing.T, value any) time.Time {
	t.Helper()
	text, _ := value.(string)
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}
