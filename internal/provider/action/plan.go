package action

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it finds one
// action under two addresses, asks for a node id where one is needed, and keeps what an update without a write does not change.
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
		r.RefuseWithoutNodeID(plan.item(), nil, nil, nil, &resp.Diagnostics)
		return
	}
	if r.RefuseHeldTwice(state.item(), destroy, &resp.Diagnostics) {
		return
	}
	if destroy {
		return
	}
	before := state.item()
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || r.RefuseWithoutNodeID(plan.item(), &before, plan.differing(&state), unsure, &resp.Diagnostics) {
		return
	}
	r.WarnUncheckedNodeID(plan.item(), before, &resp.Diagnostics)
	switch {
	case unsure != nil:
		r.WarnOfDoubt(state.item(), &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.rewritten())...)
	case r.rewrites(ctx, req.Private, &plan, &state, &resp.Diagnostics):
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.rewritten())...)
	case upsert.OnlyFillsNodeID(plan.item(), state.item(), plan.differing(&state)):
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
