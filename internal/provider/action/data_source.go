package action

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

var _ datasource.DataSourceWithConfigure = (*actionsDataSource)(nil)

// actionsDataSource is the data source talq_actions.
type actionsDataSource struct{ session.DataSource }

// NewDataSource makes the data source talq_actions.
func NewDataSource() datasource.DataSource {
	return &actionsDataSource{session.NewDataSource("actions", actionsSchema)}
}

// Read implements [datasource.DataSource]: one listing, which it shares with the
// agent's talq_action resources.
func (d *actionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model actionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	agentID := model.AgentID.ValueString()
	listing, err := d.Client.ListActions(ctx, agentID)
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: "actions of agent " + agentID, Stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(listing))...)
}
