package talq

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

type line struct {
	message string
	fields  map[string]any
}

// notebook collects log lines.
type notebook struct {
	mu    sync.Mutex
	lines []line
}

func (n *notebook) log(_ context.Context, _ slog.Level, message string, fields map[string]any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, line{message, fields})
}

func (n *notebook) use(c *Config) { c.Log = n.log }

// attempts returns the fields of the lines about attempts, without the durations.
func (n *notebook) attempts(t *testing.T) []map[string]any {
	t.Helper()
	var found []map[string]any
	for _, l := range n.lines {
		if l.message != "Talq API request" {
			continue
		}
		if took, ok := l.fields["duration_ms"].(int64); !ok || took < 0 {
			t.Errorf("duration_ms is %v", l.fields["duration_ms"])
		}
		delete(l.fields, "duration_ms")
		found = append(found, l.fields)
	}
	return found
}

func TestOneLogLineForEachAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var book notebook
		play, _ := script(answering(503, ""), failing(io.ErrUnexpectedEOF), answering(429, "", "Retry-After", "3"), answering(201, oneAction))
		if _, err := over(t, play, book.use).UpsertAction(context.Background(), "g/1", minimalAction()); err != nil {
			t.Fatal(err)
		}
		const path = "/api/v1/agents/g%2F1/actions"
		want := []map[string]any{
			{"method": "POST", "path": path, "attempt": 1, "status": 503},
			{"method": "POST", "path": path, "attempt": 2, "failed": "no whole answer"},
			{"method": "POST", "path": path, "attempt": 3, "status": 429},
			{"method": "POST", "path": path, "attempt": 4, "status": 201},
		}
		if got := book.attempts(t); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		wait := slices.IndexFunc(book.lines, func(l line) bool { return l.message == "waiting for the rate limit" })
		if wait < 0 || book.lines[wait].fields["path"] != path || book.lines[wait].fields["wait_ms"].(int64) < 3000 {
			t.Errorf("no line about the wait in %v", book.lines)
		}
	})
}

func TestLogNamesFailures(t *testing.T) {
	for want, play := range map[string]roundTripper{
		"answer too large": func(*http.Request) (*http.Response, error) {
			return answering(200, strings.Repeat(" ", MaxAnswer+1))()
		},
		"cancelled":       func(*http.Request) (*http.Response, error) { return nil, context.Canceled },
		"no whole answer": func(*http.Request) (*http.Response, error) { return nil, io.EOF },
	} {
		t.Run(want, func(t *testing.T) {
			var book notebook
			if _, err := list(over(t, play, book.use, func(c *Config) { c.MaxRetries = 0 })); err == nil {
				t.Fatal("no error")
			}
			if got := book.attempts(t); len(got) != 1 || got[0]["failed"] != want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestLogsHoldNoSecretsAndNoBodies(t *testing.T) {
	var standard bytes.Buffer // a library might log on its own
	log.SetOutput(&standard)
	defer log.SetOutput(os.Stderr)
	var book notebook
	a := minimalAction()
	a.Description = "canary-request-body"
	a.CustomHeaders = Some([]Header{{Name: "X-Canary-Name", Value: NewSecret("canary-header-value")}})
	answers := []func() (*http.Response, error){
		answering(200, `{"data":{"id":"a","name":"canary-answer-body"}}`, "X-Answer", "canary-answer-header"),
		answering(422, `{"message":"canary-answer-body"}`), answering(302, "", "Location", "https://canary-answer-location/"),
		answering(200, "canary-answer-body"), answering(500, "canary-answer-body"),
		failing(fmt.Errorf("malformed canary-answer-body %s", testToken)),
		answering(429, "canary-answer-body", "Retry-After", "canary-answer-header"),
		answering(429, "canary-answer-body", "Retry-After", "999999"),
	}
	synctest.Test(t, func(t *testing.T) {
		for _, answer := range answers {
			play, _ := script(answer)
			c := over(t, play, book.use)
			_, _ = c.UpsertAction(context.Background(), "g", a)
			_, _ = c.ListAgents(context.Background(), AgentFilter{Search: "canary-search"})
		}
	})
	if len(book.lines) < len(answers) {
		t.Fatalf("%d lines", len(book.lines))
	}
	text := fmt.Sprintf("%#v %s", book.lines, standard.String())
	lacks(t, strings.ToLower(text), "canary", testToken, "bearer")
}
