package talq

import (
	"cmp"
	"math"
	"time"
)

// priority orders the requests that wait at the gate.
type priority int

const (
	publishes priority = iota // first: until then the agent takes no calls
	writes
	reads
)

// draft is an agent that a request of ours may have made a draft, and none has published since.
type draft struct {
	number int // counts them in the order in which they became one
	since  time.Time
}

// order compares two who wait, by rule 2.
func (g *gate) order(a, b *waiter) int {
	return cmp.Or(
		cmp.Compare(g.place(a.trail), g.place(b.trail)),
		cmp.Compare(a.trail.priority, b.trail.priority),
		a.trail.startedAt.Compare(b.trail.startedAt),
	)
}

// place is that of a request's agent in the order.
func (g *gate) place(t *trail) int {
	if t.priority == publishes {
		return -1
	}
	if d, ok := g.drafts[t.agent]; ok {
		return d.number
	}
	return math.MaxInt
}

// makesDraft reports whether a request may make a draft of an agent that is none by our hand.
func (g *gate) makesDraft(t *trail) bool {
	_, ok := g.drafts[t.agent]
	return t.priority == writes && t.agent != "" && !ok
}

// forget takes note of an agent that takes calls again, or that nobody will publish. It
// returns when the first write since the last publish passed; zero if there was none.
func (g *gate) forget(agentID string) (since time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	since = g.drafts[agentID].since
	delete(g.drafts, agentID)
	return since
}
