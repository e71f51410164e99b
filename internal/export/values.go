package export

import (
	"context"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// references are the expressions to write in the place of ids.
type references map[string]hclwrite.Tokens

// expression writes a value. Members of an object that are null are left out.
func (r references) expression(ctx context.Context, value attr.Value) (hclwrite.Tokens, error) {
	raw, err := value.ToTerraformValue(ctx)
	if err != nil {
		return nil, err
	}
	return r.tokens(raw)
}

func (r references) tokens(value tftypes.Value) (hclwrite.Tokens, error) {
	switch kind := value.Type(); {
	case value.IsNull():
		return hclwrite.TokensForIdentifier("null"), nil
	case kind.Is(tftypes.String):
		var text string
		err := value.As(&text)
		return hclwrite.TokensForValue(cty.StringVal(text)), err
	case kind.Is(tftypes.Bool):
		var yes bool
		err := value.As(&yes)
		return hclwrite.TokensForValue(cty.BoolVal(yes)), err
	case kind.Is(tftypes.Number):
		var number big.Float
		err := value.As(&number)
		return hclwrite.TokensForValue(cty.NumberVal(&number)), err
	case kind.Is(tftypes.List{}), kind.Is(tftypes.Set{}):
		return r.listTokens(value)
	default:
		return r.objectTokens(value)
	}
}

// listTokens writes a list, or a set in the order of its elements as they are written.
func (r references) listTokens(value tftypes.Value) (hclwrite.Tokens, error) {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	written := make([]hclwrite.Tokens, 0, len(elements))
	for _, element := range elements {
		one, err := r.tokens(element)
		if err != nil {
			return nil, err
		}
		written = append(written, one)
	}
	if value.Type().Is(tftypes.Set{}) {
		slices.SortFunc(written, func(a, b hclwrite.Tokens) int { return strings.Compare(string(a.Bytes()), string(b.Bytes())) })
	}
	return hclwrite.TokensForTuple(written), nil
}

func (r references) objectTokens(value tftypes.Value) (hclwrite.Tokens, error) {
	members := map[string]tftypes.Value{}
	if err := value.As(&members); err != nil {
		return nil, err
	}
	maps.DeleteFunc(members, func(name string, member tftypes.Value) bool { return member.IsNull() || isDefaultOfInput(name, member) })
	var written []hclwrite.ObjectAttrTokens
	for _, name := range inOrder(members) {
		one, err := r.tokens(members[name])
		if err != nil {
			return nil, err
		}
		var text string
		if strings.HasSuffix(name, jsonSuffix) && members[name].As(&text) == nil {
			one = r.json(text)
		}
		written = append(written, hclwrite.ObjectAttrTokens{Name: key(name), Value: one})
	}
	return hclwrite.TokensForObject(written), nil
}

// isDefaultOfInput reports whether a member of an input is what it is without being written.
func isDefaultOfInput(name string, member tftypes.Value) bool {
	return name == "required" && member.Equal(tftypes.NewValue(tftypes.Bool, false)) ||
		name == "type" && member.Equal(tftypes.NewValue(tftypes.String, "string"))
}

// jsonSuffix ends the names of attributes that hold JSON.
const jsonSuffix = "_json"

// json writes a text of JSON as a call of jsonencode, with references in the place of ids: as
// the text itself, where the call would make other JSON of it.
func (r references) json(text string) hclwrite.Tokens {
	value, err := tfvalue.DecodeJSON([]byte(text))
	called, _ := json.Marshal(value) // what jsonencode returns, before Terraform normalizes it
	if written, same := r.jsonTokens(value); err == nil && same && cty.NormalizeString(string(called)) == string(called) {
		return hclwrite.TokensForFunctionCall("jsonencode", written)
	}
	return hclwrite.TokensForValue(cty.StringVal(text))
}

// jsonTokens writes decoded JSON. It reports false where HCL would change a number: it keeps some
// 150 digits, and writes out the exponent.
func (r references) jsonTokens(value any) (written hclwrite.Tokens, same bool) {
	same = true
	switch value := value.(type) {
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
			one, ok := r.jsonTokens(element)
			elements, same = append(elements, one), same && ok
		}
		return hclwrite.TokensForTuple(elements), same
	case map[string]any:
		var members []hclwrite.ObjectAttrTokens
		for _, name := range inOrder(value) {
			one, ok := r.jsonTokens(value[name])
			members = append(members, hclwrite.ObjectAttrTokens{Name: key(name), Value: one})
			same = same && ok
		}
		return hclwrite.TokensForObject(members), same
	default:
		return hclwrite.TokensForIdentifier("null"), true
	}
}
