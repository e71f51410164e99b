package fakeapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

var onUpsert = fakeapi.Match{Op: fakeapi.OpUpsertAction}

// long is a delay that no test waits for.
const long = time.Hour

func TestFaultAnswersInsteadOfTheServer(t *testing.T) {
	tests := []struct {
		name  string
		fault fakeapi.Fault
		want  reply
		kind  string
	}{
		{"a status alone", fakeapi.Fault{Status: 502}, reply{status: 502, raw: ""}, "application/json"},
		{"JSON", fakeapi.Fault{Status: 503, Body: `{"error":1}`}, reply{status: 503, raw: `{"error":1}`}, "application/json"},
		{"HTML", fakeapi.Fault{Status: 500, Body: `<html>`}, reply{status: 500, raw: `<html>`}, "text/html; charset=utf-8"},
		{"an empty 200", fakeapi.Fault{Status: 200}, reply{status: 200, raw: ""}, "application/json"},
		{"a body alone", fakeapi.Fault{Body: `[]`}, reply{status: 200, raw: `[]`}, "application/json"},
		{"a Content-Type", fakeapi.Fault{Status: 500, Body: "x", Header: http.Header{"content-type": {"text/plain"}}}, reply{status: 500, raw: "x"}, "text/plain"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, processed := range []bool{false, true} {
				a := start(t)
				test.fault.AfterProcessing = processed
				a.Inject(test.fault)
				got := a.do(http.MethodPost, a.actions(), webhook(nil))
				same(t, "status", got.status, test.want.status)
				same(t, "body", got.raw, test.want.raw)
				same(t, "Content-Type", got.header.Get("Content-Type"), test.kind)
				same(t, "work done", len(a.Actions(a.agent)) == 1, processed)
				same(t, "Accepted", a.Requests(fakeapi.Match{})[0].Accepted, processed)
				same(t, "Status", a.Requests(fakeapi.Match{})[0].Status, test.want.status)
			}
		})
	}
}

func TestDroppedConnection(t *testing.T) {
	for _, processed := range []bool{false, true} {
		a := start(t)
		a.Inject(fakeapi.Fault{Drop: true, AfterProcessing: processed})
		if got, err := a.try(http.MethodPost, a.actions(), webhook(nil)); !errors.Is(err, io.EOF) {
			t.Errorf("got %v, %v; want a connection that ends", got, err)
		}
		same(t, "work done", len(a.Actions(a.agent)) == 1, processed)
		same(t, "Status", a.Requests(fakeapi.Match{})[0].Status, 0)
		same(t, "Accepted", a.Requests(fakeapi.Match{})[0].Accepted, processed)
	}
}

func TestCutAnswer(t *testing.T) {
	tests := []struct {
		name  string
		fault fakeapi.Fault
		half  string
		work  bool
	}{
		{"a given one", fakeapi.Fault{Cut: true, Status: 200, Body: `{"ab":1}`}, `{"ab`, false},
		{"a given one after the work", fakeapi.Fault{Cut: true, Status: 200, Body: `{"ab":1}`, AfterProcessing: true}, `{"ab`, true},
		{"the real one, rewritten", fakeapi.Fault{Cut: true, Rewrite: func([]byte) []byte { return []byte("1234") }}, `12`, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := start(t)
			a.Inject(test.fault)
			got, err := a.try(http.MethodPost, a.actions(), webhook(nil))
			if !errors.Is(err, io.ErrUnexpectedEOF) || got.raw != test.half || got.status != http.StatusOK {
				t.Errorf("got %d %q, %v", got.status, got.raw, err)
			}
			same(t, "work done", len(a.Actions(a.agent)) == 1, test.work)
			same(t, "Status", a.Requests(fakeapi.Match{})[0].Status, 0)
		})
	}
}

func TestRewrittenAnswer(t *testing.T) {
	a := start(t)
	a.Inject(fakeapi.Fault{
		Header:  http.Header{"X-RateLimit-Remaining": {"0"}},
		Rewrite: func(body []byte) []byte { return append(body, " tail"...) },
	})
	got := a.do(http.MethodDelete, a.actions()+"/"+a.AddAction(a.agent, webhook(nil)), nil)
	same(t, "body", got.raw, `{"message":"Agent action deleted successfully","success":true} tail`)
	same(t, "a header over the real one", got.header.Values("X-RateLimit-Remaining"), []string{"0"})
	same(t, "a real header", got.header.Get("X-RateLimit-Limit"), "1000")
}

