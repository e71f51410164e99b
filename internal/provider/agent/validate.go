package agent

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// foundNumbers refuses null among the ids of numbers, which is what a look-up with one() returns
// that finds nothing.
type foundNumbers struct{}

// Description implements [validator.Describer].
func (foundNumbers) Description(context.Context) string { return "must hold no null" }

// MarkdownDescription implements [validator.Describer].
func (v foundNumbers) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateSet implements [validator.Set].
func (foundNumbers) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if slices.ContainsFunc(req.ConfigValue.Elements(), attr.Value.IsNull) {
		resp.Diagnostics.AddAttributeError(req.Path, "No such phone number",
			"One of the ids is null. If it is looked up, as by one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == \"+12025550100\"]), "+
				"the account has no such number: compare it, plus sign and country code included, with what talq_phone_numbers returns. "+
				"Where the agent may be without the number, compact() leaves out what is null.")
	}
}

// ValidateConfig implements [resource.ResourceWithValidateConfig]: the rules that look at
// more than one attribute. They only warn, since the API takes all of it. An unknown value
// breaks none of them.
func (r *agentResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config agentModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkOutboundOnly(&resp.Diagnostics)
	config.checkIdle(&resp.Diagnostics)
}

// checkOutboundOnly warns of what the pages create-agent and update-advanced-settings
// describe for outbound calls.
func (m *agentModel) checkOutboundOnly(diags *diag.Diagnostics) {
	if m.Direction.ValueString() != "inbound" {
		return
	}
	if mode := m.IVRNavigationMode.ValueString(); mode != "" && mode != "off" {
		diags.AddAttributeWarning(path.Root("ivr_navigation_mode"), summaryNoEffect,
			"Only outbound calls reach the menus of telephone systems, and this agent is inbound. Set it to \"off\", or make the agent outbound.")
	}
	if m.messageCache().ValueBool() {
		diags.AddAttributeWarning(path.Root("advanced_settings").AtName("enable_initial_message_cache"), summaryNoEffect,
			"The first message is cached for repeated outbound calls only, and this agent is inbound. Remove the setting, or make the agent outbound.")
	}
}

// checkIdle warns of a number of questions that are never asked.
func (m *agentModel) checkIdle(diags *diag.Diagnostics) {
	if known(m.AskIfHumanPresentOnIdle) && !m.AskIfHumanPresentOnIdle.ValueBool() && known(m.MaxIdleCheckCount) {
		diags.AddAttributeWarning(path.Root("max_idle_check_count"), summaryNoEffect,
			"The agent ends an idle call without a question, since ask_if_human_present_on_idle is false. Remove the number, or set that to true.")
	}
}

// summaryNoEffect heads warnings of what has no effect.
const summaryNoEffect = "A setting without effect"
