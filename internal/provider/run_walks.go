package provider

import "github.com/hashicorp/terraform-plugin-framework/types"

// walks tells whether one configured provider serves more than one walk of
// Terraform. A plan and an apply each configure a provider of their own, but
// `terraform test` with a provider block in the test's file (seen with Terraform
// 1.15.9) configures one for all: the validation, then each plan and each apply.
// What one walk has planned must then not count as a second resource in the next.
//
// No call says to which walk or resource it belongs. But whenever Terraform plans
// a resource it validates it right before, so validations are ahead of plans for
// good only where a walk that validates shares the provider.
type walks struct {
	validated map[nodeKey]int // by what the configuration says
	planned   map[nodeKey]int
	held      map[nodeKey]int // plans with a state, which a replacement's second one may follow
}

func newWalks() walks {
	return walks{validated: map[nodeKey]int{}, planned: map[nodeKey]int{}, held: map[nodeKey]int{}}
}

// shared reports whether validations of the action, or of those whose node id is
// not known, are ahead of plans.
func (w walks) shared(key nodeKey) bool {
	return w.validated[key] > w.planned[key] || w.validated[nodeKey{}] > w.planned[nodeKey{}]
}

// noteValidated notes that a resource was validated.
func (r *run) noteValidated(key nodeKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.walks.validated[key]++
}

// notePlanned notes that a resource was planned, but not to be destroyed.
func (r *run) notePlanned(key nodeKey, create bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !create:
		r.walks.held[key]++
	case r.walks.held[key] > 0: // a replacement is validated once and planned twice
		r.walks.held[key]--
		return
	}
	r.walks.planned[key]++
}

// noteSeen notes the revision of a state that was handed in. If this run has
// written it, what was one run is over: another walk begins.
func (r *run) noteSeen(revision types.String) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.revisions[revision.ValueString()] {
		return
	}
	r.planned, r.holders, r.created = map[nodeKey]bool{}, map[actionKey]holder{}, map[actionKey]bool{}
	r.written, r.deleted, r.revisions = map[actionKey]bool{}, map[actionKey]bool{}, map[string]bool{}
	r.known = map[string]ids{}
	for agentID, l := range r.live { // what is under way is still under way
		r.live[agentID] = liveness{notReady: l.notReady, writing: l.writing}
	}
}

// noteRevision notes the revision that a write of this run has given. None at all,
// as where the machine gave no random numbers, tells nothing: imports have none either.
func (r *run) noteRevision(revision types.String) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if revision.ValueString() != "" {
		r.revisions[revision.ValueString()] = true
	}
}

// plannedKey is nodeKey, or the zero one where not all of it is known.
func (m *actionModel) plannedKey() nodeKey {
	if m.AgentID.IsUnknown() || m.NodeID.IsUnknown() {
		return nodeKey{}
	}
	return m.nodeKey()
}
