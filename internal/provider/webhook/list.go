package webhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ list.ListResourceWithConfigure = (*upsert.List[talq.Webhook])(nil)

// NewList makes the list resource talq_agent_webhook.
func NewList() list.ListResource {
	return &upsert.List[talq.Webhook]{
		Base: session.Base{Name: "agent_webhook"}, Kind: session.Webhook,
		Description: "Finds webhooks of agents, for `terraform query` (Terraform 1.14 or newer).",
		OfAgent:     "The agent whose webhooks are listed. Without it those of all agents that the token reaches.",
		Read:        readWebhooks,
		Found: func(agentID string, w talq.Webhook) upsert.Found {
			seen := blank(agentID).stateFromServer(w)
			name := seen.Name.ValueString()
			if status := seen.Status.ValueString(); status != "" {
				name = fmt.Sprintf("%s (%s)", name, status)
			}
			return upsert.Found{Name: name, Item: seen.item(), State: seen, Attributes: seen.attributes()}
		},
	}
}

// readWebhooks returns all webhooks of an agent.
func readWebhooks(ctx context.Context, client *talq.Client, agentID string) ([]talq.Webhook, error) {
	listing, err := client.ListWebhooks(ctx, agentID)
	if err != nil {
		return nil, err
	}
	return listing.Webhooks, nil
}
