package action

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// NewDataSource makes the data source talq_actions.
func NewDataSource() datasource.DataSource {
	return session.NewLookup("actions", actionsSchema, fill)
}

// fill reads the one listing that the agent's talq_action resources share.
func fill(ctx context.Context, client *talq.Client, model *actionsModel, diags *diag.Diagnostics) {
	agentID := model.AgentID.ValueString()
	listing, err := client.ListActions(ctx, agentID)
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "actions of agent " + agentID, Stateless: true}, err)
		return
	}
	*model = model.seen(listing)
}
