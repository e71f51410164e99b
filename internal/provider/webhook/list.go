package webhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

var _ list.ListResourceWithConfigure = (*webhookList)(nil)

// webhookList is the list resource talq_agent_webhook, for `terraform query` (Terraform
// 1.14 or newer).
type webhookList struct{ session.Base }

// NewList makes the list resource talq_agent_webhook.
func NewList() list.ListResource { return &webhookList{session.Base{Name: "agent_webhook"}} }

// webhookListModel is the configuration of a list block.
type webhookListModel struct {
	AgentID types.String `tfsdk:"agent_id"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *webhookList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds webhooks of agents, for `terraform query` (Terraform 1.14 or newer).",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose webhooks are listed. Without it those of all agents that the token reaches, with one request for each agent.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
		},
	}
}

// List implements [list.ListResource].
func (l *webhookList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config webhookListModel
	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	upsert.ListBlock{Kind: session.Webhook, AgentID: config.AgentID, Call: l.found}.Stream(ctx, l.Client, req, stream)
}

// found returns the webhooks of an agent, which no answer about the agent shows.
func (l *webhookList) found(ctx context.Context, agentID string) (found []upsert.Found, problems diag.Diagnostics) {
	listing, err := l.Client.ListWebhooks(ctx, agentID)
	if err != nil {
		session.AddAPIError(&problems, session.Operation{Verb: "read", Subject: "webhooks of agent " + agentID, Stateless: true}, err)
		return nil, problems
	}
	for _, w := range listing.Webhooks {
		seen := blank(agentID).stateFromServer(w)
		name := seen.Name.ValueString()
		if status := seen.Status.ValueString(); status != "" {
			name = fmt.Sprintf("%s (%s)", name, status)
		}
		found = append(found, upsert.Found{Name: name, Item: seen.item(), State: seen})
	}
	return found, nil
}
