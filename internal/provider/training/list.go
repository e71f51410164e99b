package training

import (
	"context"

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

var _ list.ListResourceWithConfigure = (*trainingList)(nil)

// trainingList is the list resource talq_training, for `terraform query` (Terraform
// 1.14 or newer).
type trainingList struct{ session.Base }

// NewList makes the list resource talq_training.
func NewList() list.ListResource { return &trainingList{session.Base{Name: "training"}} }

// trainingListModel is the configuration of a list block.
type trainingListModel struct {
	AgentID       types.String `tfsdk:"agent_id"`
	CurrentStatus types.String `tfsdk:"current_status"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *trainingList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds trainings, for `terraform query` (Terraform 1.14 or newer). The API never returns node ids, so a generated configuration lacks its `node_id`.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose trainings are listed. Without it those of all agents that the token reaches.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "Only `active` or only `inactive` trainings.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(statusActive, statusInactive)},
			},
		},
	}
}

// List implements [list.ListResource].
func (l *trainingList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config trainingListModel
	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	upsert.ListBlock{Kind: session.Training, AgentID: config.AgentID, Read: readTrainings, Found: config.found}.Stream(ctx, l.Client, req, stream)
}

func readTrainings(ctx context.Context, client *talq.Client, agent *talq.Agent) error {
	listing, err := client.ListTrainings(ctx, agent.ID)
	if err == nil {
		agent.Trainings.Value = &listing.Trainings
	}
	return err
}

// found returns the trainings of an agent that the filters let through. A list of agents may
// leave parts out (API.md, endpoints): then it reports false.
func (m trainingListModel) found(agent talq.Agent) (found []upsert.Found, whole bool) {
	if agent.Trainings.Value == nil {
		return nil, false
	}
	for _, t := range *agent.Trainings.Value {
		if !t.Subject.Present || !t.CurrentStatus.Present {
			return nil, false
		}
		seen := stateOfNewcomer(agent.ID, t)
		if tfvalue.LetsThrough(m.CurrentStatus, seen.CurrentStatus) {
			found = append(found, upsert.Found{Name: seen.Subject.ValueString(), Item: seen.item(), State: seen})
		}
	}
	return found, true
}
