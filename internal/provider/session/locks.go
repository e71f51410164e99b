package session

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// turns let those who name the same key go one after another. Keys of different types are
// never the same.
type turns struct{ byKey sync.Map }

// whole is the share of a turn that keeps all others out.
const whole = 1 << 20

// take waits for a share of a turn. It ends with the context, in a [*talq.NotSentError].
func (t *turns) take(ctx context.Context, key any, share int64) (release func(), err error) {
	found, _ := t.byKey.LoadOrStore(key, semaphore.NewWeighted(whole))
	turn, _ := found.(*semaphore.Weighted)
	if err := turn.Acquire(ctx, share); err != nil {
		return nil, &talq.NotSentError{Err: err}
	}
	return func() { turn.Release(share) }, nil
}

// Lock lets the writes to one (agent, node id) of a kind go one after another. A write whose
// node id is not known, as after an import, keeps the whole agent to itself: it could be about
// any. Until it is released, the write counts as under way on its agent.
func (r *run) Lock(ctx context.Context, key NodeKey) (unlock func(), err error) {
	share := int64(1)
	if key.NodeID == "" {
		share = whole
	}
	releaseAgent, err := r.take(ctx, key.AgentID, share)
	if err != nil {
		return nil, err
	}
	releaseNode, err := r.take(ctx, key, whole)
	if err != nil {
		releaseAgent()
		return nil, err
	}
	r.change(key.AgentID, func(l *Liveness) { l.writing++ })
	return func() {
		r.change(key.AgentID, func(l *Liveness) { l.writing-- })
		releaseNode()
		releaseAgent()
	}, nil
}

// label is what tells agents apart that have no id yet.
type label string

// LockLabel keeps other creates of agents with the label out: the API has no key that
// would tell two of them apart.
func (r *run) LockLabel(ctx context.Context, agentLabel string) (unlock func(), err error) {
	return r.take(ctx, label(agentLabel), whole)
}
