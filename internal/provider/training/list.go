package training

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ list.ListResourceWithConfigure = (*upsert.List[talq.Training])(nil)

// NewList makes the list resource talq_training.
func NewList() list.ListResource {
	return &upsert.List[talq.Training]{
		Base: session.Base{Name: "training"}, Kind: session.Training,
		Description: "Finds trainings, for `terraform query` (Terraform 1.14 or newer). The API never returns node ids, so a generated configuration lacks its `node_id`.",
		OfAgent:     "The agent whose trainings are listed. Without it those of all agents that the token reaches.",
		Filters: map[string]schema.StringAttribute{"current_status": {
			MarkdownDescription: "Only `active` or only `inactive` trainings.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.OneOf(upsert.StatusActive, upsert.StatusInactive)},
		}},
		Read:    readTrainings,
		Shown:   func(agent talq.Agent) *[]talq.Training { return agent.Trainings.Value },
		IsWhole: func(t talq.Training) bool { return t.Subject.Present && t.CurrentStatus.Present },
		Found: func(agentID string, t talq.Training) upsert.Found {
			seen := stateOfNewcomer(agentID, t)
			return upsert.Found{Name: seen.Subject.ValueString(), Item: seen.item(), State: seen, Attributes: seen.attributes()}
		},
	}
}

// readTrainings returns all trainings of an agent.
func readTrainings(ctx context.Context, client *talq.Client, agentID string) ([]talq.Training, error) {
	listing, err := client.ListTrainings(ctx, agentID)
	if err != nil {
		return nil, err
	}
	return listing.Trainings, nil
}
