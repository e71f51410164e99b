package acctest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Tests ask the fake's journal, [fakeapi.Server.Requests], for the requests that a [fakeapi.Match]
// is about. How many there were they expect by Made and Wrote, and what was in one by Sent.

// Made expects exactly these numbers of requests, and no others. It forgets the journal.
func (w World) Made(t *testing.T, want Ops) {
	t.Helper()
	got := Ops{}
	for _, r := range w.Requests(fakeapi.Match{}) {
		got[r.Op]++
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the requests were %v, want %v", got, want)
	}
	w.ForgetJournal()
}

// Wrote expects exactly these numbers of writes since the journal was forgotten, to all
// agents or to the given ones. Where an agent was published, that must be its last write.
func (w World) Wrote(t *testing.T, want Ops, agents ...string) {
	t.Helper()
	got, last := Ops{}, map[string]fakeapi.Op{}
	for _, r := range w.Requests(fakeapi.Match{}) {
		reads := r.Method == http.MethodGet || r.Op == fakeapi.OpValidateFlow
		if !reads && (len(agents) == 0 || slices.Contains(agents, r.AgentID)) {
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

// Sent expects that one request of an operation was carried out, and what was in its body,
// which is JSON. It forgets the journal.
func (w World) Sent(t *testing.T, op fakeapi.Op, body string) {
	t.Helper()
	carriedOut := slices.DeleteFunc(w.Requests(fakeapi.Match{Op: op}), func(r fakeapi.Request) bool { return !r.Accepted })
	if len(carriedOut) != 1 {
		t.Fatalf("%d times %s was carried out, want 1", len(carriedOut), op)
	}
	if got, want := ToJSON(t, carriedOut[0].Body), ToJSON(t, JSONObject(t, body)); got != want {
		t.Errorf("the body of %s was\n%s\nwant\n%s", op, got, want)
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
