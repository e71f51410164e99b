package action

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it finds one
// action under two addresses, and keeps what an update without a write does not change.
func (r *actionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state actionModel
	destroy, create := req.Plan.Raw.IsNull(), req.State.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !destroy {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if create {
		return
	}
	if r.Session != nil {
		r.Run.HandedIn(state.actionKey(), state.Revision)
		if !r.Run.Hold(state.actionKey(), state.Revision.ValueString(), destroy) {
			resp.Diagnostics.AddError("Action held twice", fmt.Sprintf(
				"The state has the %s, id %s, under more than one address. To destroy or change one of them would hit the other. "+
					"Take one out of the configuration and out of the state, with `terraform state rm` or a `removed` block with `destroy = false`. "+
					"If there is only one address, a replacement under create_before_destroy was interrupted: take it out of the state and import the action again. "+
					"To destroy all of them at once, use `terraform destroy -refresh=false`.",
				state.subject(), state.ID.ValueString()))
			return
		}
	}
	if !destroy && state.NodeID.IsNull() && !plan.NodeID.IsNull() {
		resp.Diagnostics.AddAttributeWarning(path.Root("node_id"), "The node id cannot be checked", fmt.Sprintf(
			"The API never returns node ids, so nobody can tell whether the %s has this one. It is stored unchecked, and shows at the next write: "+
				"if no action has it, that fails, no action is lost, and the agent is left a draft; if another action of the agent has it, that one is overwritten.", state.subject()))
	}
	if destroy {
		return
	}
	unsure := readDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	switch {
	case unsure != nil:
		resp.Diagnostics.AddWarning("The outcome of the last update is not known", fmt.Sprintf(
			"An earlier apply got no clear answer to an update of the %s, so nobody can tell what it holds of the attributes that the API does not return. This plan writes the action again.", state.subject()))
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.rewritten())...)
	case r.rewrites(ctx, req.Private, &state, &resp.Diagnostics):
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.rewritten())...)
	case plan.onlyFillsNodeID(&state):
		plan.Label, plan.UpdatedAt, plan.Revision = state.Label, state.UpdatedAt, state.Revision
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// rewritten returns a plan that is carried out even if nothing that can be read
// differs.
func (m actionModel) rewritten() actionModel {
	m.Label, m.UpdatedAt, m.Revision = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	return m
}

// onlyFillsNodeID reports whether a plan does no more than to store the node id
// that an import did not bring. Nothing of that goes to the API.
func (m *actionModel) onlyFillsNodeID(state *actionModel) bool {
	if !state.NodeID.IsNull() || m.NodeID.IsNull() || m.NodeID.IsUnknown() {
		return false
	}
	differing := m.differing(state)
	return len(differing) == 1 && differing[0] == "node_id"
}
