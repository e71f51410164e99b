package action

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// inputModel is an element of inputs.
type inputModel struct {
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	Required    types.Bool   `tfsdk:"required"`
	Description types.String `tfsdk:"description"`
	Value       types.String `tfsdk:"value"`
}

// inputsOf returns the elements of inputs by their index. Elements that are
// unknown or null are left out, and so is everything of an unknown list.
func inputsOf(list types.List) map[int]inputModel {
	inputs := map[int]inputModel{}
	for i, element := range list.Elements() {
		object, ok := element.(types.Object)
		if !ok || object.IsNull() || object.IsUnknown() {
			continue
		}
		attributes := object.Attributes()
		text := func(name string) types.String {
			value, _ := attributes[name].(types.String) // as the schema has it
			return value
		}
		required, _ := attributes["required"].(types.Bool)
		inputs[i] = inputModel{
			Name: text("name"), Type: text("type"), Required: required, Description: text("description"), Value: text("value"),
		}
	}
	return inputs
}

// inputsFromServer maps the entries of input_schema to inputs. The same entries in
// another order are no drift (API.md, ruling 10): ours come first and in our
// order, then what is new, in the API's.
func inputsFromServer(prior types.List, entries []talq.Input) types.List {
	if len(entries) == 0 {
		if !prior.IsNull() && !prior.IsUnknown() && len(prior.Elements()) == 0 {
			return prior
		}
		return types.ListNull(inputType)
	}
	known := inputsOf(prior)
	left := append([]talq.Input(nil), entries...)
	var elements []attr.Value
	for i := range len(prior.Elements()) {
		input, ok := known[i]
		if !ok {
			continue
		}
		for at, entry := range left {
			if tfvalue.Trim(entry.Name) == tfvalue.Trim(input.Name.ValueString()) {
				elements = append(elements, input.stateFromServer(entry))
				left = append(left[:at], left[at+1:]...)
				break
			}
		}
	}
	for _, entry := range left {
		elements = append(elements, inputModel{}.stateFromServer(entry))
	}
	return types.ListValueMust(inputType, elements)
}

// stateFromServer maps one entry. Its name is known to be the same, or there is none yet.
func (m inputModel) stateFromServer(entry talq.Input) attr.Value {
	m.Name = tfvalue.TextFromAPI(m.Name, talq.Some(entry.Name))
	if m.Name.IsNull() {
		m.Name = types.StringValue(tfvalue.StateText(entry.Name))
	}
	m.Type = tfvalue.TextFromAPI(m.Type, talq.Opt[string]{Present: entry.Type != "", Value: &entry.Type})
	if m.Type.IsNull() {
		m.Type = types.StringValue("string")
	}
	m.Required = types.BoolValue(entry.Required)
	m.Description = tfvalue.TextFromAPI(m.Description, talq.Some(entry.Description))
	m.Value = valueFromServer(m.Type.ValueString(), m.Value, entry)
	return types.ObjectValueMust(inputType.AttrTypes, map[string]attr.Value{
		"name": m.Name, "type": m.Type, "required": m.Required, "description": m.Description, "value": m.Value,
	})
}

// valueFromServer keeps our form of a value that means the same.
func valueFromServer(inputType string, prior types.String, entry talq.Input) types.String {
	hasPrior := !prior.IsNull() && !prior.IsUnknown()
	switch {
	case entry.Value == nil:
		if hasPrior && tfvalue.Trim(prior.ValueString()) == "" {
			return prior // "" comes back as null from Laravel
		}
		return types.StringNull()
	case hasPrior && tfvalue.SameValue(inputType, prior.ValueString(), entry.Value):
		return prior
	case !hasPrior && tfvalue.HclValue(entry.Value) == "":
		return types.StringNull()
	}
	return types.StringValue(tfvalue.StateText(tfvalue.HclValue(entry.Value)))
}
