package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// voiceModel is voice of a talq_agent. All of it is null where there is no voice, and
// unknown where that is not known.
type voiceModel struct {
	TemplateID        types.String
	AmbientBackground types.String
	AmbientVolume     types.Number
	Stability         types.Number
	SimilarityBoost   types.Number
}

// voiceOf takes the attributes out of an object.
func voiceOf(object types.Object) voiceModel {
	if object.IsUnknown() {
		return voiceModel{types.StringUnknown(), types.StringUnknown(), types.NumberUnknown(), types.NumberUnknown(), types.NumberUnknown()}
	}
	values := object.Attributes()
	var v voiceModel // its members are null
	v.TemplateID, _ = values["template_id"].(types.String)
	v.AmbientBackground, _ = values["ambient_background"].(types.String)
	v.AmbientVolume, _ = values["ambient_volume"].(types.Number)
	v.Stability, _ = values["stability"].(types.Number)
	v.SimilarityBoost, _ = values["similarity_boost"].(types.Number)
	return v
}

// object is the way back.
func (v voiceModel) object() types.Object {
	return types.ObjectValueMust(voiceType.AttrTypes, map[string]attr.Value{
		"template_id": v.TemplateID, "ambient_background": v.AmbientBackground, "ambient_volume": v.AmbientVolume,
		"stability": v.Stability, "similarity_boost": v.SimilarityBoost,
	})
}

// voiceFromServer maps the voice that an answer shows. What it leaves out stays.
func voiceFromServer(prior types.Object, got talq.Lenient[talq.Voice]) types.Object {
	switch {
	case !got.Present && prior.IsUnknown(), got.Present && got.Value == nil:
		return types.ObjectNull(voiceType.AttrTypes)
	case !got.Present:
		return prior
	}
	seen, newcomer := voiceOf(prior), prior.IsNull()
	if template := got.Value.Template.Value; template != nil {
		seen.TemplateID = tfvalue.TextFromAPI(seen.TemplateID, template.ID.Opt())
	}
	seen.AmbientBackground = tfvalue.TextFromAPI(seen.AmbientBackground, got.Value.AmbientBackground.Opt())
	seen.Stability = tfvalue.NumberFromAPI(seen.Stability, got.Value.Stability)
	seen.SimilarityBoost = tfvalue.NumberFromAPI(seen.SimilarityBoost, got.Value.SimilarityBoost)
	// No page shows the volume. Its default leaves null what is null.
	if volume := tfvalue.NumberValue(got.Value.AmbientVolume); known(volume) && (known(seen.AmbientVolume) || newcomer && !tfvalue.SameDecimal(volume, defaultVolume)) {
		seen.AmbientVolume = tfvalue.NumberFromAPI(seen.AmbientVolume, got.Value.AmbientVolume)
	}
	if seen.AmbientVolume.IsUnknown() {
		seen.AmbientVolume = types.NumberNull()
	}
	if seen.TemplateID.IsNull() && seen.AmbientBackground.IsNull() && seen.Stability.IsNull() && seen.SimilarityBoost.IsNull() {
		return types.ObjectNull(voiceType.AttrTypes) // an empty object, as PHP's [] for no voice
	}
	return seen.object()
}

// defaultVolume is the API's (page update-agent-voice).
var defaultVolume = types.NumberValue(tfvalue.Decimal("1"))
