package voice

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// templatesSchema is the schema of the data source talq_voice_templates. It holds no logic.
func templatesSchema() schema.Schema {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
	}
	return schema.Schema{
		MarkdownDescription: "The voices that an agent can have. Several may share a name: one for each quality tier and language. " +
			"A `for` expression finds the right one.",
		Attributes: map[string]schema.Attribute{
			"language":     filter("Only voices that speak this language, such as `en-US`."),
			"quality_tier": filter("Only voices of this tier: `basic`, `pro`, `ultra` or `beta`."),
			"gender":       filter("Only `male` or only `female` voices."),
			"voice_templates": schema.ListNestedAttribute{
				MarkdownDescription: "The voices, grouped by display name. Empty if there is none.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: templateAttributes()},
			},
		},
	}
}

// templateAttributes are the attributes of a voice, named as the API names them.
func templateAttributes() map[string]schema.Attribute {
	return tfvalue.Texts(map[string]string{
		"id": "What goes into `voice = { template_id = … }` of a `talq_agent`.", "display_name": "The name of its group.",
		"name": "The voice's name.", "gender": "`male` or `female`.", "language": "The language that it speaks, such as `en-US`.",
		"quality_tier": "`basic`, `pro`, `ultra` or `beta`. For high tiers an agent's voice needs `stability` and `similarity_boost`.",
		"cost":         "What a minute costs in US dollars, as text such as `0.16`.",
	})
}

// templateType is the type of a voice, as the schema has it.
var templateType = tfvalue.ObjectType(templateAttributes())
