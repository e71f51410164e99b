package action

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ list.ListResourceWithConfigure = (*actionList)(nil)

// actionList is the list resource talq_action, for `terraform query` (Terraform
// 1.14 or newer).
type actionList struct{ session.Base }

// NewList makes the list resource talq_action.
func NewList() list.ListResource { return &actionList{session.Base{Name: "action"}} }

// actionListModel is the configuration of a list block.
type actionListModel struct {
	AgentID       types.String `tfsdk:"agent_id"`
	Type          types.String `tfsdk:"type"`
	CurrentStatus types.String `tfsdk:"current_status"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *actionList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds actions, for `terraform query` (Terraform 1.14 or newer). The API never returns node ids, so a generated configuration lacks its `node_id`.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose actions are listed. Without it those of all agents that the token reaches.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Only actions of this type: `webhook`, `external`, `transfer` or `hold`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(ActionTypes...)},
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "Only `active` or only `inactive` actions.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("active", "inactive")},
			},
		},
	}
}

// List implements [list.ListResource].
func (l *actionList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config actionListModel
	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	upsert.ListBlock{Kind: session.Action, AgentID: config.AgentID, Read: readActions, Found: config.found}.Stream(ctx, l.Client, req, stream)
}

func readActions(ctx context.Context, client *talq.Client, agent *talq.Agent) error {
	listing, err := client.ListActions(ctx, agent.ID)
	if err == nil {
		agent.Actions.Value = &listing.Actions
	}
	return err
}

// found returns the actions of an agent that the filters let through. A list of agents may
// leave parts out (API.md, endpoints): then it reports false.
func (m actionListModel) found(agent talq.Agent) (found []upsert.Found, whole bool) {
	if agent.Actions.Value == nil {
		return nil, false
	}
	for _, a := range *agent.Actions.Value {
		if !a.Name.Present || !a.Type.Present || !a.CurrentStatus.Present {
			return nil, false
		}
		seen := stateOfNewcomer(agent.ID, a)
		if tfvalue.LetsThrough(m.Type, seen.Type) && tfvalue.LetsThrough(m.CurrentStatus, seen.CurrentStatus) {
			found = append(found, upsert.Found{Name: fmt.Sprintf("%s (%s)", seen.Name.ValueString(), seen.Type.ValueString()), Item: seen.item(), State: seen})
		}
	}
	return found, true
}
