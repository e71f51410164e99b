package session

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// firstListings holds, for each agent, the ids that its actions had before the first
// update of an imported one in this run; so for each kind.
type firstListings struct {
	mu     sync.Mutex
	asking map[listingKey]*semaphore.Weighted
	known  map[listingKey]IDs
}

// listingKey names all that an agent has of a kind.
type listingKey struct {
	kind    Kind
	agentID string
}

func newFirstListings() *firstListings {
	return &firstListings{asking: map[listingKey]*semaphore.Weighted{}, known: map[listingKey]IDs{}}
}

// IDsBefore returns the ids that the agent had of a kind when this run first asked, and asks
// with the given function if it has not. It is nil where asking failed, or the context
// ended. One caller asks at a time, since a write of one that knows already would make
// the others list again.
func (f *firstListings) IDsBefore(ctx context.Context, kind Kind, agentID string, ask func() (IDs, error)) IDs {
	key := listingKey{kind, agentID}
	f.mu.Lock()
	turn := f.asking[key]
	if turn == nil {
		turn = semaphore.NewWeighted(1)
		f.asking[key] = turn
	}
	f.mu.Unlock()
	if turn.Acquire(ctx, 1) != nil {
		return nil
	}
	defer turn.Release(1)

	f.mu.Lock()
	found, ok := f.known[key]
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
	f.known[key] = asked
	return asked
}

// forgetListing makes the next caller ask again.
func (f *firstListings) forgetListing(kind Kind, agentID string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.known, listingKey{kind, agentID})
}
