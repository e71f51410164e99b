package providerschema

import (
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

var blockNesting = map[tfprotov6.SchemaNestedBlockNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaNestedBlockNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaNestedBlockNestingModeGroup:  tfjson.SchemaNestingModeGroup,
	tfprotov6.SchemaNestedBlockNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaNestedBlockNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaNestedBlockNestingModeMap:    tfjson.SchemaNestingModeMap,
}

var objectNesting = map[tfprotov6.SchemaObjectNestingMode]tfjson.SchemaNestingMode{
	tfprotov6.SchemaObjectNestingModeSingle: tfjson.SchemaNestingModeSingle,
	tfprotov6.SchemaObjectNestingModeList:   tfjson.SchemaNestingModeList,
	tfprotov6.SchemaObjectNestingModeSet:    tfjson.SchemaNestingModeSet,
	tfprotov6.SchemaObjectNestingModeMap:    tfjson.SchemaNestingModeMap,
}

func descriptionKind(from tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if from == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}

// count refuses negative numbers, which the JSON form cannot hold.
func count(from int64) (uint64, error) {
	if from < 0 {
		return 0, fmt.Errorf("%d is negative", from)
	}
	return uint64(from), nil
}

// convertType converts a type of the plugin protocol to the one that the JSON form
// is made of.
func convertType(from tftypes.Type) (cty.Type, error) {
	switch t := from.(type) {
	case tftypes.List:
		return convertCollection(cty.List, t.ElementType)
	case tftypes.Set:
		return convertCollection(cty.Set, t.ElementType)
	case tftypes.Map:
		return convertCollection(cty.Map, t.ElementType)
	case tftypes.Tuple:
		return convertTuple(t)
	case tftypes.Object:
		return convertObject(t)
	}
	switch {
	case from == nil:
		return cty.NilType, fmt.Errorf("no type")
	case from.Is(tftypes.String):
		return cty.String, nil
	case from.Is(tftypes.Number):
		return cty.Number, nil
	case from.Is(tftypes.Bool):
		return cty.Bool, nil
	case from.Is(tftypes.DynamicPseudoType):
		return cty.DynamicPseudoType, nil
	}
	return cty.NilType, fmt.Errorf("unknown type %s", from)
}

func convertCollection(of func(cty.Type) cty.Type, element tftypes.Type) (cty.Type, error) {
	converted, err := convertType(element)
	if err != nil {
		return cty.NilType, err
	}
	return of(converted), nil
}

func convertTuple(from tftypes.Tuple) (cty.Type, error) {
	elements := make([]cty.Type, 0, len(from.ElementTypes))
	for _, element := range from.ElementTypes {
		converted, err := convertType(element)
		if err != nil {
			return cty.NilType, err
		}
		elements = append(elements, converted)
	}
	return cty.Tuple(elements), nil
}

func convertObject(from tftypes.Object) (cty.Type, error) {
	fields := make(map[string]cty.Type, len(from.AttributeTypes))
	for name, field := range from.AttributeTypes {
		converted, err := convertType(field)
		if err != nil {
			return cty.NilType, fmt.Errorf("%s: %w", name, err)
		}
		fields[name] = converted
	}
	optional := make([]string, 0, len(from.OptionalAttributes))
	for name := range from.OptionalAttributes {
		optional = append(optional, name)
	}
	return cty.ObjectWithOptionalAttrs(fields, optional), nil
}
