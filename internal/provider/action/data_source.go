package action

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

var _ datasource.DataSourceWithConfigure = (*actionsDataSource)(nil)

// actionsDataSource is the data source talq_actions.
type actionsDataSource struct{ *session.Session }

// NewDataSource makes the data source talq_actions.
func NewDataSource() datasource.DataSource { return &actionsDataSource{} }

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
	d.Session = session.From(req.ProviderData, &resp.Diagnostics)
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
