package chaos

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The resource types that a storm is made of.
const (
	typeAgent       = "talq_agent"
	typeTraining    = "talq_training"
	typeAction      = "talq_action"
	typePublication = "talq_agent_publication"
)

// reference stands for the id of the agent that has this address.
type reference string

// attributes are the arguments of a resource by name, as somebody writes them: string,
// int64, [json.Number], bool, map[string]any for maps and objects, []any for lists and sets,
// [reference]. What is left out is null.
// Nothing inside is changed in place, so that a shallow copy is a copy.
type attributes map[string]any

// text is an attribute's text, empty where it is null or none.
func (a attributes) text(name string) string {
	text, _ := a[name].(string)
	return text
}

// configuration is what a person wrote: the arguments of each resource by its address. The
// triggers of publications are left out, since they follow from the rest.
type configuration map[string]attributes

// declared is one resource of a configuration.
type declared struct {
	address, kind string
	attributes    attributes
	// refers are the addresses of the resources that it refers to, sorted.
	refers []string
}

// typeOf is the resource type of an address.
func typeOf(address string) string {
	kind, _, _ := strings.Cut(address, ".")
	return kind
}

// nameOf is the name of the resource at an address.
func nameOf(address string) string {
	_, name, _ := strings.Cut(address, ".")
	return name
}

// agentOf is the agent that a resource belongs to, a reference or an id; for an agent it is
// a reference to itself.
func (c configuration) agentOf(address string) any {
	if typeOf(address) == typeAgent {
		return reference(address)
	}
	return c[address]["agent_id"]
}

func publicationAddress(agent any) string {
	return typePublication + "." + strings.NewReplacer("-", "_", typeAgent+".", "").Replace(fmt.Sprint(agent))
}

// resources are all of a configuration, sorted by address.
func (c configuration) resources() []declared {
	var all []declared
	for _, address := range slices.Sorted(maps.Keys(c)) {
		d := declared{address: address, kind: typeOf(address), attributes: c[address]}
		if agent, ok := c[address]["agent_id"].(reference); ok {
			d.refers = append(d.refers, string(agent))
		}
		if d.kind == typePublication {
			d.refers = slices.DeleteFunc(slices.Sorted(maps.Keys(c)), func(other string) bool {
				return typeOf(other) == typePublication || c.agentOf(other) != c.agentOf(address)
			})
		}
		all = append(all, d)
	}
	return all
}

// hcl writes the configuration for the CLI.
func (c configuration) hcl() string {
	var b strings.Builder
	for _, resource := range c.resources() {
		b.WriteString(resource.hcl())
	}
	return b.String()
}

// hcl writes one resource.
func (r declared) hcl() string {
	var b strings.Builder
	fmt.Fprintf(&b, "resource %q %q {\n", r.kind, nameOf(r.address))
	for _, attribute := range slices.Sorted(maps.Keys(r.attributes)) {
		fmt.Fprintf(&b, "  %s = %s\n", attribute, hclValue(r.attributes[attribute]))
	}
	if r.kind == typePublication {
		var entries []string
		for _, address := range r.refers {
			entries = append(entries, fmt.Sprintf("%s = %s.revision", nameOf(address), address))
		}
		fmt.Fprintf(&b, "  triggers = {%s}\n", strings.Join(entries, ", "))
	}
	b.WriteString("}\n")
	return b.String()
}

// hclValue writes one value as an HCL expression, which JSON is, except for templates.
func hclValue(value any) string {
	if agent, ok := value.(reference); ok {
		return string(agent) + ".id"
	}
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(encode(value))
}

// headerValue is the nth value that a header may have. All of them start alike, so that
// one that got into a message is found there.
func headerValue(n int) string { return fmt.Sprintf("%s%d", headerMark, n) }

const headerMark = "made-up-header-value-"
