package flow

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// graph is a flow as the rules look at it, whatever form a person wrote it in. Its texts may be
// unknown.
type graph struct {
	at      place
	initial types.String
	nodes   []node
	// whole reports whether all nodes are there and all ids known, and ways whether it is
	// known where each node leads.
	whole, ways bool
}

type node struct {
	at      place
	id      types.String
	kind    types.String
	content types.String
	targets []target
	// branches reports whether the node has some, or may have.
	branches bool
	// extra reports whether the node has members that the pages do not name, or may have,
	// and mentions are all texts in them: one may be the id of a node.
	extra    bool
	mentions []string
}

// target is the id of a node that another one leads to.
type target struct {
	at place
	id types.String
}

// place is where a part of a flow stands. A flow in JSON is one attribute.
type place struct {
	path.Path
	inJSON bool
}

func (p place) below(name string, index ...int) place {
	if p.inJSON {
		return p
	}
	p.Path = p.AtName(name)
	for _, i := range index {
		p.Path = p.AtListIndex(i)
	}
	return p
}

// graphOf returns the graph of a flow. What has another type than the pages say counts as left
// out: the API's own check speaks of it.
func graphOf(config map[string]any, at place) graph {
	known := !isUnknown(config["nodes"])
	g := graph{at: at, initial: member(config, "initial_node_id"), whole: known, ways: known}
	for i, element := range list(config["nodes"]) {
		if isUnknown(element) {
			g.whole, g.ways = false, false
			continue
		}
		fields, _ := element.(map[string]any)
		n, ways := nodeOf(fields, at.below("nodes", i))
		g.nodes = append(g.nodes, n)
		g.whole = g.whole && !n.id.IsUnknown()
		g.ways = g.ways && ways
	}
	return g
}

// nodeOf returns a node, and whether it is known where it leads.
func nodeOf(fields map[string]any, at place) (n node, ways bool) {
	branches := list(fields["branches"])
	ways = !isUnknown(fields["branches"])
	n = node{
		at: at, id: member(fields, "id"), kind: member(fields, "type"), content: member(fields, "content"),
		branches: !ways || len(branches) > 0,
		targets:  []target{{at.below("next"), member(fields, "next")}},
	}
	for i, element := range branches {
		branch, _ := element.(map[string]any)
		n.targets = append(n.targets, target{at.below("branches", i).below("next"), member(branch, "next")})
		ways = ways && !isUnknown(element)
	}
	for _, to := range n.targets {
		ways = ways && !to.id.IsUnknown()
	}
	for name, value := range fields {
		if !slices.Contains(nodeMembers, name) {
			n.extra = true
			n.mentions = append(n.mentions, texts(value)...)
			ways = ways && !isUnknown(value)
		}
	}
	return n, ways
}

func texts(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var found []string
		for _, element := range value {
			found = append(found, texts(element)...)
		}
		return found
	case map[string]any:
		var found []string
		for _, element := range value {
			found = append(found, texts(element)...)
		}
		return found
	}
	return nil
}

// member returns a text of an object, null where it is none.
func member(fields map[string]any, name string) types.String {
	switch value := fields[name].(type) {
	case string:
		return types.StringValue(value)
	case json.Number:
		return types.StringValue(value.String()) // as ids may be written
	case unknown:
		return types.StringUnknown()
	}
	return types.StringNull()
}

func list(value any) []any {
	elements, _ := value.([]any)
	return elements
}

func textIn(value types.Object, name string) types.String {
	text, _ := value.Attributes()[name].(types.String)
	return text
}

func listIn(value types.Object, name string) types.List {
	elements, _ := value.Attributes()[name].(types.List)
	return elements
}
