// Package voice is the data source of the voices that an agent can have.
package voice

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

type templatesModel struct {
	Language       types.String `tfsdk:"language"`
	QualityTier    types.String `tfsdk:"quality_tier"`
	Gender         types.String `tfsdk:"gender"`
	VoiceTemplates types.List   `tfsdk:"voice_templates"`
}

// NewDataSource makes the data source talq_voice_templates.
func NewDataSource() datasource.DataSource {
	return session.NewLookup("voice_templates", templatesSchema, fill)
}

// fill lets the API filter.
func fill(ctx context.Context, client *talq.Client, model *templatesModel, diags *diag.Diagnostics) {
	templates, err := client.VoiceTemplates(ctx, talq.VoiceTemplateFilter{
		Language: model.Language.ValueString(), QualityTier: model.QualityTier.ValueString(), Gender: model.Gender.ValueString(),
	})
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "voice templates", Stateless: true}, err)
		return
	}
	model.VoiceTemplates = tfvalue.ListFromAPI(templateAttributes(), templates, templateFromAPI)
}

func templateFromAPI(v talq.VoiceTemplate) map[string]attr.Value {
	text := func(got talq.Lenient[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got.Opt()) }
	return map[string]attr.Value{
		"id": types.StringValue(tfvalue.StateText(v.ID)), "display_name": text(v.DisplayName), "name": text(v.Name), "gender": text(v.Gender),
		"language": text(v.Language), "quality_tier": text(v.QualityTier), "cost": text(v.Cost),
	}
}

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

// templateAttributes are named as the API names them.
func templateAttributes() map[string]schema.Attribute {
	return tfvalue.Texts(map[string]string{
		"id": "What goes into `voice = { template_id = … }` of a `talq_agent`.", "display_name": "The name of its group.",
		"name": "The voice's name.", "gender": "`male` or `female`.", "language": "The language that it speaks, such as `en-US`.",
		"quality_tier": "`basic`, `pro`, `ultra` or `beta`. For high tiers an agent's voice needs `stability` and `similarity_boost`.",
		"cost":         "What a minute costs in US dollars, as text such as `0.16`.",
	})
}
