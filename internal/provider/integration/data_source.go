// Package integration is the data source of the catalogue of integrations.
package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

var _ datasource.DataSourceWithConfigure = (*integrationsDataSource)(nil)

// integrationsDataSource is the data source talq_action_integrations.
type integrationsDataSource struct{ session.DataSource }

// NewDataSource makes the data source talq_action_integrations.
func NewDataSource() datasource.DataSource {
	return &integrationsDataSource{session.NewDataSource("action_integrations", integrationsSchema)}
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
