package flow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it keeps what says the same as the
// state, and asks the API what it would refuse of a flow that changes.
func (r *flowResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Session == nil {
		return
	}
	var plan, state flowModel
	create, destroy := session.Planned(ctx, req, &plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || (!create && r.refuseHeldTwice(&state, destroy, &resp.Diagnostics)) || destroy {
		return
	}
	if !create && plan.AgentID.Equal(state.AgentID) && r.keepSame(ctx, req, resp, &plan, &state) {
		return
	}
	r.askAPI(ctx, &plan, &resp.Diagnostics)
}

// keepSame reports whether a plan changes nothing for the API, and then lets it keep the
// state's revision, and the form of its texts. After an update of which nobody knows whether it
// was carried out it plans a new revision, which a publication waits for.
func (r *flowResource) keepSame(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, plan, state *flowModel) bool {
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return true
	}
	same := plan.known(ctx) && plan.sameAs(state)
	if same {
		plan.FlowConfig, plan.FlowConfigJSON = kept(plan.FlowConfig, state.FlowConfig), kept(plan.FlowConfigJSON, state.FlowConfigJSON)
	}
	if unsure != nil {
		resp.Diagnostics.AddWarning("The outcome of the last update is not known", fmt.Sprintf(
			"An earlier apply got no clear answer to an update of the %s, so it is not known whether a publication came after it. "+
				"This plan changes the flow's revision, so that the agent is published, and writes the flow again only if the API does not have it.", plan.subject()))
		plan.Revision = types.StringUnknown()
	} else if same {
		plan.Revision = state.Revision
	}
	if same || unsure != nil {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
	return same
}

// kept returns a planned value with the texts of the state wherever both have one: Terraform
// lets a provider plan those, and nothing else, instead of the configuration's. It is for
// values that mean the same, and so shows no change of form, such as 1.5 for 1.50 in JSON.
func kept[T attr.Value](plan, state T) T {
	value, _ := keptValue(plan, state).(T)
	return value
}

func keptValue(plan, state attr.Value) attr.Value {
	if plan.IsNull() || state == nil || state.IsNull() {
		return plan
	}
	switch plan := plan.(type) {
	case types.String:
		return state
	case types.Object:
		state, _ := state.(types.Object)
		values := map[string]attr.Value{}
		for name, value := range plan.Attributes() {
			values[name] = keptValue(value, state.Attributes()[name])
		}
		return types.ObjectValueMust(plan.AttributeTypes(context.Background()), values)
	case types.List:
		state, _ := state.(types.List)
		elements := plan.Elements()
		if len(elements) != len(state.Elements()) {
			return plan
		}
		for i := range elements {
			elements[i] = keptValue(elements[i], state.Elements()[i])
		}
		return types.ListValueMust(plan.ElementType(context.Background()), elements)
	}
	return plan
}

// askAPI makes the API check a flow that is to be written (page validate-agent-flow), where
// all of it is known. It changes nothing there. Where the API gives no answer the plan goes
// on: the apply says more.
func (r *flowResource) askAPI(ctx context.Context, plan *flowModel, diags *diag.Diagnostics) {
	if plan.AgentID.IsUnknown() || !plan.known(ctx) || plan.ConversationMode.ValueString() != talq.FlowDriven {
		return
	}
	sentences, err := r.Client.ValidateFlow(ctx, plan.AgentID.ValueString(), plan.json())
	if err != nil {
		diags.AddWarning("The flow could not be checked", fmt.Sprintf(
			"The plan could not ask the API whether it would accept the %s: %s. The plan goes on without that check, and the apply asks again.", plan.subject(), err))
		return
	}
	plan.addSentences(diags, sentences, "Nothing was changed. Correct the flow and plan again.")
}

// refuseHeldTwice reports whether the state holds the flow under more than one address of
// which not all are to be destroyed, and says so.
func (r *flowResource) refuseHeldTwice(state *flowModel, destroy bool, diags *diag.Diagnostics) bool {
	r.Run.HandedIn(state.key(), state.Revision)
	if r.Run.Hold(state.key(), state.Revision.ValueString(), destroy) {
		return false
	}
	diags.AddError("Flow managed twice", fmt.Sprintf(
		"The state has the %s under more than one address, and an agent has one flow. "+
			"Remove one from the configuration and from the state, with `terraform state rm` or a `removed` block with `destroy = false`. "+
			"To destroy all of them at once, use `terraform destroy -refresh=false`.", state.subject()))
	return true
}
