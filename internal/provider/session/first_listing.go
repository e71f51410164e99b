package session

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// firstListings holds, for each agent, the ids that its actions had before the first
// update of an imported one in this run.
type firstListings struct {
	mu     sync.Mutex
	asking map[string]*semaphore.Weighted
	known  map[string]IDs
}

func newFirstListings() *firstListings {
	return &firstListings{asking: map[string]*semaphore.Weighted{}, known: map[string]IDs{}}
}

// IDsBefore returns the ids that the agent had when this run first asked, and asks
// with the given function if it has not. It is nil where asking failed, or the context
// ended. One caller asks at a time, since a write of one that knows already would make
// the others list again.
func (f *firstListings) IDsBefore(ctx context.Context, agentID string, ask func() (IDs, error)) IDs {
	f.mu.Lock()
	turn := f.asking[agentID]
	if turn == nil {
		turn = semaphore.NewWeighted(1)
		f.asking[agentID] = turn
	}
	f.mu.Unlock()
	if turn.Acquire(ctx, 1) != nil {
		return nil
	}
	defer turn.Release(1)

	f.mu.Lock()
	found, ok := f.known[agentID]
	f.mu.Unlock()
	if ok {
		return found
	}
	asked, err := ask()
	if err != nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known[agentID] = asked
	return asked
}

// forgetListing makes the next caller ask again.
func (f *firstListings) forgetListing(agentID string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.known, agentID)
}
