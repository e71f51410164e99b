package acctest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Accepted counts the writes that changed something.
func (w World) Accepted(op fakeapi.Op) int {
	n := 0
	for _, r := range w.Requests(op) {
		if r.Accepted {
			n++
		}
	}
	return n
}

// CountOf counts the requests about the action with the node id.
func (w World) CountOf(op fakeapi.Op, nodeID string) int {
	n := 0
	for _, r := range w.Requests(op) {
		if r.NodeID == nodeID {
			n++
		}
	}
	return n
}

// ExpectOnAgent counts the writes that one agent got, and expects the publish to
// be the last of them.
func (w World) ExpectOnAgent(t *testing.T, agent string, posts int, deletes []int, publishes int) {
	t.Helper()
	got := map[fakeapi.Op]int{}
	var last fakeapi.Op
	for _, r := range w.Journal() {
		if r.AgentID != agent || r.Op == fakeapi.OpListActions || r.Op == fakeapi.OpGetAgent {
			continue
		}
		got[r.Op]++
		last = r.Op
	}
	if got[fakeapi.OpUpsertAction] != posts || !slices.Contains(deletes, got[fakeapi.OpDeleteAction]) || got[fakeapi.OpPublish] != publishes || got[fakeapi.OpUnpublish] != 0 {
		t.Errorf("agent %s got %v, want %d upserts, one of %v deletes, %d publishes", agent, got, posts, deletes, publishes)
	}
	if publishes > 0 && last != fakeapi.OpPublish {
		t.Errorf("the last write on agent %s is %s, want the publish", agent, last)
	}
}

// First returns the first request of a kind.
func (w World) First(op fakeapi.Op, nodeID string) fakeapi.Request {
	for _, r := range w.Requests(op) {
		if nodeID == "" || r.NodeID == nodeID {
			return r
		}
	}
	return fakeapi.Request{}
}

// Writes are the requests that were there to change something.
func (w World) Writes() []fakeapi.Request {
	return slices.DeleteFunc(w.Journal(), func(r fakeapi.Request) bool { return r.Method == "GET" })
}

// Made expects exactly these numbers of requests, and no others.
func (w World) Made(t *testing.T, want map[fakeapi.Op]int) {
	t.Helper()
	got := map[fakeapi.Op]int{}
	for _, r := range w.Journal() {
		got[r.Op]++
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the requests were %v, want %v", got, want)
	}
	w.ForgetJournal()
}

// Ops counts requests by operation.
type Ops = map[fakeapi.Op]int

// HeadersOn returns the headers in the body of a write, in their order.
func HeadersOn(r fakeapi.Request) string {
	list, ok := r.Body["custom_headers"].([]any)
	switch {
	case !ok:
		return "left out"
	case len(list) == 0:
		return "none"
	}
	var shown []string
	for _, entry := range list {
		header := entry.(map[string]any)
		shown = append(shown, fmt.Sprintf("%s: %s", header["key"], header["value"]))
	}
	return strings.Join(shown, ", ")
}
