package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Whether all fields of the models are filled, every test of the protocol shows.
func TestSameModel(t *testing.T) {
	model := func(change func(*inputModel)) *inputModel {
		m := &inputModel{Name: types.StringValue("a"), Description: types.StringValue(""), Required: types.BoolValue(true)}
		change(m)
		return m
	}
	for _, row := range []struct {
		name   string
		change func(*inputModel)
		same   bool
	}{
		{"nothing changed", func(*inputModel) {}, true},
		{"another text", func(m *inputModel) { m.Name = types.StringValue("b") }, false},
		{"empty became null", func(m *inputModel) { m.Description = types.StringNull() }, false},
		{"null became empty", func(m *inputModel) { m.Value = types.StringValue("") }, false},
		{"known became unknown", func(m *inputModel) { m.Required = types.BoolUnknown() }, false},
		{"null became unknown", func(m *inputModel) { m.Value = types.StringUnknown() }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if same := sameModel(model(row.change), model(func(*inputModel) {})); same != row.same {
				t.Errorf("same is %t", same)
			}
		})
	}
}
