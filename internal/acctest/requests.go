package acctest

import (
	"fmt"
	"maps"
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

// RequestsOf are the requests of an operation about what has the node id.
func (w World) RequestsOf(op fakeapi.Op, nodeID string) []fakeapi.Request {
	return slices.DeleteFunc(w.Requests(op), func(r fakeapi.Request) bool { return r.NodeID != nodeID })
}

// Wrote expects exactly these numbers of writes since the journal was forgotten, to all
// agents or to the given ones. Where an agent was published, that must be its last write.
func (w World) Wrote(t *testing.T, want Ops, agents ...string) {
	t.Helper()
	got, last := Ops{}, map[string]fakeapi.Op{}
	for _, r := range w.Writes() {
		if len(agents) == 0 || slices.Contains(agents, r.AgentID) {
			got[r.Op]++
			last[r.AgentID] = r.Op
		}
	}
	want = maps.Clone(want)
	maps.DeleteFunc(want, func(_ fakeapi.Op, n int) bool { return n == 0 })
	if !maps.Equal(got, want) {
		t.Errorf("the writes were %v, want %v", got, want)
	}
	for agent, op := range last {
		if want[fakeapi.OpPublish] > 0 && op != fakeapi.OpPublish {
			t.Errorf("the last write on agent %s is %s, want the publish", agent, op)
		}
	}
}

// Writes are the requests that were there to change something.
func (w World) Writes() []fakeapi.Request {
	return slices.DeleteFunc(w.Journal(), func(r fakeapi.Request) bool { return r.Method == "GET" || r.Op == fakeapi.OpValidateFlow })
}

// Made expects exactly these numbers of requests, and no others. It forgets the journal.
func (w World) Made(t *testing.T, want Ops) {
	t.Helper()
	got := Ops{}
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
