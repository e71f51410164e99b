package fakeapi

import (
	"fmt"
	"slices"
)

// nodeNeeds are the fields that a node of each type needs. The pages say that there are such
// fields, and not which.
var nodeNeeds = map[string][]string{
	"say": {"content"}, "ask": {"content"}, "decision": {"branches"}, "action": {"action_id"}, "transfer": nil, "end": nil,
}

// goOn are the types of a node from which the conversation goes on by itself.
var goOn = []string{"say", "ask", "action"}

// flowErrors are the sentences about a flow_config, none when it is valid: about the flow, about
// each node, and about nodes that nothing leads to, where there is an initial one. The words are
// those of update-agent-flow and validate-agent-flow, and our own where these have no example.
func (b Behaviour) flowErrors(a *agent, config map[string]any) []string {
	sentences, nodes := shapeErrors(config), objects(config["nodes"])
	next := map[string][]string{} // by the id of a node, of all nodes that have it
	for _, node := range nodes {
		if id, ok := node["id"].(string); ok {
			next[id] = append(next[id], targets(node)...)
		}
	}
	initial, _ := config["initial_node_id"].(string)
	_, found := next[initial]
	if initial != "" && !found {
		sentences = append(sentences, fmt.Sprintf("initial_node_id '%s' not found in nodes", initial))
	}
	seen := map[string]int{}
	for i, node := range nodes {
		id, _ := node["id"].(string)
		if id == "" {
			sentences = append(sentences, fmt.Sprintf("Node %d has no id", i))
			continue
		}
		if seen[id]++; seen[id] == 2 {
			sentences = append(sentences, fmt.Sprintf("Duplicate node id: '%s'", id))
		}
		for _, problem := range b.nodeErrors(a, node, next) {
			sentences = append(sentences, fmt.Sprintf("Node '%s' %s", id, problem))
		}
	}
	if !found {
		return sentences
	}
	reached := reach(initial, next)
	for _, node := range nodes {
		if id, _ := node["id"].(string); id != "" && !reached[id] {
			reached[id] = true // It is told once.
			sentences = append(sentences, fmt.Sprintf("Node '%s' is unreachable", id))
		}
	}
	return sentences
}

// shapeErrors are about the parts of a flow as such.
func shapeErrors(config map[string]any) []string {
	sentences := []string{}
	if isBlank(config["initial_node_id"]) || text(config["initial_node_id"]) != "" {
		sentences = append(sentences, "initial_node_id is required")
	}
	if list(config["nodes"]) != "" {
		sentences = append(sentences, "nodes is required")
	}
	if config["meta"] != nil && object(config["meta"]) == nil {
		sentences = append(sentences, "meta must be an object")
	}
	if config["global_functions"] != nil && list(config["global_functions"]) != "" {
		sentences = append(sentences, "global_functions must be an array")
	}
	return sentences
}

// nodeErrors are what is wrong with one node, as the ends of sentences that begin with its id.
func (b Behaviour) nodeErrors(a *agent, node map[string]any, next map[string][]string) []string {
	problems := []string{}
	add := func(format string, values ...any) { problems = append(problems, fmt.Sprintf(format, values...)) }
	kind, _ := node["type"].(string)
	needs, known := nodeNeeds[kind]
	if !known {
		add("has unknown type '%s'", kind)
	}
	for _, name := range needs {
		if branches, ok := node[name].([]any); isBlank(node[name]) || ok && len(branches) == 0 {
			if name != "action_id" || !b.ActionsUnchecked {
				add("of type '%s' requires '%s'", kind, name)
			}
		}
	}
	if b.NodesNeedNext && slices.Contains(goOn, kind) && len(targets(node)) == 0 {
		add("of type '%s' requires 'next'", kind)
	}
	for _, target := range targets(node) {
		if _, ok := next[target]; !ok {
			add("references unknown next node '%s'", target)
		}
	}
	for i, branch := range objects(node["branches"]) {
		if id, _ := branch["next"].(string); id == "" {
			add("has no next node in branch %d", i)
		}
	}
	if action := node["action_id"]; action != nil && !b.ActionsUnchecked {
		if id, _ := action.(string); a.actions.byID(id) == nil {
			add("references unknown action '%v'", action)
		}
	}
	return problems
}

// targets are the ids of the nodes that a node leads to.
func targets(node map[string]any) []string {
	found := []string{}
	for _, part := range append([]map[string]any{node}, objects(node["branches"])...) {
		if id, _ := part["next"].(string); id != "" {
			found = append(found, id)
		}
	}
	return found
}

// reach is every node that a conversation may get to.
func reach(initial string, next map[string][]string) map[string]bool {
	reached, open := map[string]bool{initial: true}, []string{initial}
	for len(open) > 0 {
		id := open[0]
		open = open[1:]
		for _, target := range next[id] {
			if !reached[target] {
				reached[target] = true
				open = append(open, target)
			}
		}
	}
	return reached
}
