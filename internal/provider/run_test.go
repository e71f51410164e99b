package provider

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestRunPlanCreate(t *testing.T) {
	r := newRun()
	for _, row := range []struct {
		name  string
		key   nodeKey
		first bool
	}{
		{"the first", nodeKey{"agent-1", "n"}, true},
		{"the second of the same", nodeKey{"agent-1", "n"}, false},
		{"the third of the same", nodeKey{"agent-1", "n"}, false},
		{"another node", nodeKey{"agent-1", "m"}, true},
		{"the same node on another agent", nodeKey{"agent-2", "n"}, true},
		{"slashes that move", nodeKey{"agent-1/n", "m"}, true},
		{"slashes that moved", nodeKey{"agent-1", "n/m"}, true},
	} {
		if first := r.planCreate(row.key); first != row.first {
			t.Errorf("%s: %v", row.name, first)
		}
	}
	if !newRun().planCreate(nodeKey{"agent-1", "n"}) {
		t.Error("another run remembers")
	}
}

func TestRunPlanHeld(t *testing.T) {
	const keep, destroy = false, true
	for _, row := range []struct {
		name    string
		holders []bool // what each is planned to do
		want    []bool
	}{
		{"one that stays", []bool{keep}, []bool{true}},
		{"one that goes", []bool{destroy}, []bool{true}},
		{"two that stay", []bool{keep, keep}, []bool{true, false}},
		{"both go", []bool{destroy, destroy}, []bool{true, true}},
		{"all three go", []bool{destroy, destroy, destroy}, []bool{true, true, true}},
		{"the second goes", []bool{keep, destroy}, []bool{true, false}},
		{"the first goes", []bool{destroy, keep}, []bool{true, false}},
		{"the one in the middle stays", []bool{destroy, keep, destroy}, []bool{true, false, false}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newRun()
			got := []bool{}
			for _, goes := range row.holders {
				got = append(got, r.planHeld(actionKey{"agent-1", "a"}, nodeKey{"agent-1", "n"}, goes))
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("sound: %v, want %v", got, row.want)
			}
			if !r.planHeld(actionKey{"agent-1", "b"}, nodeKey{"agent-1", "n"}, keep) || !r.planHeld(actionKey{"agent-2", "a"}, nodeKey{"agent-2", "n"}, keep) {
				t.Error("another id is held to be the same")
			}
		})
	}
}

func TestRunNoteCreated(t *testing.T) {
	key, other := actionKey{"agent-1", "a"}, actionKey{"agent-1", "b"}
	for _, row := range []struct {
		name                 string
		before               func(*run)
		taken, deletedBefore bool
	}{
		{"nothing before", func(*run) {}, false, false},
		{"created before", func(r *run) { r.noteCreated(key) }, true, false},
		{"updated before", func(r *run) { r.noteUpdated(key) }, true, false},
		{"deleted before", func(r *run) { r.noteDeleted(key) }, false, true},
		{"created, then deleted", func(r *run) { r.noteCreated(key); r.noteDeleted(key) }, false, true},
		{"deleted, then created", func(r *run) { r.noteDeleted(key); r.noteCreated(key) }, true, false},
		{"another one created and deleted", func(r *run) { r.noteCreated(other); r.noteDeleted(other) }, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newRun()
			row.before(r)
			taken, deletedBefore := r.noteCreated(key)
			if taken != row.taken || deletedBefore != row.deletedBefore {
				t.Errorf("taken %v, deleted before %v", taken, deletedBefore)
			}
			if !r.createdHere(key) || !r.writtenHere(key) {
				t.Error("it is not noted as created and written")
			}
		})
	}
}

func TestRunWrittenIsNotCreated(t *testing.T) {
	r, key := newRun(), actionKey{"agent-1", "a"}
	r.noteUpdated(key)
	if r.createdHere(key) || !r.writtenHere(key) {
		t.Errorf("after an update: created %v, written %v", r.createdHere(key), r.writtenHere(key))
	}
	r.noteCreated(key)
	r.noteDeleted(key)
	if r.createdHere(key) || r.writtenHere(key) {
		t.Errorf("after a delete: created %v, written %v", r.createdHere(key), r.writtenHere(key))
	}
}

func TestRunIDsBefore(t *testing.T) {
	asked := 0
	ask := func(found ids, err error) func() (ids, error) {
		return func() (ids, error) { asked++; return found, err }
	}
	r := newRun()
	if got := r.idsBefore(t.Context(), "agent-1", ask(nil, errors.New("no answer"))); got != nil {
		t.Errorf("after a failure: %v", got)
	}
	if got := r.idsBefore(t.Context(), "agent-1", ask(ids{"a": true}, nil)); !got["a"] {
		t.Errorf("a failure is remembered: %v", got)
	}
	if got := r.idsBefore(t.Context(), "agent-1", ask(ids{"b": true}, nil)); !got["a"] || got["b"] {
		t.Errorf("the first answer does not count: %v", got)
	}
	if got := r.idsBefore(t.Context(), "agent-2", ask(ids{}, nil)); got == nil || len(got) != 0 {
		t.Errorf("another agent, without actions: %v", got)
	}
	if got := r.idsBefore(t.Context(), "agent-2", ask(ids{"c": true}, nil)); got["c"] {
		t.Errorf("an empty answer is not remembered: %v", got)
	}
	if asked != 3 {
		t.Errorf("it asked %d times, want 3", asked)
	}
}

func TestRunIDsBeforeAsksOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun()
		asked := 0
		ask := func() (ids, error) {
			asked++
			time.Sleep(time.Second)
			return ids{"a": true}, nil
		}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if got := r.idsBefore(t.Context(), "agent-1", ask); !got["a"] {
					t.Errorf("it is %v", got)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if got := r.idsBefore(ctx, "agent-1", ask); got != nil {
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

func (l *lockLog) holdFor(t *testing.T, name string, key nodeKey, d time.Duration) {
	unlock, err := l.r.lock(t.Context(), key)
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
// it for a second. It gives the whole second in which each got it.
func lockTimes(t *testing.T, keys map[string]nodeKey, order ...string) map[string]int {
	t.Helper()
	got := map[string]int{}
	synctest.Test(t, func(t *testing.T) {
		l := &lockLog{r: newRun(), start: time.Now(), got: map[string]time.Duration{}}
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
	keys := map[string]nodeKey{
		"a": {"agent-1", "a"}, "a again": {"agent-1", "a"}, "a once more": {"agent-1", "a"}, "b": {"agent-1", "b"},
		"a elsewhere": {"agent-2", "a"}, "any": {"agent-1", ""}, "any again": {"agent-1", ""}, "any elsewhere": {"agent-2", ""},
	}
	for _, row := range []struct {
		name  string
		order []string
		want  []int // the second in which each gets it
	}{
		{"writes to one node go one after another", []string{"a", "a again", "a once more"}, []int{0, 1, 2}},
		{"writes to two nodes go together", []string{"a", "b"}, []int{0, 0}},
		{"writes to two agents go together", []string{"a", "a elsewhere"}, []int{0, 0}},
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
	for name, waiting := range map[string]nodeKey{"for the node": {"agent-1", "a"}, "for the agent": {"agent-1", ""}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRun()
				unlock, err := r.lock(t.Context(), nodeKey{"agent-1", "a"})
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if _, err := r.lock(ctx, waiting); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the error is %v", err)
				}
				unlock()
				// Who gave up left nothing locked.
				for _, key := range []nodeKey{{"agent-1", ""}, {"agent-1", "a"}} {
					again, cancel := context.WithTimeout(t.Context(), time.Second)
					free, err := r.lock(again, key)
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
