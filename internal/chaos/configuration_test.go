package chaos

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The resource types that a storm is made of.
const (
	typeAction      = "talq_action"
	typePublication = "talq_agent_publication"
)

// attributes are the arguments of a resource by name, as somebody writes them: string,
// int64, bool, map[string]any for maps and objects, []any. What is left out is null.
// Nothing inside is changed in place, so that a shallow copy is a copy.
type attributes map[string]any

// text is an attribute's text, empty where it is null or none.
func (a attributes) text(name string) string {
	text, _ := a[name].(string)
	return text
}

// configuration is what a person wrote: the actions by the name of their resource, and the
// ids of the agents that have a publication.
type configuration struct {
	actions      map[string]attributes
	publications map[string]bool
}

func (c configuration) clone() configuration {
	return configuration{maps.Clone(c.actions), maps.Clone(c.publications)}
}

// declared is one resource of a configuration.
type declared struct {
	address, kind string
	attributes    attributes
	// triggers are the addresses of the actions that a publication refers to.
	triggers []string
}

func actionAddress(name string) string { return typeAction + "." + name }

func publicationAddress(agentID string) string {
	return typePublication + "." + strings.ReplaceAll(agentID, "-", "_")
}

// resources are all of a configuration, the actions first, sorted by address.
func (c configuration) resources() []declared {
	var all []declared
	for _, name := range slices.Sorted(maps.Keys(c.actions)) {
		all = append(all, declared{address: actionAddress(name), kind: typeAction, attributes: c.actions[name]})
	}
	for _, agentID := range slices.Sorted(maps.Keys(c.publications)) {
		publication := declared{address: publicationAddress(agentID), kind: typePublication, attributes: attributes{"agent_id": agentID}}
		for _, name := range slices.Sorted(maps.Keys(c.actions)) {
			if c.actions[name].text("agent_id") == agentID {
				publication.triggers = append(publication.triggers, actionAddress(name))
			}
		}
		all = append(all, publication)
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
	kind, name, _ := strings.Cut(r.address, ".")
	fmt.Fprintf(&b, "resource %q %q {\n", kind, name)
	for _, attribute := range slices.Sorted(maps.Keys(r.attributes)) {
		fmt.Fprintf(&b, "  %s = %s\n", attribute, hclValue(r.attributes[attribute]))
	}
	if r.kind == typePublication {
		var entries []string
		for _, address := range r.triggers {
			entries = append(entries, fmt.Sprintf("%s = %s.revision", strings.TrimPrefix(address, typeAction+"."), address))
		}
		fmt.Fprintf(&b, "  triggers = {%s}\n", strings.Join(entries, ", "))
	}
	b.WriteString("}\n")
	return b.String()
}

// hclValue writes one value as an HCL expression, which JSON is, except for templates.
func hclValue(value any) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(encode(value))
}

// headerValue is the nth value that a header may have. All of them start alike, so that
// one that got into a message is found there.
func headerValue(n int) string { return fmt.Sprintf("%s%d", headerMark, n) }

const headerMark = "made-up-header-value-"
