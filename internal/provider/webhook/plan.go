package webhook

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
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
	if plan.sameTemplates(&state) {
		plan.PayloadTemplates = state.PayloadTemplates
	}
	r.warnUnknownEvents(ctx, &plan, &state, &resp.Diagnostics)
	switch {
	case unsure != nil:
		r.WarnOfDoubt(state.item(), &resp.Diagnostics)
		plan.Status, plan.Revision = types.StringUnknown(), types.StringUnknown()
		if !plan.hasSecret() && unsure.MayHaveSet(tfvalue.AttributeSecret) {
			resp.RequiresReplace.Append(path.Root("revision")) // Terraform wants an attribute that changes
		}
	case len(plan.differing(&state)) == 0:
		plan.Status, plan.Revision = state.Status, state.Revision
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
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
		"events": unknown(tfvalue.SortedTexts(plan.Events)), attributeTemplates: unknown(slices.Sorted(maps.Keys(plan.PayloadTemplates.Elements()))),
	} {
		if len(names) > 0 {
			diags.AddAttributeWarning(path.Root(attribute), "Unknown event", fmt.Sprintf(
				"The API does not list %s among the events of agent %s, and is likely to refuse the webhook. Use the events that it lists: %s.",
				tfvalue.Quoted(names), plan.AgentID.ValueString(), tfvalue.Quoted(slices.Sorted(maps.Keys(available)))))
		}
	}
}

// sameTemplates reports whether the templates of two webhooks, if both have some, are the same
// JSON.
func (m *webhookModel) sameTemplates(state *webhookModel) bool {
	return !m.PayloadTemplates.IsNull() && !m.PayloadTemplates.IsUnknown() && !state.PayloadTemplates.IsNull() &&
		maps.EqualFunc(m.PayloadTemplates.Elements(), state.PayloadTemplates.Elements(), func(a, b attr.Value) bool {
			planned, _ := a.(types.String)
			stored, _ := b.(types.String)
			return set(planned) && set(stored) && tfvalue.EqualJSON(planned.ValueString(), stored.ValueString())
		})
}
