package fakeapi_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestJournalTellsWhatArrived(t *testing.T) {
	c := newClock()
	a := start(t, fakeapi.WithClock(c.Now))
	body := `{"node_id":"node","name":"N","description":null,"hold_duration":30.0}`
	a.do(http.MethodPost, a.actions()+"?x=1", []byte(body))

	got := a.Requests(fakeapi.Match{})[0]
	same(t, "Number", got.Number, 1)
	same(t, "Op", got.Op, fakeapi.OpUpsertAction)
	same(t, "Method", got.Method, http.MethodPost)
	same(t, "Path", got.Path, "/api/v1"+a.actions())
	same(t, "Query", got.Query.Get("x"), "1")
	same(t, "AgentID", got.AgentID, a.agent)
	same(t, "NodeID", got.NodeID, "node")
	same(t, "Header", got.Header.Get("Authorization"), "Bearer "+a.token)
	same(t, "RawBody", string(got.RawBody), body)
	same(t, "a number of Body", got.Body["hold_duration"], json.Number("30.0"))
	same(t, "Has of a null", got.Has("description"), true)
	same(t, "Has of what is not there", got.Has("url"), false)
	same(t, "ArrivedAt", got.ArrivedAt, c.Now())
	same(t, "AnsweredAt", got.AnsweredAt, c.Now())
	same(t, "Status", got.Status, http.StatusUnprocessableEntity)
	same(t, "Accepted", got.Accepted, false)
	same(t, "AnswerHeader", got.AnswerHeader.Get("X-RateLimit-Limit"), "1000")
}

func TestJournalSaysWhichWritesWereAccepted(t *testing.T) {
	a := start(t)
	a.upsert(webhook(nil))
	a.list()
	a.do(http.MethodDelete, a.actions()+"/unknown", nil)
	a.do(http.MethodDelete, a.actions()+"/action-1", nil)
	a.do(http.MethodPost, "/agents/"+a.agent+"/publish", nil)
	accepted := []bool{}
	for _, request := range a.Requests(fakeapi.Match{}) {
		accepted = append(accepted, request.Accepted)
	}
	same(t, "accepted", accepted, []bool{true, false, false, true, true})
}

func TestJournalIsCountedByOpAndForgotten(t *testing.T) {
	a := start(t)
	a.list()
	a.upsert(webhook(nil))
	a.list()
	same(t, "listings", len(a.Requests(fakeapi.Match{Op: fakeapi.OpListActions})), 2)
	same(t, "the number of the upsert", a.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0].Number, 2)
	a.ForgetJournal()
	same(t, "the forgotten journal", len(a.Requests(fakeapi.Match{})), 0)
	a.list()
	same(t, "the next number", a.Requests(fakeapi.Match{})[0].Number, 4)
}

func TestRateLimitCountsPerTokenInFixedWindows(t *testing.T) {
	c := newClock()
	a := start(t, fakeapi.WithClock(c.Now))
	a.SetRateLimit(2, time.Minute)
	for _, want := range []struct {
		status    int
		remaining string
	}{{200, "1"}, {200, "0"}, {429, "0"}} {
		got := a.do(http.MethodGet, "/agents", nil)
		same(t, "status", got.status, want.status)
		same(t, "limit", got.header.Get("X-RateLimit-Limit"), "2")
		same(t, "remaining", got.header.Get("X-RateLimit-Remaining"), want.remaining)
	}
	same(t, "health is not limited", a.do(http.MethodGet, "/health", nil).status, http.StatusOK)

	other := a
	other.token = a.AddEnvironment()
	same(t, "another token", other.do(http.MethodGet, "/agents", nil).status, http.StatusOK)

	c.Advance(time.Minute)
	same(t, "the next window", a.do(http.MethodGet, "/agents", nil).status, http.StatusOK)
	windows := []int{}
	for _, request := range a.Requests(fakeapi.Match{}) {
		windows = append(windows, request.Window)
	}
	same(t, "windows in the journal", windows, []int{1, 1, 1, 0, 1, 2})

	a.SetRateLimit(0, 0)
	for range 4 {
		got := a.do(http.MethodGet, "/agents", nil)
		same(t, "without a limit", got.status, http.StatusOK)
		same(t, "remaining without a limit", got.header.Get("X-RateLimit-Remaining"), "999")
	}
}

func TestDateFollowsTheClock(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	same(t, "Date", a.do(http.MethodGet, "/health", nil).header.Get("Date"), "Mon, 15 Jan 2024 10:30:00 GMT")
}

func TestServerMayBeUsedFromManySidesAtOnce(t *testing.T) {
	a := start(t)
	var all sync.WaitGroup
	for _, node := range []string{"a", "b", "c", "d"} {
		all.Go(func() {
			a.upsert(webhook(map[string]any{"node_id": node}))
			a.list()
			a.SetPublished(a.agent, true)
			a.Actions(a.agent)
			a.Requests(fakeapi.Match{})
		})
	}
	all.Wait()
	same(t, "actions", len(a.Actions(a.agent)), 4)
	same(t, "requests", len(a.Requests(fakeapi.Match{})), 8)
}

func TestCloseMayBeCalledAgain(t *testing.T) {
	a := start(t)
	a.Close()
	a.Close()
	same(t, "the state is still readable", a.AgentStatus(a.agent), "draft")
}
