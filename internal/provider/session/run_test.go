package session

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestLedgerHold(t *testing.T) {
	const keep, destroy = false, true
	type holder struct {
		revision string
		goes     bool
	}
	for _, row := range []struct {
		name    string
		holders []holder
		want    []bool
	}{
		{"one that stays", []holder{{"1", keep}}, []bool{true}},
		{"one that goes", []holder{{"1", destroy}}, []bool{true}},
		{"one that is planned twice", []holder{{"1", keep}, {"1", keep}}, []bool{true, true}},
		{"one that stays after all", []holder{{"1", destroy}, {"1", keep}}, []bool{true, true}},
		{"two imports, which cannot be told apart", []holder{{"", keep}, {"", keep}}, []bool{true, true}},
		{"an import and one that was written", []holder{{"", keep}, {"1", keep}}, []bool{true, false}},
		{"two that stay", []holder{{"1", keep}, {"2", keep}}, []bool{true, false}},
		{"both go", []holder{{"1", destroy}, {"2", destroy}}, []bool{true, true}},
		{"the second goes", []holder{{"1", keep}, {"2", destroy}}, []bool{true, false}},
		{"the first goes", []holder{{"1", destroy}, {"2", keep}}, []bool{true, false}},
		{"the one in the middle stays", []holder{{"1", destroy}, {"2", keep}, {"3", destroy}}, []bool{true, false, false}},
	} {
		t.Run(row.name, func(t *testing.T) {
			l := &run{}
			got := []bool{}
			for _, h := range row.holders {
				got = append(got, l.Hold(ItemKey{Action, "agent-1", "a"}, h.revision, h.goes))
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("sound: %v, want %v", got, row.want)
			}
			for _, other := range []ItemKey{{Action, "agent-1", "b"}, {Action, "agent-2", "a"}, {Training, "agent-1", "a"}, {Agent, "agent-1", "agent-1"}} {
				if !l.Hold(other, "1", keep) {
					t.Errorf("%v is held to be the same", other)
				}
			}
		})
	}
}

func TestLedgerKnowsTheLastWriter(t *testing.T) {
	key, node := ItemKey{Action, "agent-1", "a"}, NodeKey{Action, "agent-1", "n"}
	for _, row := range []struct {
		name    string
		before  []WriteKind
		written bool
	}{
		{"nothing before", nil, false},
		{"created", []WriteKind{Created}, true},
		{"updated", []WriteKind{Updated}, true},
		{"deleted", []WriteKind{Deleted}, false},
		{"created, then deleted", []WriteKind{Created, Deleted}, false},
		{"deleted, then created", []WriteKind{Deleted, Created}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			l := &run{}
			last := NotWritten
			for _, kind := range row.before {
				l.Note(kind, node, key, "r")
				last = kind
			}
			if id, written := l.Writer(node); written != row.written || written && id != key.ID {
				t.Errorf("written: %v by %q, want %v", written, id, row.written)
			}
			if l.Last(key) != last {
				t.Errorf("the last write is %v, want %v", l.Last(key), last)
			}
			for _, other := range []NodeKey{{Action, "agent-2", "n"}, {Training, "agent-1", "n"}} {
				if _, written := l.Writer(other); written {
					t.Errorf("%v is held to be the same", other)
				}
			}
		})
	}
}

func TestRunIDsBefore(t *testing.T) {
	asked := 0
	ask := func(found IDs, err error) func() (IDs, error) {
		return func() (IDs, error) { asked++; return found, err }
	}
	r := &run{}
	if got := r.IDsBefore(t.Context(), Action, "agent-1", ask(nil, errors.New("no answer"))); got != nil {
		t.Errorf("after a failure: %v", got)
	}
	if got := r.IDsBefore(t.Context(), Action, "agent-1", ask(IDs{"a": true}, nil)); !got["a"] {
		t.Errorf("a failure is remembered: %v", got)
	}
	if got := r.IDsBefore(t.Context(), Action, "agent-1", ask(IDs{"b": true}, nil)); !got["a"] || got["b"] {
		t.Errorf("the first answer does not count: %v", got)
	}
	if got := r.IDsBefore(t.Context(), Action, "agent-2", ask(IDs{}, nil)); got == nil || len(got) != 0 {
		t.Errorf("another agent, without actions: %v", got)
	}
	if got := r.IDsBefore(t.Context(), Action, "agent-2", ask(IDs{"c": true}, nil)); got["c"] {
		t.Errorf("an empty answer is not remembered: %v", got)
	}
	if got := r.IDsBefore(t.Context(), Training, "agent-1", ask(IDs{"t": true}, nil)); !got["t"] || got["a"] {
		t.Errorf("the agent's trainings: %v", got)
	}
	if asked != 4 {
		t.Errorf("it asked %d times, want 4", asked)
	}
}

func TestRunIDsBeforeAsksOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &run{}
		asked := 0
		ask := func() (IDs, error) {
			asked++
			time.Sleep(time.Second)
			return IDs{"a": true}, nil
		}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if got := r.IDsBefore(t.Context(), Action, "agent-1", ask); !got["a"] {
					t.Errorf("it is %v", got)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if got := r.IDsBefore(ctx, Action, "agent-1", ask); got != nil {
			t.Errorf("one that went away got %v", got)
		}
		all.Wait()
		if asked != 1 {
			t.Errorf("it asked %d times", asked)
		}
	})
}

