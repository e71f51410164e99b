package webhook

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it finds one webhook under two
// addresses, warns of events that the API does not list, replaces a webhook whose secret goes
// away, and keeps what an update without a write does not change.
func (r *webhookResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state webhookModel
	create, destroy := session.Planned(ctx, req, &plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !create && r.RefuseHeldTwice(state.item(), destroy, &resp.Diagnostics) || destroy {
		return
	}
	if create {
		r.warnUnknownEvents(ctx, &plan, &webhookModel{}, &resp.Diagnostics)
		return
	}
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	r.warnUnknownEvents(ctx, &plan, &state, &resp.Diagnostics)
	switch {
	case unsure != nil:
		r.WarnOfDoubt(state.item(), &resp.Diagnostics)
		plan.Status, plan.Revision = types.StringUnknown(), types.StringUnknown()
		if !plan.hasSecret() && unsure.MayHaveSet(tfvalue.AttributeSecret) {
			resp.RequiresReplace.Append(path.Root("revision")) // Terraform wants an attribute that changes
		}
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	case len(plan.differing(&state)) == 0:
		plan.Status, plan.Revision = state.Status, state.Revision
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
	resp.RequiresReplace.Append(plan.losesSecret(&state)...)
}

// losesSecret returns the attribute with which a plan takes the secret away, if it does. What
// removes one from a webhook no page says, so the webhook is made again without it.
func (m *webhookModel) losesSecret(state *webhookModel) path.Paths {
	switch {
	case m.hasSecret():
	case !state.Secret.IsNull():
		return path.Paths{path.Root(tfvalue.AttributeSecret)}
	case !state.SecretWOVersion.IsNull():
		return path.Paths{path.Root(tfvalue.AttributeSecretWOVersion)}
	}
	return nil
}

// warnUnknownEvents compares the events of a new or changed webhook with those that the API
// lists. Where they cannot be read, as before there is an agent, nothing is said: the API
// itself refuses what it does not know.
func (r *webhookResource) warnUnknownEvents(ctx context.Context, plan, state *webhookModel, diags *diag.Diagnostics) {
	if r.Session == nil || !set(plan.AgentID) || plan.Events.Equal(state.Events) && plan.PayloadTemplates.Equal(state.PayloadTemplates) {
		return
	}
	listing, err := r.Client.ListWebhooks(ctx, plan.AgentID.ValueString())
	if err != nil || listing.AvailableEvents.Value == nil {
		return
	}
	available := *listing.AvailableEvents.Value
	unknown := func(names []string) []string {
		return slices.DeleteFunc(names, func(name string) bool { _, there := available[name]; return there })
	}
	for attribute, names := range map[string][]string{
		"events": unknown(textsOf(plan.Events)), attributeTemplates: unknown(slices.Sorted(maps.Keys(plan.PayloadTemplates.Elements()))),
	} {
		if len(names) > 0 {
			diags.AddAttributeWarning(path.Root(attribute), "Unknown event", fmt.Sprintf(
				"The API does not list %s among the events of agent %s, and is likely to refuse the webhook. Use the events that it lists: %s.",
				tfvalue.Quoted(names), plan.AgentID.ValueString(), tfvalue.Quoted(slices.Sorted(maps.Keys(available)))))
		}
	}
}

// keepEqualTemplates keeps the templates of the state where those of the configuration are the
// same JSON.
type keepEqualTemplates struct{}

// Description implements [planmodifier.Describer].
func (keepEqualTemplates) Description(context.Context) string {
	return "Templates that are the same JSON are no change."
}

// MarkdownDescription implements [planmodifier.Describer].
func (k keepEqualTemplates) MarkdownDescription(ctx context.Context) string {
	return k.Description(ctx)
}

// PlanModifyMap implements [planmodifier.Map].
func (keepEqualTemplates) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if req.PlanValue.IsUnknown() || req.PlanValue.IsNull() || req.StateValue.IsNull() {
		return
	}
	same := func(a, b any) bool {
		first, okFirst := a.(types.String)
		second, okSecond := b.(types.String)
		return okFirst && okSecond && set(first) && set(second) && tfvalue.EqualJSON(first.ValueString(), second.ValueString())
	}
	planned, prior := req.PlanValue.Elements(), req.StateValue.Elements()
	if len(planned) != len(prior) {
		return
	}
	for event, template := range planned {
		if !same(template, prior[event]) {
			return
		}
	}
	resp.PlanValue = req.StateValue
}
