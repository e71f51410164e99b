// Package voice is the data source of the voices that an agent can have.
package voice

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ datasource.DataSourceWithConfigure = (*templatesDataSource)(nil)

// templatesDataSource is the data source talq_voice_templates.
type templatesDataSource struct{ session.DataSource }

// NewDataSource makes the data source talq_voice_templates.
func NewDataSource() datasource.DataSource {
	return &templatesDataSource{session.NewDataSource("voice_templates", templatesSchema)}
}

// Read implements [datasource.DataSource]. The API filters.
func (d *templatesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model templatesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	templates, err := d.Client.VoiceTemplates(ctx, talq.VoiceTemplateFilter{
		Language: model.Language.ValueString(), QualityTier: model.QualityTier.ValueString(), Gender: model.Gender.ValueString(),
	})
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: session.VerbList, Subject: "voice templates", Stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(templates))...)
}
