// Package number is the data source of the phone numbers of an environment.
package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ datasource.DataSourceWithConfigure = (*numbersDataSource)(nil)

// numbersDataSource is the data source talq_phone_numbers.
type numbersDataSource struct{ session.DataSource }

// NewDataSource makes the data source talq_phone_numbers.
func NewDataSource() datasource.DataSource {
	return &numbersDataSource{session.NewDataSource("phone_numbers", numbersSchema)}
}

// Read implements [datasource.DataSource]. The API filters.
func (d *numbersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model numbersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	numbers, err := d.Client.PhoneNumbers(ctx, talq.PhoneNumberFilter{
		Type: model.Type.ValueString(), HasVoice: model.HasVoice.ValueBoolPointer(), HasWhatsApp: model.HasWhatsApp.ValueBoolPointer(),
		Search: model.Search.ValueString(),
	})
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: session.VerbList, Subject: "phone numbers", Stateless: true}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model.seen(numbers))...)
}
