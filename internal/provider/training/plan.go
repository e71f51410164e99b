package training

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it finds one
// training under two addresses, asks for a node id where one is needed, and keeps what an update without a write does not change.
func (r *trainingResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state trainingModel
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
		r.RefuseWithoutNodeID(plan.item(), nil, nil, nil, &resp.Diagnostics)
		return
	}
	before := state.item()
	if r.RefuseHeldTwice(before, destroy, &resp.Diagnostics) || destroy {
		return
	}
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || r.RefuseWithoutNodeID(plan.item(), &before, plan.differing(&state), unsure, &resp.Diagnostics) {
		return
	}
	r.WarnUncheckedNodeID(plan.item(), before, &resp.Diagnostics)
	switch {
	case unsure != nil:
		r.WarnOfDoubt(state.item(), &resp.Diagnostics)
		plan.UpdatedAt, plan.Revision = types.StringUnknown(), types.StringUnknown()
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	case upsert.OnlyFillsNodeID(plan.item(), state.item(), plan.differing(&state)):
		plan.UpdatedAt, plan.Revision = state.UpdatedAt, state.Revision
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}
