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
	at      func(...string) path.Path // the attribute of these names under flow_config, or flow_config_json
	initial types.String
	nodes   []node
	// whole reports whether all nodes are there and all ids known, and ways whether it is
	// known where each node leads.
	whole, ways bool
}

// node is one node of a graph.
type node struct {
	at      func(...string) path.Path // the attribute of these names of the node, or flow_config_json
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
	at path.Path
	id types.String
}

// graphOf returns the graph of a typed flow, which is neither null nor unknown.
func graphOf(config types.Object) graph {
	nodes := listIn(config, "nodes")
	g := graph{at: under(path.Root(attributeConfig)), initial: textIn(config, "initial_node_id"), whole: !nodes.IsUnknown(), ways: !nodes.IsUnknown()}
	for i, element := range nodes.Elements() {
		value, ok := element.(types.Object)
		if !ok || value.IsUnknown() || value.IsNull() {
			g.whole, g.ways = false, false
			continue
		}
		g.add(nodeOf(value, path.Root(attributeConfig).AtName("nodes").AtListIndex(i)))
	}
	return g
}

func (g *graph) add(n node, ways bool) {
	g.nodes = append(g.nodes, n)
	g.whole = g.whole && !n.id.IsUnknown()
	g.ways = g.ways && ways
}

// nodeOf returns a typed node, and whether it is known where it leads.
func nodeOf(value types.Object, at path.Path) (n node, ways bool) {
	branches, extra := listIn(value, "branches"), textIn(value, "extra_json")
	n = node{
		at: under(at), id: textIn(value, "id"), kind: textIn(value, "type"), content: textIn(value, "content"),
		branches: branches.IsUnknown() || len(branches.Elements()) > 0, extra: !extra.IsNull(),
		targets: []target{{at.AtName("next"), textIn(value, "next")}},
	}
	ways = !branches.IsUnknown() && !extra.IsUnknown()
	for i, element := range branches.Elements() {
		branch, ok := element.(types.Object)
		if !ok || branch.IsUnknown() {
			ways = false
			continue
		}
		n.targets = append(n.targets, target{at.AtName("branches").AtListIndex(i).AtName("next"), textIn(branch, "next")})
	}
	for _, to := range n.targets {
		ways = ways && !to.id.IsUnknown()
	}
	n.mentions = texts(extraMembers(extra))
	return n, ways
}

// graphOfJSON returns the graph of a flow in JSON. What has another type than the pages say
// counts as left out: the API's own check speaks of it.
func graphOfJSON(config map[string]any) graph {
	at := func(...string) path.Path { return path.Root(attributeJSON) }
	g := graph{at: at, initial: member(config, "initial_node_id"), whole: true, ways: true}
	for _, element := range list(config["nodes"]) {
		fields, _ := element.(map[string]any)
		n := node{
			at: at, id: member(fields, "id"), kind: member(fields, "type"), content: member(fields, "content"),
			branches: len(list(fields["branches"])) > 0,
			targets:  []target{{at(), member(fields, "next")}},
		}
		for _, branch := range list(fields["branches"]) {
			of, _ := branch.(map[string]any)
			n.targets = append(n.targets, target{at(), member(of, "next")})
		}
		for name, value := range fields {
			if !slices.Contains(nodeMembers, name) {
				n.extra = true
				n.mentions = append(n.mentions, texts(value)...)
			}
		}
		g.add(n, true)
	}
	return g
}

// under returns a function that makes paths below one.
func under(at path.Path) func(...string) path.Path {
	return func(names ...string) path.Path {
		below := at
		for _, name := range names {
			below = below.AtName(name)
		}
		return below
	}
}

// texts returns all texts in decoded JSON.
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

// member returns a text of an object of JSON, null where it is none.
func member(fields map[string]any, name string) types.String {
	if text, ok := fields[name].(string); ok {
		return types.StringValue(text)
	}
	if number, ok := fields[name].(json.Number); ok {
		return types.StringValue(number.String()) // as ids may be written
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

func objectIn(value types.Object, name string) types.Object {
	object, _ := value.Attributes()[name].(types.Object)
	return object
}
