package tfvalue

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Whether all fields of the models are filled, every test of the protocol shows.
func TestSameModel(t *testing.T) {
	model := func(change func(*flatModel)) *flatModel {
		m := &flatModel{Name: types.StringValue("a"), Description: types.StringValue(""), Required: types.BoolValue(true)}
		change(m)
		return m
	}
	for _, row := range []struct {
		name   string
		change func(*flatModel)
		same   bool
	}{
		{"nothing changed", func(*flatModel) {}, true},
		{"another text", func(m *flatModel) { m.Name = types.StringValue("b") }, false},
		{"empty became null", func(m *flatModel) { m.Description = types.StringNull() }, false},
		{"null became empty", func(m *flatModel) { m.Value = types.StringValue("") }, false},
		{"known became unknown", func(m *flatModel) { m.Required = types.BoolUnknown() }, false},
		{"null became unknown", func(m *flatModel) { m.Value = types.StringUnknown() }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if same := SameModel(model(row.change), model(func(*flatModel) {})); same != row.same {
				t.Errorf("same is %t", same)
			}
		})
	}
}

// flatModel is a model as the nouns have them.
type flatModel struct {
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	Required    types.Bool   `tfsdk:"required"`
	Description types.String `tfsdk:"description"`
	Value       types.String `tfsdk:"value"`
}
