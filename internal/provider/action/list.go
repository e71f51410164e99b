package action

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ list.ListResourceWithConfigure = (*upsert.List[talq.Action])(nil)

// NewList makes the list resource talq_action.
func NewList() list.ListResource {
	return &upsert.List[talq.Action]{
		Base: session.Base{Name: "action"}, Kind: session.Action,
		Description: "Finds actions, for `terraform query` (Terraform 1.14 or newer). The API never returns node ids, so a generated configuration lacks its `node_id`.",
		OfAgent:     "The agent whose actions are listed. Without it those of all agents that the token reaches.",
		Filters: map[string]schema.StringAttribute{
			"type": {
				MarkdownDescription: "Only actions of this type: `webhook`, `external`, `transfer` or `hold`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(ActionTypes...)},
			},
			"current_status": {
				MarkdownDescription: "Only `active` or only `inactive` actions.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(upsert.StatusActive, upsert.StatusInactive)},
			},
		},
		Read:    readActions,
		Shown:   func(agent talq.Agent) *[]talq.Action { return agent.Actions.Value },
		IsWhole: func(a talq.Action) bool { return a.Name.Present && a.Type.Present && a.CurrentStatus.Present },
		Found: func(agentID string, a talq.Action) upsert.Found {
			seen := stateOfNewcomer(agentID, a)
			name := fmt.Sprintf("%s (%s)", seen.Name.ValueString(), seen.Type.ValueString())
			return upsert.Found{Name: name, Item: seen.item(), State: seen, Attributes: seen.attributes()}
		},
	}
}

// readActions returns all actions of an agent.
func readActions(ctx context.Context, client *talq.Client, agentID string) ([]talq.Action, error) {
	listing, err := client.ListActions(ctx, agentID)
	if err != nil {
		return nil, err
	}
	return listing.Actions, nil
}
