package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
)

var _ datasource.DataSourceWithConfigure = (*actionsDataSource)(nil)

// actionsDataSource is the data source talq_actions.
type actionsDataSource struct{ *session }

func newActionsDataSource() datasource.DataSource { return &actionsDataSource{} }

// Metadata implements [datasource.DataSource].
func (d *actionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_actions"
}

// Schema implements [datasource.DataSource].
func (d *actionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = actionsSchema()
}

// Configure implements [datasource.DataSourceWithConfigure].
func (d *actionsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.session = sessionOf(req.ProviderData, &resp.Diagnostics)
}

// Read implements [datasource.DataSource]: one listing, which it shares with the
// agent's talq_action resources.
func (d *actionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model actionsModel
	resp.Diagnostics.Append(getModel(ctx, req.Config, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	agentID := model.AgentID.ValueString()
	listing, err := d.client.ListActions(ctx, agentID)
	if err != nil {
		addAPIError(&resp.Diagnostics, operation{verb: "read", subject: "actions of agent " + agentID, stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(listing))...)
}
