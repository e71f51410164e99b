package agent

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// ModifyPlan implements [resource.ResourceWithModifyPlan]: it refuses what no call of the API
// can bring about, and keeps what an update without a write does not change.
func (r *agentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state agentModel
	create, destroy := session.Planned(ctx, req, &plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if create {
		plan.checkVital(&resp.Diagnostics)
		return
	}
	if r.Session != nil {
		key := keyOf(state.ID.ValueString())
		r.Run.HandedIn(key, state.Revision)
		if !r.Run.Hold(key, state.Revision.ValueString(), destroy) {
			resp.Diagnostics.AddError("Agent managed twice", fmt.Sprintf(
				"The state has the %s under more than one address. To destroy or change it at one address would affect the other. "+
					"Remove one from the configuration and from the state, with `terraform state rm` or a `removed` block with `destroy = false`.", state.subject()))
			return
		}
	}
	if destroy {
		state.refuseProtected(&resp.Diagnostics)
		return
	}
	unsure := readDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.checkFixed(&state, &resp.Diagnostics)
	todo := joined(plan.changedParts(&state), unsure)
	plan.checkSendable(&state, todo, &resp.Diagnostics)
	if len(todo) > 0 && r.Session != nil {
		r.Run.NoteReadiness(state.ID.ValueString(), nil) // this apply may make it ready, so a publication does not warn
	}
	switch {
	case len(unsure) > 0:
		resp.Diagnostics.AddWarning("The outcome of the last update is not known", fmt.Sprintf(
			"An earlier apply got no clear answer to an update of the %s, so it is not known which values it has for the attributes that the API does not return. This plan writes that part of it again.", state.subject()))
		plan.CurrentStatus, plan.IsReadyToPublish = types.StringUnknown(), types.BoolUnknown()
		plan.UpdatedAt, plan.Revision = types.StringUnknown(), types.StringUnknown()
	case len(todo) == 0:
		plan.CurrentStatus, plan.IsReadyToPublish = state.CurrentStatus, state.IsReadyToPublish
		plan.UpdatedAt, plan.Revision = state.UpdatedAt, state.Revision
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// refuseProtected reports whether the agent may not be destroyed, and says how it may.
func (m *agentModel) refuseProtected(diags *diag.Diagnostics) bool {
	if !m.DeletionProtection.ValueBool() {
		return false
	}
	diags.AddAttributeError(path.Root("deletion_protection"), "The agent is protected", fmt.Sprintf(
		"This would delete the %s for good, with its trainings, actions and call history, and deletion_protection is on. "+
			"If you want that, set deletion_protection = false, apply, and then destroy it. To keep the agent and only stop managing it, use `terraform state rm`, or a `removed` block with `destroy = false`.",
		m.subject()))
	return true
}

// checkVital asks for what a create needs and the schema lets be null, because an import
// does not bring it.
func (m *agentModel) checkVital(diags *diag.Diagnostics) {
	for _, t := range traits {
		if t.vital && t.value(m).IsNull() {
			diags.AddAttributeError(path.Root(t.name), "Missing attribute of a new agent", fmt.Sprintf(
				"The API creates no agent without %s. Set it. Only an imported agent may be without it.", t.name))
		}
	}
}

// checkFixed refuses a change of what no call changes, where it can be read, and warns of
// one that cannot be (API-AGENT.md, ruling 1).
func (m *agentModel) checkFixed(state *agentModel, diags *diag.Diagnostics) {
	var unsent []trait
	for _, t := range m.differing(state) {
		wished, before := t.value(m), t.value(state)
		switch {
		case t.part != fixed, wished.IsUnknown(), t.vital && wished.IsNull():
		case t.hidden:
			unsent = append(unsent, t)
		case !sameText(wished, before):
			diags.AddAttributeError(path.Root(t.name), "The API cannot change this", fmt.Sprintf(
				"The %[1]s has the %[2]s %[3]q, and no call of the API changes that. Rename the agent in the dashboard, or write its %[2]s into the configuration: either way the plan is then empty. "+
					"Or replace the agent, which deletes it with its trainings, actions and call history: with the old %[2]s in the configuration, set deletion_protection = false and apply. "+
					"Then run `terraform taint ADDRESS`, write the new %[2]s, and apply.",
				state.subject(), t.name, textOf(before)))
		}
	}
	if len(unsent) > 0 {
		diags.AddWarning(summaryUnsent+": "+state.subject(), fmt.Sprintf(
			"The API takes these attributes of the %s only when the agent is created, and never returns them: %s. The apply stores the new values in the state and sends nothing. "+
				"Set them in the dashboard too, if the agent does not have them yet.", state.subject(), tfvalue.Listed(namesOf(unsent))))
	}
}

// summaryUnsent begins the summary, which goes on with the agent: Terraform shows only the
// first of warnings whose summaries are equal.
const summaryUnsent = "Settings that can only be changed in the dashboard"

// checkSendable refuses a change of a part that the API takes only together with something
// that nobody has set: whatever was sent would be invented (API-AGENT.md, ruling 2).
func (m *agentModel) checkSendable(state *agentModel, todo []part, diags *diag.Diagnostics) {
	if slices.Contains(todo, knowledge) {
		if m.temperature(state).IsNull() {
			diags.AddAttributeError(path.Root("llm_temperature"), summaryTogether, fmt.Sprintf(
				"To change how the %s talks, the API also needs llm_temperature. It never returns it, and this configuration has never set it, as after an import. "+
					"Look it up in the dashboard and set it.", state.subject()))
		}
		if m.Description.IsNull() {
			diags.AddAttributeError(path.Root("description"), summaryTogether, fmt.Sprintf(
				"To change how the %s talks, the API also needs its description, which cannot be removed. Set it.", state.subject()))
		}
	}
	if slices.Contains(todo, voice) && m.Voice.IsNull() {
		has := "It has no voice yet"
		if id := voiceOf(state.Voice).TemplateID.ValueString(); id != "" {
			has = fmt.Sprintf("It has the voice template %q now", id)
		}
		diags.AddAttributeError(path.Root("voice"), summaryTogether, fmt.Sprintf(
			"To change language, conversation_speed or who_speaks_first of the %s, the API also needs its voice, which cannot be removed. %s. "+
				"Set voice; or, to leave the voice to the dashboard, set `lifecycle { ignore_changes = [voice] }`.", state.subject(), has))
	}
}

// summaryTogether heads what a change is missing.
const summaryTogether = "The API needs another attribute for this change"

// sameText reports whether two texts differ only by what the API trims.
func sameText(a, b any) bool { return tfvalue.Trim(textOf(a)) == tfvalue.Trim(textOf(b)) }

func textOf(value any) string {
	text, _ := value.(types.String)
	return text.ValueString()
}
