package session

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// run is what one configured provider remembers. Terraform configures a new one for
// each walk (plan, apply), except under `terraform test`, where one may serve every
// walk of a test file.
type run struct {
	*writeLocks
	*ledger
	*liveAgents
	*firstListings
	*ownAgents
}

func newRun() *run {
	return &run{newWriteLocks(), newLedger(), newLiveAgents(), newFirstListings(), newOwnAgents()}
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
	if r.forgetOlder(key, revision.ValueString()) {
		r.forgetAgent(key.AgentID)
		r.forgetListing(key.Kind, key.AgentID)
	}
}
