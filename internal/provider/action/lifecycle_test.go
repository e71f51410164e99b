package action_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The points that show only when the limit is hit.
const retryAfter, limitReset = "Retry-After", "X-RateLimit-Reset"

// lifecycleRun is a walk under one answer to each point.
type lifecycleRun struct {
	answers map[string]string // by point
	set     []func(*fakeapi.Behaviour)
	first   int // see walkLifecycle
	limited bool
}

// lifecycleRuns cover every answer of every point: run k takes the answer k+i of
// the point i, counted round. Six runs do for lists of four, and have each pair of
// the three forms of Retry-After and the two of X-RateLimit-Reset.
func lifecycleRuns() []lifecycleRun {
	var runs []lifecycleRun
	for k := range 6 {
		run := lifecycleRun{answers: map[string]string{}, first: k / 2 % 2, limited: k != 3 && k != 4}
		for i, point := range fakeapi.Open() {
			answer := point.Answers[(k+i)%len(point.Answers)]
			run.answers[point.Name] = answer.Name
			run.set = append(run.set, answer.Set)
		}
		runs = append(runs, run)
	}
	return runs
}

// TestLifecycleUnderEveryAnswer walks all four types through their whole life
// under each answer to what API.md leaves open, many at a time.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	t.Parallel()
	for k, run := range lifecycleRuns() {
		t.Run(strconv.Itoa(k), func(t *testing.T) {
			t.Parallel()
			t.Logf("begins with stage %d, hits the limit: %t, answers: %s", run.first, run.limited, acctest.ToJSON(t, run.answers))
			var behaviour fakeapi.Behaviour
			for _, set := range run.set {
				set(&behaviour)
			}
			walkLifecycle(t, behaviour, run.first, run.limited)
		})
	}
}

// TestLifecycleRunsMeetEveryAnswer: an answer that no run takes, or takes where
// nothing shows it, is tested by none.
func TestLifecycleRunsMeetEveryAnswer(t *testing.T) {
	t.Parallel()
	for _, point := range fakeapi.Open() {
		for _, answer := range point.Answers {
			if !slices.ContainsFunc(lifecycleRuns(), func(run lifecycleRun) bool {
				return run.answers[point.Name] == answer.Name &&
					(run.limited || point.Name != retryAfter && point.Name != limitReset) &&
					(point.Name != limitReset || run.answers[retryAfter] == "absent") // which goes before it
			}) {
				t.Errorf("no run meets %s: %s", point.Name, answer.Name)
			}
		}
	}
	for _, first := range []int{0, 1} {
		for _, limited := range []bool{false, true} {
			if !slices.ContainsFunc(lifecycleRuns(), func(run lifecycleRun) bool { return run.first == first && run.limited == limited }) {
				t.Errorf("no run begins with stage %d where the limit is hit: %t", first, limited)
			}
		}
	}
}

// TestLifecycleUnderAllOtherAnswers takes the last answer to everything at once.
func TestLifecycleUnderAllOtherAnswers(t *testing.T) {
	t.Parallel()
	var behaviour fakeapi.Behaviour
	for _, point := range fakeapi.Open() {
		point.Answers[len(point.Answers)-1].Set(&behaviour)
	}
	walkLifecycle(t, behaviour, 0, true)
}

