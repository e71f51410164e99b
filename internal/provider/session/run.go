package session

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// run is what one configured provider remembers. Terraform configures a new one for
// each walk (plan, apply), except under `terraform test`, where one may serve every
// walk of a test file.
type run struct {
	turns
	ledger
	liveAgents
	before sync.Map // listing → IDs; see IDsBefore
}

// NodeKey names an action, or one of another kind, as the upsert does. Each kind has node
// ids of its own.
type NodeKey struct {
	Kind            Kind
	AgentID, NodeID string
}

// ItemKey names an action, or one of another kind, as every other call does.
type ItemKey struct {
	Kind        Kind
	AgentID, ID string
}

// IDs are the ids of an agent's actions, or of what it has of another kind.
type IDs map[string]bool

// HandedIn notes a state that Terraform hands in to plan or to read. If this run has
// written it, a later walk has begun, and that write counts no longer.
func (r *run) HandedIn(key ItemKey, revision types.String) {
	if r.handedIn(key, revision.ValueString()) {
		r.ForgetAgent(key.AgentID)
		r.before.Delete(listing{key.Kind, key.AgentID})
	}
}

// listing names all that an agent has of a kind.
type listing struct {
	kind    Kind
	agentID string
}

// IDsBefore returns the ids that the agent had of a kind before this run first updated an
// imported one of them, and asks for them with the given function if it has not. It is nil
// where asking failed, or the context ended. One caller asks at a time, since a write of one
// that knows already would make the others list again.
func (r *run) IDsBefore(ctx context.Context, kind Kind, agentID string, ask func() (IDs, error)) IDs {
	key := listing{kind, agentID}
	release, err := r.take(ctx, key, whole)
	if err != nil {
		return nil
	}
	defer release()
	if found, ok := r.before.Load(key); ok {
		ids, _ := found.(IDs)
		return ids
	}
	ids, err := ask()
	if err != nil {
		return nil
	}
	r.before.Store(key, ids)
	return ids
}
