package number

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// numbersSchema is the schema of the data source talq_phone_numbers. It holds no logic.
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

// numberAttributes are the attributes of a number, named as the API names them. What only
// counts down, such as the days until a renewal, would change every day and is left out.
func numberAttributes() map[string]schema.Attribute {
	attributes := tfvalue.Texts(map[string]string{
		"id": "What goes into `phone_number_ids` of a `talq_agent`.", "number": "The number in E.164 form, such as `+12025550123`.",
		"country_code": "Its country, such as `US`.", "formatted_number": "The number as it is written in its country.",
		"international_number": "The number as it is written abroad.", "current_status": "`active`, `inactive`, `pending` or `suspended`.",
		"type": "`voice`, `sms`, `whatsapp`, `mms` or `fax`.", "currency": "The currency of its prices, such as `USD`.",
		"renewal_date": "The day on which it is renewed next, such as `2026-02-15`.", "created_at": "When it was bought.", "updated_at": "When it was last changed.",
	})
	for name, description := range map[string]string{
		"has_voice": "Whether it can be called.", "has_sms": "Whether it takes SMS.", "has_mms": "Whether it takes MMS.", "has_fax": "Whether it takes faxes.",
		"has_whatsapp": "Whether it has WhatsApp.", "is_sandbox": "Whether it is for trying out only.", "auto_renewal": "Whether it is renewed by itself.",
	} {
		attributes[name] = schema.BoolAttribute{MarkdownDescription: description, Computed: true}
	}
	for name, description := range map[string]string{"current_price": "What it costs.", "monthly_renewal_cost": "What each month of it costs."} {
		attributes[name] = schema.NumberAttribute{MarkdownDescription: description, Computed: true}
	}
	return attributes
}

// numberType is the type of a number, as the schema has it.
var numberType = tfvalue.ObjectType(numberAttributes())
