package tfvalue

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestFill(t *testing.T) {
	type model struct {
		Name  types.String `tfsdk:"name"`
		Count types.Int64  `tfsdk:"count"`
		own   string
	}
	object := func(attributes map[string]attr.Value) attr.Value {
		kinds := map[string]attr.Type{}
		for name, value := range attributes {
			kinds[name] = value.Type(t.Context())
		}
		return types.ObjectValueMust(kinds, attributes)
	}
	for name, row := range map[string]struct {
		from attr.Value
		want model
		ok   bool
	}{
		"all":             {object(map[string]attr.Value{"name": types.StringValue("a"), "count": types.Int64Value(1)}), model{types.StringValue("a"), types.Int64Value(1), "kept"}, true},
		"null":            {object(map[string]attr.Value{"name": types.StringNull(), "count": types.Int64Null()}), model{types.StringNull(), types.Int64Null(), "kept"}, true},
		"one more":        {object(map[string]attr.Value{"name": types.StringNull(), "count": types.Int64Null(), "more": types.BoolNull()}), model{own: "kept"}, true},
		"one missing":     {from: object(map[string]attr.Value{"name": types.StringNull()})},
		"unknown":         {from: object(map[string]attr.Value{"name": types.StringUnknown(), "count": types.Int64Null()})},
		"of another type": {from: object(map[string]attr.Value{"name": types.StringNull(), "count": types.BoolNull()})},
		"no object":       {from: types.StringNull()},
	} {
		t.Run(name, func(t *testing.T) {
			got := model{own: "kept"}
			if ok := Fill(&got, row.from); ok != row.ok || (ok && got != row.want) {
				t.Errorf("%v, %+v", ok, got)
			}
		})
	}
}

func TestFillReachesEmbeddedFields(t *testing.T) {
	type model struct {
		HeaderMaps
	}
	kinds := map[string]attr.Type{AttributeHeaders: types.MapType{ElemType: types.StringType}, AttributeHeadersWO: types.MapType{ElemType: types.StringType}, AttributeWOVersion: types.Int64Type}
	var got model
	if !Fill(&got, types.ObjectValueMust(kinds, map[string]attr.Value{
		AttributeHeaders: types.MapNull(types.StringType), AttributeHeadersWO: types.MapNull(types.StringType), AttributeWOVersion: types.Int64Value(2),
	})) || got.HeadersWOVersion != types.Int64Value(2) {
		t.Errorf("%+v", got)
	}
}
