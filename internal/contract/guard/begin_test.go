package guard

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	oneOfOurs   = `[{"id":"1","name":"tfacc-x"}]`
	noTrainings = `,"trainings":[]`
)

func TestARunSweepsAtItsBeginningAndItsEnd(t *testing.T) {
	a := &api{agent: draft + noTrainings, actions: oneOfOurs}
	end, err := clientOf(t, a).Begin(t.Context())
	if want := []string{"DELETE /agents/a%2F1/actions/1"}; err != nil || !slices.Equal(a.writes, want) {
		t.Fatalf("it begins with %v (%v), want %v", a.writes, err, want)
	}
	a.writes = nil
	if err := end(); err != nil || len(a.writes) != 1 {
		t.Errorf("it ends with %v (%v)", a.writes, err)
	}
}

func TestARunOnARefusedAgentDoesNotBegin(t *testing.T) {
	a := &api{agent: published + noTrainings, actions: oneOfOurs}
	if _, err := clientOf(t, a).Begin(t.Context()); !errors.Is(err, ErrRefused) || len(a.writes) > 0 {
		t.Errorf("it sent %v: %v", a.writes, err)
	}
}

func TestARunThatMayPublishLeavesTheAgentAsItWas(t *testing.T) {
	for _, row := range []struct {
		before     string
		mayPublish bool
		want       []string
	}{
		{draft, true, []string{"POST /agents/a%2F1/unpublish"}},
		{draft, false, nil},
		{published, true, nil},
	} {
		a := &api{agent: row.before + noTrainings, actions: noActions}
		client := clientOf(t, a)
		client.MayPublish, client.MayBeChanged = row.mayPublish, true
		end, err := client.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		a.agent = published + noTrainings
		if err := end(); err != nil || !slices.Equal(a.writes, row.want) {
			t.Errorf("%s, may publish %v: it sent %v (%v), want %v", row.before, row.mayPublish, a.writes, err, row.want)
		}
	}
}

// TestAnEndThatFailsInOnePartDoesTheOther: an agent goes off the air though the sweep fails, and
// is swept though it stays on the air.
func TestAnEndThatFailsInOnePartDoesTheOther(t *testing.T) {
	for _, row := range []struct {
		name  string
		fails func(*api)
		says  string
	}{
		{"the agents cannot be listed", func(a *api) { a.agents = "null" }, "sweeping at the end: listing the agents answered 200"},
		{"the webhooks cannot be listed", func(a *api) { a.webhooksStatus = http.StatusInternalServerError }, "sweeping at the end: listing the agent's webhooks answered 500"},
		{"it is not unpublished", func(a *api) { a.postStatus = http.StatusInternalServerError }, "unpublishing the agent answered 500"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := &api{agent: draft + noTrainings, actions: noActions}
			client := clientOf(t, a)
			client.MayPublish = true
			end, err := client.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			a.agent, a.actions = published+noTrainings, oneOfOurs
			row.fails(a)
			if err := end(); err == nil || !strings.Contains(err.Error(), row.says) {
				t.Errorf("%v", err)
			}
			if want := []string{"POST /agents/a%2F1/unpublish", "DELETE /agents/a%2F1/actions/1"}; !slices.Equal(a.writes, want) {
				t.Errorf("it sent %v, want %v", a.writes, want)
			}
		})
	}
}

// TestADoorPassesEverythingOn: method, escaped path, query, body, headers and answer.
func TestADoorPassesEverythingOn(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-RateLimit-Remaining", "7")
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprintf(w, "%s %s %s %s %s", r.Method, r.RequestURI, r.Header.Get("Authorization"), r.Header.Get("User-Agent"), body)
	}))
	t.Cleanup(api.Close)
	door, err := OpenDoor(api.URL + "/api/v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, door.BaseURL+"/agents/a%2F1/actions?page=2", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer talq_x")
	request.Header.Set("User-Agent", "test")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if want := "POST /api/v1/agents/a%2F1/actions?page=2 Bearer talq_x test "; string(text) != want || answer.StatusCode != http.StatusUnprocessableEntity || answer.Header.Get("X-RateLimit-Remaining") != "7" {
		t.Errorf("it answered %d %q, want %q", answer.StatusCode, text, want)
	}
}

// TestADoorKeepsThePace: after ten requests at once it lets one through in a second.
func TestADoorKeepsThePace(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(api.Close)
	door, err := OpenDoor(api.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	client := NewClient(Config{BaseURL: door.BaseURL, Token: "talq_x"})
	begin := time.Now()
	for range doorBurst + 1 {
		if _, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/x"}); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took < doorEvery/2 {
		t.Errorf("%d requests took %s", doorBurst+1, took)
	}
}
