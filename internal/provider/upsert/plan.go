package upsert

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// CheckPlan does what a plan is to be refused or warned for: one item under two addresses, a
// node id that is missing or cannot be checked, and an update in doubt, which it returns.
// Differing names what differs between plan and state. It reports false where the plan stays as
// it is: it is refused, creates or destroys.
func (r *Resource) CheckPlan(ctx context.Context, private PrivateState, create, destroy bool, plan, state Item, differing []string, diags *diag.Diagnostics) (unsure *Doubt, ok bool) {
	if create {
		if plan.NodeID.IsNull() {
			r.addMissingNodeID(diags)
		}
		return nil, false
	}
	if r.RefuseHeldTwice(state, destroy, diags) || destroy {
		return nil, false
	}
	unsure = ReadDoubt(ctx, private, diags)
	if diags.HasError() || r.refuseWithoutNodeID(plan, state, differing, unsure, diags) {
		return nil, false
	}
	r.warnUncheckedNodeID(plan, state, diags)
	if unsure != nil {
		r.WarnOfDoubt(state, diags)
	}
	return unsure, true
}

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
	diags.AddError(r.Kind.CapitalWord()+" managed twice", fmt.Sprintf(
		"The state has the %[2]s, id %[3]s, under more than one address. To destroy or change it at one address would affect the other. "+
			"Remove one from the configuration and from the state, with `terraform state rm` or a `removed` block with `destroy = false`. "+
			"If there is only one address, a replacement under create_before_destroy was interrupted: remove it from the state and import the %[1]s again. "+
			"To destroy all of them at once, use `terraform destroy -refresh=false`.",
		r.Kind, state.Subject, state.ID.ValueString()))
	return true
}

// warnUncheckedNodeID says that a node id which an import did not bring cannot be checked.
func (r *Resource) warnUncheckedNodeID(plan, state Item, diags *diag.Diagnostics) {
	if !state.NodeID.IsNull() || plan.NodeID.IsNull() {
		return
	}
	diags.AddAttributeWarning(path.Root("node_id"), "The node id cannot be checked", fmt.Sprintf(
		"The API never returns node ids, so nothing can check whether the %[2]s has this one. The apply only stores it; the next write uses it, so make sure that it is right. "+
			"If no %[1]s has it, that write fails: no %[1]s is lost, but the agent is left a draft. If another %[1]s of the agent has it, that one is overwritten.", r.Kind, state.Subject))
}

// refuseWithoutNodeID reports whether a plan without a node id needs one, and says so: to change
// an item in what differing names, or to write one again after an update of unknown outcome.
func (r *Resource) refuseWithoutNodeID(plan, state Item, differing []string, unsure *Doubt, diags *diag.Diagnostics) bool {
	switch {
	case !plan.NodeID.IsNull():
		return false
	case !state.NodeID.IsNull():
		diags.AddAttributeError(path.Root("node_id"), "Node id removed", fmt.Sprintf(
			"The %s has the node id %[2]q in the state. Write node_id = %[2]q into the configuration: without it the API cannot find the %[3]s at a write.",
			state.Subject, state.NodeID.ValueString(), r.Kind))
	case len(differing) == 0 && unsure == nil:
		return false
	default:
		why := "differs from the configuration: " + tfvalue.Listed(differing)
		if len(differing) == 0 {
			why = "must be written again, since its last update got no clear answer"
		}
		first := ""
		if r.Hides {
			first = " Before that, write into the configuration what the API does not return, or it is lost."
		}
		diags.AddAttributeError(path.Root("node_id"), "A change needs the node id", fmt.Sprintf(
			"The %[2]s %[3]s. The API finds the %[1]s at a write by its node id, which it never returns, and none is set, as after an import. There are two ways out.\n"+
				"  1. If you know the %[1]s's right node id, write it into node_id.\n"+
				"  2. If not, choose a new node_id of your own and run `terraform apply -replace=ADDRESS`, which deletes the %[1]s and creates it again.%[4]s\n"+
				"To leave the %[1]s as it is, write its values into the configuration: then the plan is empty.", r.Kind, state.Subject, why, first))
	}
	return true
}

// addMissingNodeID says that a new item needs a node id.
func (r *Resource) addMissingNodeID(diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("node_id"), "Missing node_id", fmt.Sprintf(
		"A new %[1]s needs a node_id: a name of your own, unique among the %[1]ss of its agent. The API finds the %[1]s by it at every write, "+
			"so that an interrupted apply leads to no second copy. Only %[2]s that was imported may be without one.", r.Kind, strings.ToLower(r.Kind.CapitalOne())))
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
