package export

import (
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// order is where attributes stand in a block or in an object. Those that are not in it come
// after them, by name.
var order = []string{
	"agent_id", "node_id", "label", "name", "subject", "type", "description", "language", "instructions",
	"initial_message", "initial_message_delay", "who_speaks_first", "direction", "phone_number_ids",
	"interrupt_sensitivity", "conversation_speed", "ask_if_human_present_on_idle",
	"required", "value", "url", "authorization_url", "authorization_scheme",
	"template_id",
}

// inOrder returns the names of attributes as they are to stand.
func inOrder[T any](attributes map[string]T) []string {
	place := func(name string) int {
		if at := slices.Index(order, name); at >= 0 {
			return at
		}
		return len(order)
	}
	found := slices.Sorted(maps.Keys(attributes))
	slices.SortStableFunc(found, func(a, b string) int { return place(a) - place(b) })
	return found
}

// expression writes a value. Members of an object that are null are left out.
func expression(ctx context.Context, value attr.Value) (hclwrite.Tokens, error) {
	raw, err := value.ToTerraformValue(ctx)
	if err != nil {
		return nil, err
	}
	return tokens(raw)
}

func tokens(value tftypes.Value) (hclwrite.Tokens, error) {
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
		return listTokens(value)
	default:
		return objectTokens(value)
	}
}

// listTokens writes a list, or a set in the order of its elements as they are written.
func listTokens(value tftypes.Value) (hclwrite.Tokens, error) {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	written := make([]hclwrite.Tokens, 0, len(elements))
	for _, element := range elements {
		one, err := tokens(element)
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

func objectTokens(value tftypes.Value) (hclwrite.Tokens, error) {
	members := map[string]tftypes.Value{}
	if err := value.As(&members); err != nil {
		return nil, err
	}
	maps.DeleteFunc(members, func(name string, member tftypes.Value) bool { return member.IsNull() || isDefaultOfInput(name, member) })
	var written []hclwrite.ObjectAttrTokens
	for _, name := range inOrder(members) {
		one, err := tokens(members[name])
		if err != nil {
			return nil, err
		}
		key := hclwrite.TokensForIdentifier(name)
		if !hclsyntax.ValidIdentifier(name) {
			key = hclwrite.TokensForValue(cty.StringVal(name))
		}
		written = append(written, hclwrite.ObjectAttrTokens{Name: key, Value: one})
	}
	return hclwrite.TokensForObject(written), nil
}

// isDefaultOfInput reports whether a member of an input is what it is without being written.
func isDefaultOfInput(name string, member tftypes.Value) bool {
	return name == "required" && member.Equal(tftypes.NewValue(tftypes.Bool, false)) ||
		name == "type" && member.Equal(tftypes.NewValue(tftypes.String, "string"))
}

// reference is an expression such as talq_agent.this.id.
func reference(steps ...string) hclwrite.Tokens {
	return hclwrite.TokensForTraversal(traversal(steps...))
}

func traversal(steps ...string) hcl.Traversal {
	t := hcl.Traversal{hcl.TraverseRoot{Name: steps[0]}}
	for _, step := range steps[1:] {
		t = append(t, hcl.TraverseAttr{Name: step})
	}
	return t
}

// comment writes a text of ours as lines of a comment. What the API returned must be quoted
// in it, so that no line of it ends the comment.
func comment(body *hclwrite.Body, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		body.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte(strings.TrimRight("# "+line, " ") + "\n")}})
	}
}

// formatted is the text of a file as `terraform fmt` writes it.
func formatted(file *hclwrite.File) string {
	return string(hclwrite.Format(file.Bytes()))
}
