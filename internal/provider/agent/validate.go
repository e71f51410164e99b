package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

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