// walkLifecycle begins with the least configuration (first is 0) or with
// everything set (first is 1).
func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour, first int, limited bool) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	if limited {
		w.SetRateLimit(1, time.Second)
		gatherUpserts(w, t, len(acctest.Kinds))
	}
	ws := acctest.NewWorkspace(t, w.ProviderBlock())

	t.Log("create with the least, or with everything; change everything; back to the least")
	ws.Write("main.tf", acctest.AllKinds(w.Agent, first))
	ws.Apply()
	if limited {
		w.Before(nil)
		hit := func(r fakeapi.Request) bool { return r.Status == http.StatusTooManyRequests }
		if !slices.ContainsFunc(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}), hit) {
			t.Error("no upsert hit the rate limit")
		}
		w.SetRateLimit(6, time.Second)
	}
	if first == 0 {
		expectWrites(w, t, func(k acctest.Kind) string { return k.SendsLeast })
	} else {
		expectWrites(w, t, func(k acctest.Kind) string { return k.Stages[0].Sends })
	}
	w.SetPublished(w.Agent, true) // which may touch the actions, and is no drift
	ws.PlanEmpty()
	for number := first; number < len(acctest.Kinds[0].Stages); number++ {
		ws.Write("main.tf", acctest.AllKinds(w.Agent, number+1))
		ws.Apply().Says("0 added, 4 changed, 0 destroyed").SaysNot("stored something else")
		expectWrites(w, t, func(k acctest.Kind) string { return k.Stages[number].Sends })
		ws.PlanEmpty()
	}
	ws.Write("main.tf", acctest.AllKinds(w.Agent, 0))
	ws.Apply().Says("0 added, 4 changed, 0 destroyed").SaysNot("stored something else")
	expectWrites(w, t, func(k acctest.Kind) string { return k.SendsReset })
	ws.PlanEmpty()
	for _, stored := range w.Actions(w.Agent) {
		expectNothingHidden(t, stored)
	}

	t.Log("two edited and two deleted in the dashboard, repaired")
	for _, stored := range w.Actions(w.Agent) {
		if like := stored.NodeID == "the-webhook" || stored.NodeID == "the-hold"; like == (first == 0) {
			w.RemoveAction(w.Agent, stored.ID)
		} else {
			w.EditAction(w.Agent, stored.ID, map[string]any{"description": "What somebody wrote in the dashboard."})
		}
	}
	ws.Terraform("plan", "-detailed-exitcode", "-input=false").Exits(2).
		Says("2 to add, 2 to change, 0 to destroy", "Warning: An action is gone", "What somebody wrote in the dashboard.")
	ws.Apply().Says("2 added, 2 changed, 0 destroyed")
	ws.PlanEmpty()

	t.Log("imported elsewhere")
	other := acctest.NewWorkspace(t, w.ProviderBlock())
	other.Write("main.tf", acctest.AllKinds(w.Agent, 0))
	if behaviour.TrimStrings {
		// The import brings the text that the API has trimmed.
		other.Write("main.tf", acctest.AllKindsTrimmed(w.Agent, 0))
	}
	ids := w.IDsByNode()
	for _, k := range acctest.Kinds {
		other.Write("import-"+k.ActionType+".tf", fmt.Sprintf("import {\n  to = %s\n  id = \"%s/%s/the-%s\"\n}\n", k.Address(), w.Agent, ids["the-"+k.ActionType], k.ActionType))
	}
	other.Apply().Says("4 imported, 0 added, 0 changed, 0 destroyed", "Some attributes cannot be imported")
	other.PlanEmpty()

	t.Log("destroyed")
	ws.Destroy()
	if left := w.Actions(w.Agent); len(left) > 0 {
		t.Errorf("left on the server: %v", left)
	}
}

// gatherUpserts lets no upsert through before so many have arrived: the client
// then learns of the limit only by hitting it.
func gatherUpserts(w acctest.World, t *testing.T, many int) {
	var arrived atomic.Int64
	all := make(chan struct{})
	w.Before(func(r fakeapi.Request) {
		if r.Op != fakeapi.OpUpsertAction {
			return
		}
		if arrived.Add(1) == int64(many) {
			close(all)
		}
		select {
		case <-all:
		case <-t.Context().Done():
		}
	})
}

// expectWrites expects that exactly one upsert for each kind was made since the
// journal was last forgotten, with the given members, and forgets the journal.
func expectWrites(w acctest.World, t *testing.T, members func(acctest.Kind) string) {
	t.Helper()
	bodies, accepted := map[string]map[string]any{}, 0
	for _, r := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}) {
		if r.Accepted {
			bodies[r.Body["type"].(string)] = r.Body
			accepted++
		}
	}
	for _, k := range acctest.Kinds {
		if got, want := acctest.ToJSON(t, bodies[k.ActionType]), acctest.ToJSON(t, k.Body(t, members(k))); got != want {
			t.Errorf("the body for the %s was\n%s\nwant\n%s", k.ActionType, got, want)
		}
	}
	if accepted != len(acctest.Kinds) {
		t.Errorf("%d upserts were accepted, want %d", accepted, len(acctest.Kinds))
	}
	w.ForgetJournal()
}

// expectNothingHidden expects that a server holds no hidden field, whether it
// keeps what an update leaves out or resets it.
func expectNothingHidden(t *testing.T, stored fakeapi.Stored) {
	t.Helper()
	neutral := map[string][]string{
		"authorization_scheme": {"null", `"none"`}, "custom_headers": {"null", "[]"}, "speak_on_send": {"null"},
		"speak_on_receive": {"null"}, "execution_mode": {"null", `"during_call"`}, "integration": {"null"},
	}
	for _, field := range slices.Sorted(maps.Keys(neutral)) {
		if got := acctest.ToJSON(t, stored.Fields[field]); !slices.Contains(neutral[field], got) {
			t.Errorf("%s of %s is still %s", field, stored.NodeID, got)
		}
	}
}
