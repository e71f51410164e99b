package tfvalue

import (
	"context"
	"iter"
	"maps"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The framework fills structs too, but checks each field's tag with a regular
// expression that it compiles again at every call: a third of what a refresh
// allocates. These functions do the same for models whose fields are all values
// of the framework's, with the same tags.

// GetModel is source.Get for a model. The source must not be null.
func GetModel(ctx context.Context, source interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}, model any) diag.Diagnostics {
	var object types.Object
	diags := source.Get(ctx, &object)
	if !diags.HasError() {
		FillModel(object, model)
	}
	return diags
}

// FillModel sets each field that has a tag to the attribute that it names. It
// panics where the two do not fit: the schema and the model belong together.
func FillModel(object types.Object, model any) {
	attributes := object.Attributes()
	for name, field := range taggedFields(model) {
		field.Set(reflect.ValueOf(attributes[name]))
	}
}

// SameModel reports whether the attributes of two models of one type are equal.
func SameModel(a, b any) bool {
	others := maps.Collect(taggedFields(b))
	for name, field := range taggedFields(a) {
		value, ok := field.Interface().(attr.Value)
		other, both := others[name].Interface().(attr.Value)
		if !ok || !both || !value.Equal(other) {
			return false
		}
	}
	return true
}

// taggedFields returns the fields of a model that stand for an attribute.
func taggedFields(model any) iter.Seq2[string, reflect.Value] {
	return func(yield func(string, reflect.Value) bool) {
		fields := reflect.ValueOf(model).Elem()
		for i := range fields.NumField() {
			if name, ok := fields.Type().Field(i).Tag.Lookup("tfsdk"); ok && !yield(name, fields.Field(i)) {
				return
			}
		}
	}
}