func TestDelayEndsWithTheClient(t *testing.T) {
	for _, processed := range []bool{false, true} {
		a := start(t)
		a.Inject(fakeapi.Fault{Match: onUpsert, Delay: long, AfterProcessing: processed})
		abandon(t, a)
		same(t, "work done", len(a.Actions(a.agent)) == 1, processed)
		same(t, "Status", a.Requests(fakeapi.Match{})[0].Status, 0)
	}
}

func TestDelayEndsWithTheServer(t *testing.T) {
	a := start(t)
	a.Inject(fakeapi.Fault{Delay: long})
	a.Before(func(fakeapi.Request) { go a.Close() })
	if _, err := a.try(http.MethodGet, "/health", nil); err == nil {
		t.Error("a closed server answered")
	}
}

func TestDelayedAnswerIsTheRealOne(t *testing.T) {
	a := start(t)
	a.Inject(fakeapi.Fault{Delay: time.Millisecond})
	same(t, "id", a.upsert(webhook(nil))["id"], "action-1")
}

func TestFaultsStrikeWhatTheyMatchAsOftenAsTheySay(t *testing.T) {
	a := start(t)
	other := a
	other.agent = a.AddAgent(fakeapi.AgentSeed{})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: a.agent, NodeID: "node"}, Skip: 1, Times: 2, Status: 503})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{ActionID: "x"}, Status: 418})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction, NodeID: "node"}, Status: 419})
	status := func(a api, node string) int {
		return a.do(http.MethodPost, a.actions(), webhook(map[string]any{"node_id": node})).status
	}
	same(t, "another agent", status(other, "node"), 200)
	same(t, "another node", status(a, "other"), 200)
	same(t, "the skipped one", status(a, "node"), 200)
	same(t, "the first struck", status(a, "node"), 503)
	same(t, "the second struck", status(a, "node"), 503)
	same(t, "after the last", status(a, "node"), 200)
	same(t, "by action id", a.do(http.MethodDelete, a.actions()+"/x", nil).status, 418)
	same(t, "a delete by node id", a.do(http.MethodDelete, a.actions()+"/action-3", nil).status, 419)
	a.ClearFaults()
	same(t, "once cleared", a.do(http.MethodDelete, a.actions()+"/x", nil).status, 404)
}

func TestFirstLiveFaultIsUsed(t *testing.T) {
	a := start(t)
	a.Inject(fakeapi.Fault{Times: 1, Status: 501})
	a.Inject(fakeapi.Fault{Status: 502})
	same(t, "first", a.do(http.MethodGet, "/health", nil).status, 501)
	same(t, "second", a.do(http.MethodGet, "/health", nil).status, 502)
}

func TestHoldKeepsRequestsUntilAnotherWasAnswered(t *testing.T) {
	a := start(t)
	id := a.AddAction(a.agent, webhook(nil))
	a.Hold(fakeapi.Match{Op: fakeapi.OpDeleteAction}, onUpsert)
	arrived := make(chan fakeapi.Request, 3)
	a.Before(func(r fakeapi.Request) { arrived <- r })
	deleted := make(chan reply, 1)
	go func() {
		got, _ := a.try(http.MethodDelete, a.actions()+"/"+id, nil)
		deleted <- got
	}()
	<-arrived
	same(t, "the action of the held delete", a.upsert(webhook(nil))["id"], id)
	same(t, "the delete", (<-deleted).status, http.StatusOK)
	same(t, "what is left", len(a.Actions(a.agent)), 0)

	journal := a.Requests(fakeapi.Match{})
	same(t, "who arrived first", journal[0].Op, fakeapi.OpDeleteAction)
	if journal[0].AnsweredAt.Before(journal[1].AnsweredAt) {
		t.Error("the held request was answered first")
	}
	same(t, "a later delete, which nothing holds", a.do(http.MethodDelete, a.actions()+"/"+id, nil).status, 404)
}

func TestHoldEndsWithTheClient(t *testing.T) {
	a := start(t)
	a.Hold(onUpsert, fakeapi.Match{Op: fakeapi.OpPublish})
	abandon(t, a)
	same(t, "actions", len(a.Actions(a.agent)), 0)
}

// abandon upserts with a client that goes away once the request has arrived, and waits for
// the server to notice.
func abandon(t *testing.T, a api) {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	a.Before(func(fakeapi.Request) { leave() })
	if _, err := a.tryUntil(ctx, http.MethodPost, a.actions(), webhook(nil)); !errors.Is(err, context.Canceled) {
		t.Fatalf("the call ended with %v", err)
	}
	if err := a.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}
