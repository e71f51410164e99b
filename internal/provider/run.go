package provider

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// run remembers what one configured provider has seen and done: Terraform
// configures a new one for each walk (plan, apply), but see [walks]. It finds what no single
// resource can see: two of them meaning one action.
type run struct {
	mu      sync.Mutex
	planned map[nodeKey]bool               // creates that were planned
	holders map[actionKey]holder           // ids that stand in the state
	created map[actionKey]bool             // ids that a Create of this run has got
	written map[actionKey]bool             // ids that any write of this run has got
	deleted map[actionKey]bool             // ids that this run has deleted
	known   map[string]ids                 // ids that an agent's listing had before this run's first update
	live    map[string]liveness            // what this run knows of an agent
	asking  map[string]*semaphore.Weighted // by agent
	agents  map[string]*semaphore.Weighted
	nodes   map[nodeKey]*semaphore.Weighted

	revisions map[string]bool // that writes of this run have given
	walks     walks
}

// nodeKey names an action as the upsert does, actionKey as everything else does.
type (
	nodeKey   struct{ agentID, nodeID string }
	actionKey struct{ agentID, id string }
	ids       map[string]bool
)

// holder says how often an id stands in the state, and whether all of these are
// to be destroyed.
type holder struct {
	count   int
	allGone bool
}

func newRun() *run {
	return &run{
		planned: map[nodeKey]bool{}, holders: map[actionKey]holder{}, created: map[actionKey]bool{},
		written: map[actionKey]bool{}, deleted: map[actionKey]bool{}, known: map[string]ids{}, live: map[string]liveness{},
		asking: map[string]*semaphore.Weighted{}, agents: map[string]*semaphore.Weighted{}, nodes: map[nodeKey]*semaphore.Weighted{},
		revisions: map[string]bool{}, walks: newWalks(),
	}
}

// planCreate reports whether this is the first resource of the run that plans
// to create the action.
func (r *run) planCreate(key nodeKey) (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first = !r.planned[key] || r.walks.shared(key)
	r.planned[key] = true
	return first
}

// planHeld notes that a resource holds an id in its state. It reports whether
// the plan is sound: the id has no other holder, or all of them are destroyed.
func (r *run) planHeld(key actionKey, node nodeKey, destroy bool) (sound bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, other := r.holders[key]
	h.allGone = destroy && (h.allGone || !other)
	h.count++
	r.holders[key] = h
	return h.count == 1 || h.allGone || r.walks.shared(node)
}

// noteCreated notes the id that a Create has got. It reports whether another
// resource of this run has written it before, and whether the run has deleted it.
func (r *run) noteCreated(key actionKey) (taken, deletedBefore bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken, deletedBefore = r.written[key], r.deleted[key]
	delete(r.deleted, key)
	r.created[key], r.written[key] = true, true
	return taken, deletedBefore
}

// noteUpdated notes the id that an Update has written.
func (r *run) noteUpdated(key actionKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written[key] = true
}

// noteDeleted notes that an id is gone by our own hand.
func (r *run) noteDeleted(key actionKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deleted[key] = true
	delete(r.created, key)
	delete(r.written, key)
}

// createdHere reports whether a Create of this run has got the id.
func (r *run) createdHere(key actionKey) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.created[key]
}

// writtenHere reports whether a write of this run has got the id.
func (r *run) writtenHere(key actionKey) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.written[key]
}

// idsBefore gives the ids that the agent had when this run first asked, and asks
// with the given function if it has not. It is nil where asking failed, or the
// context ended. One caller asks at a time: a write of one that knows already must
// not make the others list anew.
func (r *run) idsBefore(ctx context.Context, agentID string, ask func() (ids, error)) ids {
	r.mu.Lock()
	turn := r.asking[agentID]
	if turn == nil {
		turn = semaphore.NewWeighted(1)
		r.asking[agentID] = turn
	}
	r.mu.Unlock()
	if turn.Acquire(ctx, 1) != nil {
		return nil
	}
	defer turn.Release(1)

	r.mu.Lock()
	found, ok := r.known[agentID]
	r.mu.Unlock()
	if ok {
		return found
	}
	asked, err := ask()
	if err != nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known[agentID] = asked
	return asked
}

// everyWriter is the weight of a write that keeps all others of its agent out.
const everyWriter = 1 << 20

// lock lets the writes to one (agent, node id) go one after another. A write
// whose node id is not known, as after an import, keeps the whole agent to
// itself: it could be about any. It ends with the context.
func (r *run) lock(ctx context.Context, key nodeKey) (unlock func(), err error) {
	r.mu.Lock()
	agent := r.agents[key.agentID]
	if agent == nil {
		agent = semaphore.NewWeighted(everyWriter)
		r.agents[key.agentID] = agent
	}
	node := r.nodes[key]
	if node == nil {
		node = semaphore.NewWeighted(1)
		r.nodes[key] = node
	}
	r.mu.Unlock()

	weight := int64(1)
	if key.nodeID == "" {
		weight = everyWriter
	}
	if err := agent.Acquire(ctx, weight); err != nil {
		return nil, &talq.NotSentError{Err: err}
	}
	if err := node.Acquire(ctx, 1); err != nil {
		agent.Release(weight)
		return nil, &talq.NotSentError{Err: err}
	}
	r.noteWriting(key.agentID, 1)
	return func() {
		r.noteWriting(key.agentID, -1)
		node.Release(1)
		agent.Release(weight)
	}, nil
}
