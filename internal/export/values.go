package export

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/zclconf/go-cty/cty"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// references are the expressions to write in the place of ids.
type references map[string]hclwrite.Tokens

func (r references) expression(value attr.Value) hclwrite.Tokens {
	written, _ := r.tokens(r.plain(value))
	return written
}

// plain returns a value as decoded JSON, but its texts, numbers and JSON as they are to be
// written. Members of an object that are null or their default are left out.
func (r references) plain(value attr.Value) any {
	if value.IsNull() {
		return nil
	}
	switch value := value.(type) {
	case types.String:
		return hclwrite.TokensForValue(cty.StringVal(value.ValueString()))
	case types.Bool:
		return value.ValueBool()
	case types.Int64:
		return hclwrite.TokensForValue(cty.NumberIntVal(value.ValueInt64()))
	case types.Number:
		return hclwrite.TokensForValue(cty.NumberVal(value.ValueBigFloat()))
	case types.List:
		return r.plainList(value.Elements())
	case types.Set:
		elements := value.Elements()
		slices.SortFunc(elements, func(a, b attr.Value) int { return strings.Compare(a.String(), b.String()) })
		return r.plainList(elements)
	case types.Map:
		return r.plainObject(value.Elements())
	case types.Object:
		return r.plainObject(value.Attributes())
	}
	return nil
}

func (r references) plainList(elements []attr.Value) []any {
	list := make([]any, 0, len(elements))
	for _, element := range elements {
		list = append(list, r.plain(element))
	}
	return list
}

func (r references) plainObject(members map[string]attr.Value) map[string]any {
	object := map[string]any{}
	for name, member := range members {
		text, isText := member.(types.String)
		switch {
		case member.IsNull(), isDefaultOfInput(name, member):
		case isText && strings.HasSuffix(name, jsonSuffix):
			object[name] = r.json(text.ValueString())
		default:
			object[name] = r.plain(member)
		}
	}
	return object
}

// isDefaultOfInput reports whether a member of an input is what it is without being written.
func isDefaultOfInput(name string, member attr.Value) bool {
	return name == "required" && member.Equal(types.BoolValue(false)) || name == "type" && member.Equal(types.StringValue("string"))
}

// jsonSuffix ends the names of attributes that hold JSON.
const jsonSuffix = "_json"

// json writes a text of JSON as a call of jsonencode, with references in the place of ids: as
// the text itself, where the call would make other JSON of it.
func (r references) json(text string) hclwrite.Tokens {
	value, err := tfvalue.DecodeJSON([]byte(text))
	called, _ := json.Marshal(value) // what jsonencode returns, before Terraform normalizes it
	if written, same := r.tokens(value); err == nil && same && cty.NormalizeString(string(called)) == string(called) {
		return hclwrite.TokensForFunctionCall("jsonencode", written)
	}
	return hclwrite.TokensForValue(cty.StringVal(text))
}

// tokens writes decoded JSON. It reports false where HCL would change a number: it keeps some
// 150 digits, and writes out the exponent.
func (r references) tokens(value any) (written hclwrite.Tokens, same bool) {
	same = true
	switch value := value.(type) {
	case hclwrite.Tokens:
		return value, true
	case string:
		if id, ok := r[value]; ok {
			return id, true
		}
		return hclwrite.TokensForValue(cty.StringVal(value)), true
	case json.Number:
		if len(value) > 100 || strings.ContainsAny(value.String(), "eE") {
			return nil, false
		}
		number, err := cty.ParseNumberVal(value.String())
		return hclwrite.TokensForValue(number), err == nil
	case bool:
		return hclwrite.TokensForValue(cty.BoolVal(value)), true
	case []any:
		var elements []hclwrite.Tokens
		for _, element := range value {
			one, ok := r.tokens(element)
			elements, same = append(elements, one), same && ok
		}
		return hclwrite.TokensForTuple(elements), same
	case map[string]any:
		var members []hclwrite.ObjectAttrTokens
		for _, name := range inOrder(value) {
			one, ok := r.tokens(value[name])
			members = append(members, hclwrite.ObjectAttrTokens{Name: key(name), Value: one})
			same = same && ok
		}
		return hclwrite.TokensForObject(members), same
	default:
		return hclwrite.TokensForIdentifier("null"), true
	}
}