// lockLog notes when each of those who ask for a lock gets it.
type lockLog struct {
	r     *run
	start time.Time
	mu    sync.Mutex
	got   map[string]time.Duration
}

func (l *lockLog) holdFor(t *testing.T, name string, key NodeKey, d time.Duration) {
	unlock, err := l.r.Lock(t.Context(), key)
	if err != nil {
		t.Error(err)
		return
	}
	l.mu.Lock()
	l.got[name] = time.Since(l.start)
	l.mu.Unlock()
	time.Sleep(d)
	unlock()
}

// lockTimes lets each of the keys ask for its lock, a millisecond apart, and hold
// it for a second. It returns the whole second in which each got it.
func lockTimes(t *testing.T, keys map[string]NodeKey, order ...string) map[string]int {
	t.Helper()
	got := map[string]int{}
	synctest.Test(t, func(t *testing.T) {
		l := &lockLog{r: &run{}, start: time.Now(), got: map[string]time.Duration{}}
		var all sync.WaitGroup
		for i, name := range order {
			all.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond)
				l.holdFor(t, name, keys[name], time.Second)
			})
		}
		all.Wait()
		for name, at := range l.got {
			got[name] = int(at / time.Second)
		}
	})
	return got
}

func TestRunLock(t *testing.T) {
	keys := map[string]NodeKey{
		"a": {Action, "agent-1", "a"}, "a again": {Action, "agent-1", "a"}, "a once more": {Action, "agent-1", "a"}, "b": {Action, "agent-1", "b"},
		"a elsewhere": {Action, "agent-2", "a"}, "any": {Action, "agent-1", ""}, "any again": {Action, "agent-1", ""}, "any elsewhere": {Action, "agent-2", ""},
		"a of another kind": {Training, "agent-1", "a"}, "any of another kind": {Training, "agent-1", ""},
	}
	for _, row := range []struct {
		name  string
		order []string
		want  []int // the second in which each gets it
	}{
		{"writes to one node go one after another", []string{"a", "a again", "a once more"}, []int{0, 1, 2}},
		{"writes to two nodes go together", []string{"a", "b"}, []int{0, 0}},
		{"writes to two agents go together", []string{"a", "a elsewhere"}, []int{0, 0}},
		{"writes to one node id of two kinds go together", []string{"a", "a of another kind"}, []int{0, 0}},
		{"without a node id a write keeps other kinds out too", []string{"any", "a of another kind", "any of another kind"}, []int{0, 1, 2}},
		{"without a node id a write keeps the others out", []string{"any", "a", "b"}, []int{0, 1, 1}},
		{"without a node id a write waits for the others", []string{"a", "b", "any"}, []int{0, 0, 1}},
		{"two without a node id go one after another", []string{"any", "any again"}, []int{0, 1}},
		{"without a node id another agent is free", []string{"any", "any elsewhere", "a elsewhere"}, []int{0, 0, 1}},
		{"who comes after it is not let past it", []string{"a", "any", "b"}, []int{0, 1, 2}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := lockTimes(t, keys, row.order...)
			for i, name := range row.order {
				if second, ok := got[name]; !ok || second != row.want[i] {
					t.Errorf("%q got it in second %d (%v), want %d", name, second, ok, row.want[i])
				}
			}
		})
	}
}

func TestRunLockEndsWithTheContext(t *testing.T) {
	for name, waiting := range map[string]NodeKey{"for the node": {Action, "agent-1", "a"}, "for the agent": {Action, "agent-1", ""}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &run{}
				unlock, err := r.Lock(t.Context(), NodeKey{Action, "agent-1", "a"})
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if _, err := r.Lock(ctx, waiting); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the error is %v", err)
				}
				unlock()
				// Who gave up left nothing locked.
				for _, key := range []NodeKey{{Action, "agent-1", ""}, {Action, "agent-1", "a"}} {
					again, cancel := context.WithTimeout(t.Context(), time.Second)
					free, err := r.Lock(again, key)
					cancel()
					if err != nil {
						t.Fatalf("%v is still locked: %v", key, err)
					}
					free()
				}
			})
		})
	}
}

func TestHandedInStateBeginsALaterWalk(t *testing.T) {
	t.Parallel()
	key, node := ItemKey{Action, "agent-1", "a"}, NodeKey{Action, "agent-1", "n"}
	for _, row := range []struct {
		name    string
		written string
		state   types.String
		known   bool // the write still counts
	}{
		{"with the revision that the run has written", "r1", types.StringValue("r1"), false},
		{"not with one from before", "r1", types.StringValue("r0"), true},
		{"not with an unknown one", "r1", types.StringUnknown(), true},
		{"not with an import, which has none", "r1", types.StringNull(), true},
		{"not with an import after a write that got none", "", types.StringNull(), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := &run{}
			r.Note(Created, node, key, row.written)
			r.notePublished("agent-1")
			r.HandedIn(key, row.state)
			if _, written := r.Writer(node); written != row.known {
				t.Errorf("the write counts: %t, want %t", written, row.known)
			}
			if r.Liveness("agent-1").Published != row.known {
				t.Errorf("the publish counts: %t, want %t", !row.known, row.known)
			}
		})
	}
}
