package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// agentValues is the one mapping from the API's agent to attributes. What an
// answer leaves out is null.
func agentValues(a talq.Agent) map[string]attr.Value {
	return map[string]attr.Value{
		"id":                           types.StringValue(a.ID),
		"name":                         tfvalue.StateTextOf(a.Name.Value),
		"label":                        tfvalue.StateTextOf(a.Label.Value),
		"description":                  tfvalue.StateTextOf(a.Description.Value),
		"language":                     tfvalue.StateTextOf(a.Language.Value),
		"initial_message":              tfvalue.StateTextOf(a.InitialMessage.Value),
		"interrupt_sensitivity":        tfvalue.StateTextOf(a.InterruptSensitivity.Value),
		"conversation_speed":           tfvalue.NumberValue(a.ConversationSpeed),
		"initial_message_delay":        tfvalue.NumberValue(a.InitialMessageDelay),
		"ask_if_human_present_on_idle": types.BoolPointerValue(a.AskIfHumanPresentOnIdle.Value),
		"direction":                    tfvalue.StateTextOf(a.Direction.Value),
		"who_speaks_first":             tfvalue.StateTextOf(a.WhoSpeaksFirst.Value),
		"current_status":               tfvalue.StateTextOf(a.CurrentStatus.Value),
		"is_sandbox":                   types.BoolPointerValue(a.IsSandbox.Value),
		"is_ready_to_publish":          types.BoolPointerValue(a.IsReadyToPublish.Value),
		"created_at":                   tfvalue.StateTextOf(a.CreatedAt.Value),
		"updated_at":                   tfvalue.StateTextOf(a.UpdatedAt.Value),
		"voice":                        voiceValue(a.Voice),
		"phone_number_ids":             tfvalue.SetFromAPI(types.SetNull(types.StringType), a.PhoneNumberIDs()),
		"trainings": listValue("trainings", a.Trainings, func(t talq.Training) map[string]attr.Value {
			return map[string]attr.Value{
				"id": tfvalue.StateTextOf(t.ID.Value), "subject": tfvalue.StateTextOf(t.Subject.Value),
				"current_status": tfvalue.StateTextOf(t.CurrentStatus.Value),
				"created_at":     tfvalue.StateTextOf(t.CreatedAt.Value), "updated_at": tfvalue.StateTextOf(t.UpdatedAt.Value),
			}
		}),
		"phone_numbers": listValue("phone_numbers", a.PhoneNumbers, func(n talq.PhoneNumber) map[string]attr.Value {
			return map[string]attr.Value{
				"id": tfvalue.StateTextOf(n.ID.Value), "number": tfvalue.StateTextOf(n.Number.Value),
				"country_code": tfvalue.StateTextOf(n.CountryCode.Value), "formatted_number": tfvalue.StateTextOf(n.FormattedNumber.Value),
				"international_number": tfvalue.StateTextOf(n.InternationalNumber.Value), "current_status": tfvalue.StateTextOf(n.CurrentStatus.Value),
			}
		}),
	}
}

// agentType is the type of an agent, as the schema has it.
var agentType = tfvalue.ObjectType(agentAttributes())

func voiceValue(got talq.Lenient[talq.Voice]) attr.Value {
	kind, ok := agentType.AttrTypes["voice"].(types.ObjectType)
	if !ok || got.Value == nil {
		return types.ObjectNull(kind.AttrTypes)
	}
	v := *got.Value
	templateType, _ := kind.AttrTypes["template"].(types.ObjectType)
	template, templateID := types.ObjectNull(templateType.AttrTypes), types.StringNull()
	if v.Template.Value != nil {
		templateID = tfvalue.StateTextOf(v.Template.Value.ID.Value)
		template = types.ObjectValueMust(templateType.AttrTypes, map[string]attr.Value{
			"id": templateID, "name": tfvalue.StateTextOf(v.Template.Value.Name.Value),
		})
	}
	return types.ObjectValueMust(kind.AttrTypes, map[string]attr.Value{
		"id": tfvalue.StateTextOf(v.ID.Value), "name": tfvalue.StateTextOf(v.Name.Value), "label": tfvalue.StateTextOf(v.Label.Value),
		"ambient_background": tfvalue.StateTextOf(v.AmbientBackground.Value),
		"stability":          tfvalue.NumberValue(v.Stability), "similarity_boost": tfvalue.NumberValue(v.SimilarityBoost), "template": template, "template_id": templateID,
	})
}

// listValue maps a list of objects, null where the answer had none.
func listValue[T any](attribute string, got talq.Lenient[[]T], values func(T) map[string]attr.Value) attr.Value {
	list, _ := agentType.AttrTypes[attribute].(types.ListType)
	element, _ := list.ElemType.(types.ObjectType)
	if got.Value == nil {
		return types.ListNull(element)
	}
	elements := make([]attr.Value, 0, len(*got.Value))
	for _, item := range *got.Value {
		elements = append(elements, types.ObjectValueMust(element.AttrTypes, values(item)))
	}
	return types.ListValueMust(element, elements)
}
