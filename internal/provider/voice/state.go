package voice

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// templatesModel is the data source talq_voice_templates.
type templatesModel struct {
	Language       types.String `tfsdk:"language"`
	QualityTier    types.String `tfsdk:"quality_tier"`
	Gender         types.String `tfsdk:"gender"`
	VoiceTemplates types.List   `tfsdk:"voice_templates"`
}

// seen fills in the voices.
func (m templatesModel) seen(templates []talq.VoiceTemplate) templatesModel {
	elements := make([]attr.Value, 0, len(templates))
	for _, template := range templates {
		elements = append(elements, templateObject(template))
	}
	m.VoiceTemplates = types.ListValueMust(templateType, elements)
	return m
}

// templateObject is the one mapping from the API's voice to attributes. What an answer
// leaves out, or has as null or "", is null.
func templateObject(v talq.VoiceTemplate) attr.Value {
	text := func(got talq.Lenient[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got.Opt()) }
	return types.ObjectValueMust(templateType.AttrTypes, map[string]attr.Value{
		"id": types.StringValue(tfvalue.StateText(v.ID)), "display_name": text(v.DisplayName), "name": text(v.Name), "gender": text(v.Gender),
		"language": text(v.Language), "quality_tier": text(v.QualityTier), "cost": text(v.Cost),
	})
}
