package session

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// ownAgents holds what this run knows of the agents that resources manage, and lets no two
// creates of agents that may be alike search for a lost one at the same time.
type ownAgents struct {
	mu       sync.Mutex
	creating map[string]*semaphore.Weighted // by label
	known    map[string]bool                // the agents that a state holds, or is about to
	written  map[string]string              // the revision that this run gave an agent last
	holders  map[string]map[string]bool     // the revisions under which states hold an agent, and whether each is to be destroyed
}

func newOwnAgents() *ownAgents {
	return &ownAgents{
		creating: map[string]*semaphore.Weighted{}, known: map[string]bool{}, written: map[string]string{}, holders: map[string]map[string]bool{},
	}
}

// LockLabel keeps other creates of agents with the label out: the API has no key that
// would tell two of them apart. It ends with the context, in a [*talq.NotSentError].
func (o *ownAgents) LockLabel(ctx context.Context, label string) (unlock func(), err error) {
	o.mu.Lock()
	turn := o.creating[label]
	if turn == nil {
		turn = semaphore.NewWeighted(1)
		o.creating[label] = turn
	}
	o.mu.Unlock()
	if err := turn.Acquire(ctx, 1); err != nil {
		return nil, &talq.NotSentError{Err: err}
	}
	return func() { turn.Release(1) }, nil
}

// NoteAgent notes that this run has written an agent, and the revision that its state gets.
func (o *ownAgents) NoteAgent(agentID, revision string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.known[agentID], o.written[agentID] = true, revision
}

// HasAgent reports whether a state holds an agent, as far as this run knows.
func (o *ownAgents) HasAgent(agentID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.known[agentID]
}

// HoldAgent notes that a state holds an agent, and reports whether the plan is sound, as
// Hold does for an action.
func (o *ownAgents) HoldAgent(agentID, revision string, destroy bool) (sound bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holders[agentID] == nil {
		o.holders[agentID] = map[string]bool{}
	}
	o.holders[agentID][revision] = destroy
	if len(o.holders[agentID]) == 1 {
		return true
	}
	for _, destroyed := range o.holders[agentID] {
		if !destroyed {
			return false
		}
	}
	return true
}

// laterWalk drops what is known of an agent if this run itself has written the revision
// that a state now has. It reports whether it did.
func (o *ownAgents) laterWalk(agentID, revision string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.known[agentID] = true
	if revision == "" || o.written[agentID] != revision {
		return false
	}
	delete(o.written, agentID)
	delete(o.holders, agentID)
	return true
}

// AgentHandedIn is HandedIn for the state of an agent.
func (r *run) AgentHandedIn(agentID string, revision types.String) {
	if r.laterWalk(agentID, revision.ValueString()) {
		r.forgetAgent(agentID)
	}
}

// ForgetAgent notes that an agent is gone.
func (r *run) ForgetAgent(agentID string) { r.forgetAgent(agentID) }

// Ending returns the operation with what its error says last.
func (op Operation) Ending(text string) Operation {
	op.aftermath = text
	return op
}
