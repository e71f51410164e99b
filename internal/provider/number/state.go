package number

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// numbersModel is the data source talq_phone_numbers.
type numbersModel struct {
	Type         types.String `tfsdk:"type"`
	HasVoice     types.Bool   `tfsdk:"has_voice"`
	HasWhatsApp  types.Bool   `tfsdk:"has_whatsapp"`
	Search       types.String `tfsdk:"search"`
	PhoneNumbers types.List   `tfsdk:"phone_numbers"`
}

// seen fills in the numbers.
func (m numbersModel) seen(numbers []talq.PhoneNumber) numbersModel {
	elements := make([]attr.Value, 0, len(numbers))
	for _, number := range numbers {
		elements = append(elements, numberObject(number))
	}
	m.PhoneNumbers = types.ListValueMust(numberType, elements)
	return m
}

// numberObject is the one mapping from the API's number to attributes. What an answer leaves
// out is null.
func numberObject(n talq.PhoneNumber) attr.Value {
	text := func(got talq.Lenient[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got.Opt()) }
	yes := func(got talq.Lenient[bool]) types.Bool { return types.BoolPointerValue(got.Value) }
	return types.ObjectValueMust(numberType.AttrTypes, map[string]attr.Value{
		"id": text(n.ID), "number": text(n.Number), "country_code": text(n.CountryCode), "formatted_number": text(n.FormattedNumber),
		"international_number": text(n.InternationalNumber), "current_status": text(n.CurrentStatus), "type": text(n.Type),
		"currency": text(n.Currency), "renewal_date": text(n.RenewalDate), "created_at": text(n.CreatedAt), "updated_at": text(n.UpdatedAt),
		"has_voice": yes(n.HasVoice), "has_sms": yes(n.HasSMS), "has_mms": yes(n.HasMMS), "has_fax": yes(n.HasFax), "has_whatsapp": yes(n.HasWhatsApp),
		"is_sandbox": yes(n.IsSandbox), "auto_renewal": yes(n.AutoRenewal),
		"current_price": tfvalue.NumberValue(n.CurrentPrice), "monthly_renewal_cost": tfvalue.NumberValue(n.MonthlyRenewalCost),
	})
}
