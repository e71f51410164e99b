package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
)

var _ datasource.DataSourceWithConfigure = (*integrationsDataSource)(nil)

// integrationsDataSource is the data source talq_action_integrations.
type integrationsDataSource struct{ *session }

func newIntegrationsDataSource() datasource.DataSource { return &integrationsDataSource{} }

// Metadata implements [datasource.DataSource].
func (d *integrationsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_action_integrations"
}

// Schema implements [datasource.DataSource].
func (d *integrationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = integrationsSchema()
}

// Configure implements [datasource.DataSourceWithConfigure].
func (d *integrationsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.session = sessionOf(req.ProviderData, &resp.Diagnostics)
}

// Read implements [datasource.DataSource]. The API cannot filter the catalogue, so
// it is read whole.
func (d *integrationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model integrationsModel
	resp.Diagnostics.Append(getModel(ctx, req.Config, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	catalogue, err := d.client.ListActionIntegrations(ctx)
	if err != nil {
		addAPIError(&resp.Diagnostics, operation{verb: verbList, subject: "action integrations", stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(catalogue))...)
}
