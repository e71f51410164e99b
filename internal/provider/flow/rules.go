package flow

import (
	"fmt"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// nodeTypes are the types of a node that the page update-agent-flow lists.
var nodeTypes = []string{"say", "ask", "decision", "action", "transfer", "end"}

// nodeMembers are the members of a node that the pages name. extra_json is for all others.
var nodeMembers = []string{"id", "type", "content", "next", "branches"}

// The first lines of what is said of a graph.
const (
	summaryTwice       = "Node id given twice"
	summaryIncomplete  = "Incomplete node"
	summaryNoSuchNode  = "No such node"
	summaryUnreachable = "Unreachable node"
	summaryMissing     = "Missing part of a flow"
	summaryForm        = "Wrong form of a flow"
	summaryJSON        = "Wrong flow in JSON"
)

// problem is what is wrong with a flow, and where it stands.
type problem struct {
	at              place
	summary, detail string
}

// problems returns what the API would refuse of a graph's structure (page validate-agent-flow:
// "unique node IDs, reachability, valid next/branches targets, required fields per node
// type"). What is unknown breaks no rule.
func (g *graph) problems() []problem {
	found := g.repeatedIDs()
	for i := range g.nodes {
		found = append(found, g.nodes[i].incomplete()...)
	}
	if !g.whole || len(g.nodes) == 0 || g.initial.IsNull() { // the schema says so
		return found
	}
	lost := g.lostTargets()
	found = append(found, lost...)
	if g.ways && len(lost) == 0 && !g.initial.IsUnknown() { // a wrong name also cuts off what it should have led to
		found = append(found, g.unreachable()...)
	}
	return found
}

func (g *graph) repeatedIDs() (found []problem) {
	seen := map[string]bool{}
	for _, n := range g.nodes {
		id := n.id.ValueString()
		if n.id.IsNull() || n.id.IsUnknown() {
			continue
		}
		if seen[id] {
			found = append(found, problem{n.at.below("id"), summaryTwice, fmt.Sprintf("Two nodes of the flow have the id %q. Give each node an id of its own.", id)})
		}
		seen[id] = true
	}
	return found
}

// incomplete returns what a node lacks. The pages say that each type has required fields and
// not which: these are the ones without which a node of the type does nothing. With members
// that the pages do not name it may do without them, and only the API can tell.
func (n *node) incomplete() (found []problem) {
	if n.extra {
		return nil
	}
	lacks := func(attribute, why string) {
		found = append(found, problem{n.at.below(attribute), summaryIncomplete, fmt.Sprintf("The node %s of the type %q needs %s: %s.", n.name(), n.kind.ValueString(), attribute, why)})
	}
	switch n.kind.ValueString() {
	case "say", "ask":
		if !n.content.IsUnknown() && tfvalue.Trim(n.content.ValueString()) == "" {
			lacks("content", "it has nothing to say")
		}
	case "decision":
		if !n.branches {
			lacks("branches", "it has nothing to decide between")
		}
	}
	return found
}

func (n *node) name() string { return fmt.Sprintf("%q", n.id.ValueString()) }

// lostTargets returns the references to nodes that there are not.
func (g *graph) lostTargets() (found []problem) {
	ids := g.ids()
	if !g.initial.IsUnknown() && !slices.Contains(ids, g.initial.ValueString()) {
		found = append(found, problem{g.at.below("initial_node_id"), summaryNoSuchNode, fmt.Sprintf("initial_node_id is %q, and no node has this id. %s", g.initial.ValueString(), g.known())})
	}
	for _, n := range g.nodes {
		for _, to := range n.targets {
			if id := to.id.ValueString(); id != "" && !slices.Contains(ids, id) {
				found = append(found, problem{to.at, summaryNoSuchNode, fmt.Sprintf("The node %s leads to %q, and no node has this id. %s", n.name(), id, g.known())})
			}
		}
	}
	return found
}

func (g *graph) ids() []string {
	ids := make([]string, 0, len(g.nodes))
	for _, n := range g.nodes {
		ids = append(ids, n.id.ValueString())
	}
	return ids
}

// known lists the ids of the nodes for a message, the first ones of many.
func (g *graph) known() string {
	ids, more := g.ids(), ""
	if len(ids) > 20 {
		ids, more = ids[:20], " and more"
	}
	return fmt.Sprintf("The nodes are %s%s.", tfvalue.Quoted(ids), more)
}

// unreachable returns the nodes that nothing leads to. A text among the members that the
// pages do not name counts as a way to the node of that id.
func (g *graph) unreachable() (found []problem) {
	leads := map[string][]string{}
	for _, n := range g.nodes {
		id := n.id.ValueString()
		for _, to := range n.targets {
			leads[id] = append(leads[id], to.id.ValueString())
		}
		leads[id] = append(leads[id], n.mentions...)
	}
	reached := map[string]bool{g.initial.ValueString(): true}
	for open := []string{g.initial.ValueString()}; len(open) > 0; open = open[1:] {
		for _, id := range leads[open[0]] {
			if !reached[id] {
				reached[id] = true
				open = append(open, id)
			}
		}
	}
	for _, n := range g.nodes {
		if !reached[n.id.ValueString()] {
			found = append(found, problem{n.at.below("id"), summaryUnreachable, fmt.Sprintf(
				"No path leads from the first node, %[2]q, to the node %[1]s. Let another node lead to it, or remove it.", n.name(), g.initial.ValueString())})
		}
	}
	return found
}
