package publication

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

var _ action.ActionWithConfigure = (*publishAction)(nil)

// publishAction is the Terraform action talq_agent_publish, for
// `terraform apply -invoke=…` (Terraform 1.14 or newer).
type publishAction struct{ *session.Session }

// NewPublishAction makes the Terraform action talq_agent_publish.
func NewPublishAction() action.Action { return &publishAction{} }

func (a *publishAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agent_publish"
}

func (a *publishAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Publishes an agent now, whatever its state, with `terraform apply -invoke=action.talq_agent_publish.NAME`. " +
			"To keep an agent published, use the resource `talq_agent_publication`: an action that fails is not tried again by the next apply.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent to publish.",
				Required:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
		},
	}
}

func (a *publishAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Session = session.From(req.ProviderData, &resp.Diagnostics)
}

func (a *publishAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var agentID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("agent_id"), &agentID)...)
	if resp.Diagnostics.HasError() {
		return
	}
	op := session.Publishing(agentID.ValueString(), "Publishing twice does no harm.")
	op.Stateless = true
	a.Publish(ctx, agentID.ValueString(), op, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: "Agent " + agentID.ValueString() + " is published."})
}
