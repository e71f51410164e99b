// Package integration is the data source of the catalogue of integrations.
package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

var _ datasource.DataSourceWithConfigure = (*integrationsDataSource)(nil)

// integrationsDataSource is the data source talq_action_integrations.
type integrationsDataSource struct{ *session.Session }

// NewDataSource makes the data source talq_action_integrations.
func NewDataSource() datasource.DataSource { return &integrationsDataSource{} }

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
	d.Session = session.From(req.ProviderData, &resp.Diagnostics)
}

// Read implements [datasource.DataSource]. The API cannot filter the catalogue, so
// it is read whole.
func (d *integrationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model integrationsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	catalogue, err := d.Client.ListActionIntegrations(ctx)
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: session.VerbList, Subject: "action integrations", Stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(catalogue))...)
}
