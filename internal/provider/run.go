package provider

import "github.com/hashicorp/terraform-plugin-framework/types"

// run is what one configured provider remembers. Terraform configures a new one for
// each walk (plan, apply), except under `terraform test`, where one may serve every
// walk of a test file.
type run struct {
	*writeLocks
	*ledger
	*liveAgents
	*firstListings
}

func newRun() *run {
	return &run{newWriteLocks(), newLedger(), newLiveAgents(), newFirstListings()}
}

// nodeKey names an action as the upsert does, actionKey as everything else does.
type (
	nodeKey   struct{ agentID, nodeID string }
	actionKey struct{ agentID, id string }
	ids       map[string]bool
)

// handedIn notes a state that Terraform hands in to plan or to read. If this run has
// written it, a later walk has begun, and that write counts no longer.
func (r *run) handedIn(key actionKey, revision types.String) {
	if r.forgetOlder(key, revision.ValueString()) {
		r.forgetAgent(key.agentID)
		r.forgetListing(key.agentID)
	}
}
