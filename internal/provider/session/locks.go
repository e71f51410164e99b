package session

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// writeLocks let the writes to one (agent, node id) of a kind go one after another.
type writeLocks struct {
	mu     sync.Mutex
	agents map[string]*semaphore.Weighted
	nodes  map[NodeKey]*semaphore.Weighted
}

func newWriteLocks() *writeLocks {
	return &writeLocks{agents: map[string]*semaphore.Weighted{}, nodes: map[NodeKey]*semaphore.Weighted{}}
}

// everyWriter is the weight of a write that keeps all others of its agent out.
const everyWriter = 1 << 20

// acquire waits for the lock of an (agent, node id). A write whose node id is not
// known, as after an import, keeps the whole agent to itself: it could be about any.
// It ends with the context, in a [*talq.NotSentError].
func (l *writeLocks) acquire(ctx context.Context, key NodeKey) (release func(), err error) {
	l.mu.Lock()
	agent := l.agents[key.AgentID]
	if agent == nil {
		agent = semaphore.NewWeighted(everyWriter)
		l.agents[key.AgentID] = agent
	}
	node := l.nodes[key]
	if node == nil {
		node = semaphore.NewWeighted(1)
		l.nodes[key] = node
	}
	l.mu.Unlock()

	weight := int64(1)
	if key.NodeID == "" {
		weight = everyWriter
	}
	if err := agent.Acquire(ctx, weight); err != nil {
		return nil, &talq.NotSentError{Err: err}
	}
	if err := node.Acquire(ctx, 1); err != nil {
		agent.Release(weight)
		return nil, &talq.NotSentError{Err: err}
	}
	return func() {
		node.Release(1)
		agent.Release(weight)
	}, nil
}

// Lock is acquire for a write that counts as under way on its agent until it is released.
func (r *run) Lock(ctx context.Context, key NodeKey) (unlock func(), err error) {
	release, err := r.acquire(ctx, key)
	if err != nil {
		return nil, err
	}
	r.noteWriting(key.AgentID, 1)
	return func() {
		r.noteWriting(key.AgentID, -1)
		release()
	}, nil
}
