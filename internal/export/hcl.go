package export

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// order is where attributes stand in a block or in an object. Those that are not in it come
// after them, by name.
var order = []string{
	"agent_id", "node_id", "id", "label", "name", "subject", "type", "description", "language", "instructions",
	"initial_message", "initial_message_delay", "who_speaks_first", "direction", "phone_number_ids",
	"interrupt_sensitivity", "conversation_speed", "ask_if_human_present_on_idle",
	"required", "value", "url", "webhook_url", "events", "authorization_url", "authorization_scheme",
	"template_id",
	"conversation_mode", "initial_node_id", "meta", "nodes", "content", "match", "next",
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

// key writes the name of an object's member.
func key(name string) hclwrite.Tokens {
	if hclsyntax.ValidIdentifier(name) && name != "for" { // which begins an expression
		return hclwrite.TokensForIdentifier(name)
	}
	return hclwrite.TokensForValue(cty.StringVal(name))
}

// reference is an expression such as talq_agent.this.id.
func reference(steps ...string) hclwrite.Tokens {
	t := hcl.Traversal{hcl.TraverseRoot{Name: steps[0]}}
	for _, step := range steps[1:] {
		t = append(t, hcl.TraverseAttr{Name: step})
	}
	return hclwrite.TokensForTraversal(t)
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
