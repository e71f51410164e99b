package provider

import (
	"encoding/json"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// agentValues is the one mapping from the API's agent to attributes. What an
// answer leaves out is null.
func agentValues(a talq.Agent) map[string]attr.Value {
	return map[string]attr.Value{
		"id":                           types.StringValue(a.ID),
		"name":                         stateTextOf(a.Name.Value),
		"label":                        stateTextOf(a.Label.Value),
		"description":                  stateTextOf(a.Description.Value),
		"language":                     stateTextOf(a.Language.Value),
		"initial_message":              stateTextOf(a.InitialMessage.Value),
		"interrupt_sensitivity":        stateTextOf(a.InterruptSensitivity.Value),
		"conversation_speed":           numberValue(a.ConversationSpeed),
		"initial_message_delay":        numberValue(a.InitialMessageDelay),
		"ask_if_human_present_on_idle": types.BoolPointerValue(a.AskIfHumanPresentOnIdle.Value),
		"direction":                    stateTextOf(a.Direction.Value),
		"who_speaks_first":             stateTextOf(a.WhoSpeaksFirst.Value),
		"current_status":               stateTextOf(a.CurrentStatus.Value),
		"is_sandbox":                   types.BoolPointerValue(a.IsSandbox.Value),
		"is_ready_to_publish":          types.BoolPointerValue(a.IsReadyToPublish.Value),
		"created_at":                   stateTextOf(a.CreatedAt.Value),
		"updated_at":                   stateTextOf(a.UpdatedAt.Value),
		"voice":                        voiceValue(a.Voice),
		"trainings": listValue("trainings", a.Trainings, func(t talq.Training) map[string]attr.Value {
			return map[string]attr.Value{
				"id": stateTextOf(t.ID.Value), "subject": stateTextOf(t.Subject.Value),
				"current_status": stateTextOf(t.CurrentStatus.Value),
				"created_at":     stateTextOf(t.CreatedAt.Value), "updated_at": stateTextOf(t.UpdatedAt.Value),
			}
		}),
		"phone_numbers": listValue("phone_numbers", a.PhoneNumbers, func(n talq.PhoneNumber) map[string]attr.Value {
			return map[string]attr.Value{
				"id": stateTextOf(n.ID.Value), "number": stateTextOf(n.Number.Value),
				"country_code": stateTextOf(n.CountryCode.Value), "formatted_number": stateTextOf(n.FormattedNumber.Value),
				"international_number": stateTextOf(n.InternationalNumber.Value), "current_status": stateTextOf(n.CurrentStatus.Value),
			}
		}),
	}
}

// agentType is the type of an agent, as the schema has it.
var agentType = objectType(agentAttributes())

// agentObject is an agent as an element of a list.
func agentObject(a talq.Agent) attr.Value {
	return types.ObjectValueMust(agentType.AttrTypes, agentValues(a))
}

func voiceValue(got talq.Lenient[talq.Voice]) attr.Value {
	kind, ok := agentType.AttrTypes["voice"].(types.ObjectType)
	if !ok || got.Value == nil {
		return types.ObjectNull(kind.AttrTypes)
	}
	v := *got.Value
	templateType, _ := kind.AttrTypes["template"].(types.ObjectType)
	template := types.ObjectNull(templateType.AttrTypes)
	if v.Template.Value != nil {
		template = types.ObjectValueMust(templateType.AttrTypes, map[string]attr.Value{
			"id": stateTextOf(v.Template.Value.ID.Value), "name": stateTextOf(v.Template.Value.Name.Value),
		})
	}
	return types.ObjectValueMust(kind.AttrTypes, map[string]attr.Value{
		"id": stateTextOf(v.ID.Value), "name": stateTextOf(v.Name.Value), "label": stateTextOf(v.Label.Value),
		"ambient_background": stateTextOf(v.AmbientBackground.Value),
		"stability":          numberValue(v.Stability), "similarity_boost": numberValue(v.SimilarityBoost), "template": template,
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

// numberValue keeps a number as exact as Terraform itself does.
func numberValue(got talq.Lenient[json.Number]) types.Number {
	if got.Value == nil {
		return types.NumberNull()
	}
	if n, ok := parseNumber(got.Value.String()); !ok || len(n.digits) > maxExponent || n.exponent > maxExponent || n.exponent < -maxExponent {
		return types.NumberNull() // past anything that it can mean, and slow to read
	}
	number, _, err := big.ParseFloat(got.Value.String(), 10, 512, big.ToNearestEven)
	if err != nil {
		return types.NumberNull()
	}
	return types.NumberValue(number)
}
