// Package number is the data source of the phone numbers of an environment.
package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

type numbersModel struct {
	Type         types.String `tfsdk:"type"`
	HasVoice     types.Bool   `tfsdk:"has_voice"`
	HasWhatsApp  types.Bool   `tfsdk:"has_whatsapp"`
	Search       types.String `tfsdk:"search"`
	PhoneNumbers types.List   `tfsdk:"phone_numbers"`
}

// NewDataSource makes the data source talq_phone_numbers.
func NewDataSource() datasource.DataSource {
	return session.NewLookup("phone_numbers", numbersSchema, fill)
}

// fill lets the API filter.
func fill(ctx context.Context, client *talq.Client, model *numbersModel, diags *diag.Diagnostics) {
	numbers, err := client.PhoneNumbers(ctx, talq.PhoneNumberFilter{
		Type: model.Type.ValueString(), HasVoice: model.HasVoice.ValueBoolPointer(), HasWhatsApp: model.HasWhatsApp.ValueBoolPointer(),
		Search: model.Search.ValueString(),
	})
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "phone numbers", Stateless: true}, err)
		return
	}
	model.PhoneNumbers = tfvalue.ListFromAPI(numberAttributes(), numbers, numberFromAPI)
}

func numberFromAPI(n talq.PhoneNumber) map[string]attr.Value {
	text := func(got talq.Lenient[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got.Opt()) }
	yes := func(got talq.Lenient[bool]) types.Bool { return types.BoolPointerValue(got.Value) }
	return map[string]attr.Value{
		"id": text(n.ID), "number": text(n.Number), "country_code": text(n.CountryCode), "formatted_number": text(n.FormattedNumber),
		"international_number": text(n.InternationalNumber), "current_status": text(n.CurrentStatus), "type": text(n.Type),
		"currency": text(n.Currency), "renewal_date": text(n.RenewalDate), "created_at": text(n.CreatedAt), "updated_at": text(n.UpdatedAt),
		"has_voice": yes(n.HasVoice), "has_sms": yes(n.HasSMS), "has_mms": yes(n.HasMMS), "has_fax": yes(n.HasFax), "has_whatsapp": yes(n.HasWhatsApp),
		"is_sandbox": yes(n.IsSandbox), "auto_renewal": yes(n.AutoRenewal),
		"current_price": tfvalue.NumberValue(n.CurrentPrice), "monthly_renewal_cost": tfvalue.NumberValue(n.MonthlyRenewalCost),
	}
}

func numbersSchema() schema.Schema {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
	}
	return schema.Schema{
		MarkdownDescription: "The phone numbers of the token's environment. The provider neither buys nor releases one.",
		Attributes: map[string]schema.Attribute{
			"type":         text("Only numbers of this type: `voice`, `sms`, `whatsapp`, `mms` or `fax`."),
			"has_voice":    schema.BoolAttribute{MarkdownDescription: "Only numbers that can be called, or only those that cannot.", Optional: true},
			"has_whatsapp": schema.BoolAttribute{MarkdownDescription: "Only numbers with WhatsApp, or only those without.", Optional: true},
			"search":       text("Only numbers that contain this text, or the one with this id."),
			"phone_numbers": schema.ListNestedAttribute{
				MarkdownDescription: "The numbers, in the API's order. Empty if there is none.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: numberAttributes()},
			},
		},
	}
}

// numberAttributes are named as the API names them. What only counts down, such as the days
// until a renewal, would change every day and is left out.
func numberAttributes() map[string]schema.Attribute {
	attributes := tfvalue.Texts(map[string]string{
		"id": "What goes into `phone_number_ids` of a `talq_agent`.", "number": "The number in E.164 form, such as `+12025550123`.",
		"country_code": "Its country, such as `US`.", "formatted_number": "The number in national form.",
		"international_number": "The number in international form.", "current_status": "`active`, `inactive`, `pending` or `suspended`.",
		"type": "`voice`, `sms`, `whatsapp`, `mms` or `fax`.", "currency": "The currency of its prices, such as `USD`.",
		"renewal_date": "The day of its next renewal, such as `2026-02-15`.", "created_at": "When it was bought.", "updated_at": "When it was last changed.",
	})
	for name, description := range map[string]string{
		"has_voice": "Whether it can be called.", "has_sms": "Whether it takes SMS.", "has_mms": "Whether it takes MMS.", "has_fax": "Whether it takes faxes.",
		"has_whatsapp": "Whether it has WhatsApp.", "is_sandbox": "Whether it is only for trying out.", "auto_renewal": "Whether it renews automatically.",
	} {
		attributes[name] = schema.BoolAttribute{MarkdownDescription: description, Computed: true}
	}
	for name, description := range map[string]string{"current_price": "What it costs.", "monthly_renewal_cost": "What it costs a month."} {
		attributes[name] = schema.NumberAttribute{MarkdownDescription: description, Computed: true}
	}
	return attributes
}
