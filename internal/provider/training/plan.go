package training

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it writes
// again what is in doubt, and keeps what an update without a write does not change.
func (r *trainingResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state trainingModel
	create, destroy := session.Planned(ctx, req, &plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	differing := plan.differing(&state)
	unsure, ok := r.CheckPlan(ctx, req.Private, create, destroy, plan.item(), state.item(), differing, &resp.Diagnostics)
	if !ok {
		return
	}
	switch {
	case unsure != nil:
		plan.UpdatedAt, plan.Revision = types.StringUnknown(), types.StringUnknown()
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	case upsert.OnlyFillsNodeID(plan.item(), state.item(), differing):
		plan.UpdatedAt, plan.Revision = state.UpdatedAt, state.Revision
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}
