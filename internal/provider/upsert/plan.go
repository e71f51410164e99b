package upsert

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// RefuseHeldTwice reports whether the state holds an item under more than one address of
// which not all are to be destroyed, and says so.
func (r *Resource) RefuseHeldTwice(state Item, destroy bool, diags *diag.Diagnostics) bool {
	if r.Session == nil {
		return false
	}
	r.Run.HandedIn(state.Key(), state.Revision)
	if r.Run.Hold(state.Key(), state.Revision.ValueString(), destroy) {
		return false
	}
	diags.AddError(r.Kind.CapitalWord()+" held twice", fmt.Sprintf(
		"The state has the %[2]s, id %[3]s, under more than one address. To destroy or change one of them would hit the other. "+
			"Take one out of the configuration and out of the state, with `terraform state rm` or a `removed` block with `destroy = false`. "+
			"If there is only one address, a replacement under create_before_destroy was interrupted: take it out of the state and import the %[1]s again. "+
			"To destroy all of them at once, use `terraform destroy -refresh=false`.",
		r.Kind, state.Subject, state.ID.ValueString()))
	return true
}

// WarnUncheckedNodeID says that a node id which an import did not bring cannot be checked.
func (r *Resource) WarnUncheckedNodeID(plan, state Item, diags *diag.Diagnostics) {
	if !state.NodeID.IsNull() || plan.NodeID.IsNull() {
		return
	}
	diags.AddAttributeWarning(path.Root("node_id"), "The node id cannot be checked", fmt.Sprintf(
		"The API never returns node ids, so nobody can tell whether the %[2]s has this one. It is stored unchecked, and shows at the next write: "+
			"if no %[1]s has it, that fails, no %[1]s is lost, and the agent is left a draft; if another %[1]s of the agent has it, that one is overwritten.", r.Kind, state.Subject))
}

// OnlyFillsNodeID reports whether a plan does no more than to store the node id
// that an import did not bring; differing names all that differs. Nothing of that goes to
// the API.
func OnlyFillsNodeID(plan, state Item, differing []string) bool {
	if !state.NodeID.IsNull() || plan.NodeID.IsNull() || plan.NodeID.IsUnknown() {
		return false
	}
	return len(differing) == 1 && differing[0] == "node_id"
}
