package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const (
	missing = "Missing Configuration for Required Attribute"
	lacking = "Missing part of a flow"
	noWord  = "Invalid Attribute Value Match"
)

// TestValidateAttributes has a row of unknown, null and empty for each attribute beside the
// graph.
func TestValidateAttributes(t *testing.T) {
	p := acctest.NewProtocol(t).Of(flowType)
	typed, text := greeting(nil), greetingJSON
	for _, row := range []struct {
		name   string
		config acctest.Values
		heads  []string
	}{
		{"llm driven", acctest.Values{"agent_id": "agent-1", "conversation_mode": "llm_driven"}, nil},
		{"typed", driven(typed), nil},
		{"in JSON", drivenByJSON(text), nil},
		{"all unknown", acctest.Values{"agent_id": acctest.Unknown, "conversation_mode": acctest.Unknown, "flow_config": acctest.Unknown, "flow_config_json": acctest.Unknown}, nil},

		{"agent_id null", acctest.ButWith(driven(typed), acctest.Values{"agent_id": nil}), []string{"error at agent_id: " + missing}},
		{"agent_id empty", acctest.ButWith(driven(typed), acctest.Values{"agent_id": ""}), []string{"error at agent_id: Wrong id"}},
		{"agent_id of two dots", acctest.ButWith(driven(typed), acctest.Values{"agent_id": ".."}), []string{"error at agent_id: Wrong id"}},
		{"mode null", acctest.Values{"agent_id": "agent-1"}, []string{"error at conversation_mode: " + missing}},
		{"mode empty", acctest.Values{"agent_id": "agent-1", "conversation_mode": ""}, []string{"error at conversation_mode: " + noWord}},
		{"mode that there is not", acctest.Values{"agent_id": "agent-1", "conversation_mode": "driven"}, []string{"error at conversation_mode: " + noWord}},

		{"flow driven without a flow", driven(nil), []string{"error at flow_config: Wrong form of a flow"}},
		{"flow driven with a flow not known yet", driven(acctest.Unknown), nil},
		{"flow driven with JSON not known yet", drivenByJSON(acctest.Unknown), nil},
		{"two forms", acctest.ButWith(driven(typed), acctest.Values{"flow_config_json": text}), []string{"error at flow_config_json: Wrong form of a flow"}},
		{"two forms of which one is not known yet", acctest.ButWith(driven(typed), acctest.Values{"flow_config_json": acctest.Unknown}), nil},
		{"llm driven with a flow", acctest.ButWith(driven(typed), acctest.Values{"conversation_mode": "llm_driven"}), []string{"error at flow_config: Wrong form of a flow"}},
		{"llm driven with JSON", acctest.ButWith(drivenByJSON(text), acctest.Values{"conversation_mode": "llm_driven"}), []string{"error at flow_config_json: Wrong form of a flow"}},
		{"llm driven with a flow not known yet", acctest.ButWith(driven(acctest.Unknown), acctest.Values{"conversation_mode": "llm_driven"}), nil},
		{"a flow in a mode not known yet", acctest.ButWith(driven(typed), acctest.Values{"conversation_mode": acctest.Unknown}), nil},
	} {
		t.Run(row.name, func(t *testing.T) { p.Validate(row.config).Are(t, row.heads...) })
	}
}

// TestValidateTypedGraph has the rules of a graph, and what of it may be unknown or null.
func TestValidateTypedGraph(t *testing.T) {
	p := acctest.NewProtocol(t).Of(flowType)
	with := func(base acctest.Values, name string, value any) acctest.Values {
		return acctest.ButWith(base, acctest.Values{name: value})
	}
	branch := func(next any) acctest.Values { return acctest.Values{"match": "yes", "next": next} }
	decision := func(branches any) acctest.Values {
		return acctest.Values{"id": "a", "type": "decision", "branches": branches}
	}
	for _, row := range []struct {
		name   string
		config acctest.Values
		heads  []string
	}{
		{"a circle", nodes(say("a", "b"), say("b", "a")), nil},
		{"with meta and functions", greeting(acctest.Values{"meta": acctest.Values{"name": "Intake", "version": "1.0.0"}, "global_functions": []any{acctest.Values{"name": "end_conversation"}}}), nil},
		{"with empty ones", greeting(acctest.Values{"meta": acctest.Values{}, "global_functions": []any{}}), nil},

		{"initial_node_id null", greeting(acctest.Values{"initial_node_id": nil}), []string{"error at flow_config.initial_node_id: " + missing}},
		{"initial_node_id empty", greeting(acctest.Values{"initial_node_id": ""}), []string{"error at flow_config.initial_node_id: Empty text", "error at flow_config.initial_node_id: No such node"}},
		{"initial_node_id unknown", greeting(acctest.Values{"initial_node_id": acctest.Unknown}), nil},
		{"initial_node_id of no node", greeting(acctest.Values{"initial_node_id": "hello"}), []string{"error at flow_config.initial_node_id: No such node"}},
		{"nodes null", greeting(acctest.Values{"nodes": nil}), []string{"error at flow_config.nodes: " + missing}},
		{"nodes empty", greeting(acctest.Values{"nodes": []any{}}), []string{"error at flow_config.nodes: Invalid Attribute Value"}},
		{"nodes unknown", greeting(acctest.Values{"nodes": acctest.Unknown}), nil},
		{"a node null", nodes(end("a"), nil), []string{"error at flow_config.nodes: Null List Value"}},
		{"a node unknown", nodes(say("a", "b"), acctest.Unknown), nil},
		{"a function without a name", greeting(acctest.Values{"global_functions": []any{acctest.Values{"description": "Ends."}}}), []string{"error at flow_config.global_functions[0].name: " + lacking}},

		{"id null", nodes(with(say("a", "a"), "id", nil)), []string{"error at flow_config.nodes[0].id: " + lacking}},
		{"id empty", nodes(say("a", "b"), end("b"), end("")), []string{"error at flow_config.nodes[2].id: Empty text"}},
		{"id unknown", nodes(say("a", "b"), with(end("x"), "id", acctest.Unknown)), nil},
		{"id given twice", nodes(say("a", "b"), end("b"), end("b")), []string{"error at flow_config.nodes[2].id: Node id given twice"}},
		{"id given twice beside an unknown one", nodes(say("a", "b"), end("b"), end("b"), with(end("x"), "id", acctest.Unknown)), []string{"error at flow_config.nodes[2].id: Node id given twice"}},
		{"type null", nodes(with(end("a"), "type", nil)), []string{"error at flow_config.nodes[0].type: " + lacking}},
		{"type unknown", nodes(with(end("a"), "type", acctest.Unknown)), nil},
		{"type that there is not", nodes(with(end("a"), "type", "sing")), []string{"error at flow_config.nodes[0].type: " + noWord}},

		{"next to no node", nodes(say("a", "b")), []string{"error at flow_config.nodes[0].next: No such node"}},
		{"next empty", nodes(say("a", "")), nil},
		{"next unknown", nodes(with(say("a", ""), "next", acctest.Unknown), end("b")), nil},
		{"a branch to no node", nodes(decision([]any{branch("a"), branch("b")})), []string{"error at flow_config.nodes[0].branches[1].next: No such node"}},
		{"a branch without next", nodes(decision([]any{branch(nil)})), []string{"error at flow_config.nodes[0].branches[0].next: " + lacking}},
		{"a branch unknown", nodes(decision([]any{acctest.Unknown}), end("b")), nil},
		{"a branch to what is not known", nodes(decision([]any{branch(acctest.Unknown)}), end("b")), nil},
		{"a branch for anything", nodes(decision([]any{acctest.Values{"next": "b"}}), end("b")), nil},
		{"unreachable", nodes(say("a", "b"), end("b"), say("c", "b"), end("d")), []string{"error at flow_config.nodes[2].id: Unreachable node", "error at flow_config.nodes[3].id: Unreachable node"}},
		{"unreachable, in a circle", nodes(end("a"), say("b", "c"), say("c", "b")), []string{"error at flow_config.nodes[1].id: Unreachable node", "error at flow_config.nodes[2].id: Unreachable node"}},
		{"reached by what the pages do not name", nodes(acctest.Values{"id": "a", "type": "action", "extra_json": `{"on_error": {"next": "b"}}`}, end("b")), nil},
		{"reached by what is not known", nodes(acctest.Values{"id": "a", "type": "action", "extra_json": acctest.Unknown}, end("b")), nil},

		{"say without content", nodes(with(say("a", ""), "content", nil)), []string{"error at flow_config.nodes[0].content: Incomplete node"}},
		{"say with blank content", nodes(with(say("a", ""), "content", " \n")), []string{"error at flow_config.nodes[0].content: Incomplete node"}},
		{"say with content not known yet", nodes(with(say("a", ""), "content", acctest.Unknown)), nil},
		{"ask without content", nodes(acctest.Values{"id": "a", "type": "ask"}), []string{"error at flow_config.nodes[0].content: Incomplete node"}},
		{"ask with something else", nodes(acctest.Values{"id": "a", "type": "ask", "extra_json": `{"question": "Who?"}`}), nil},
		{"decision without branches", nodes(decision(nil)), []string{"error at flow_config.nodes[0].branches: Incomplete node"}},
		{"decision with no branch", nodes(decision([]any{})), []string{"error at flow_config.nodes[0].branches: Incomplete node"}},
		{"decision with branches not known yet", nodes(decision(acctest.Unknown)), nil},

		{"extra_json empty", nodes(with(end("a"), "extra_json", "")), []string{"error at flow_config.nodes[0].extra_json: Wrong extra_json"}},
		{"extra_json of a list", nodes(with(end("a"), "extra_json", "[]")), []string{"error at flow_config.nodes[0].extra_json: Wrong extra_json"}},
		{"extra_json with what has an attribute", nodes(with(end("a"), "extra_json", `{"next": "a"}`)), []string{"error at flow_config.nodes[0].extra_json: Wrong extra_json"}},
	} {
		t.Run(row.name, func(t *testing.T) { p.Validate(driven(row.config)).Are(t, row.heads...) })
	}
}

// TestMissingPartsInOrder: a node's own come before those of its branches.
func TestMissingPartsInOrder(t *testing.T) {
	p := acctest.NewProtocol(t).Of(flowType)
	var at []string
	for _, one := range p.Validate(driven(nodes(acctest.Values{"branches": []any{acctest.Values{}}}, acctest.Values{"type": "end"}))) {
		at = append(at, one.At)
	}
	want := []string{"flow_config.nodes[0].id", "flow_config.nodes[0].type", "flow_config.nodes[0].branches[0].next", "flow_config.nodes[1].id"}
	if !slices.Equal(at, want) {
		t.Errorf("missing are %q, want %q", at, want)
	}
}

// flowJSON is a flow in JSON, of nodes in JSON.
func flowJSON(first string, nodes ...string) string {
	return fmt.Sprintf(`{"initial_node_id": %q, "nodes": [%s]}`, first, strings.Join(nodes, ", "))
}

func sayJSON(id, content, next string) string {
	return fmt.Sprintf(`{"id": %q, "type": "say", "content": %q, "next": %q}`, id, content, next)
}

func endJSON(id string) string { return fmt.Sprintf(`{"id": %q, "type": "end"}`, id) }

// TestValidateJSONGraph has the same rules in the other form, which leaves to the API what
// the pages do not know.
func TestValidateJSONGraph(t *testing.T) {
	p := acctest.NewProtocol(t).Of(flowType)
	for _, row := range []struct{ name, text, head, says string }{
		{"empty", "", "Wrong flow in JSON", "this is no JSON"},
		{"blank", " ", "Wrong flow in JSON", "this is no JSON"},
		{"null", "null", "Wrong flow in JSON", "must be a JSON object"},
		{"a list", "[]", "Wrong flow in JSON", "must be a JSON object"},
		{"two values", "{} {}", "Wrong flow in JSON", "there is more after the JSON value"},
		{"an empty object", "{}", "Wrong flow in JSON", "It has no initial_node_id."},
		{"no nodes", `{"initial_node_id": "a", "nodes": []}`, "Wrong flow in JSON", "It has no nodes."},
		{"nodes of another type", `{"initial_node_id": "a", "nodes": {"a": {}}}`, "Wrong flow in JSON", "It has no nodes."},
		{"a node without an id", `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end"}, {"type": "end"}]}`, "Wrong flow in JSON", "Its node number 2, counted from 1, has no id."},
		{"a node without a type", `{"initial_node_id": "a", "nodes": [{"id": "a"}]}`, "Wrong flow in JSON", `Its node "a" has no type.`},
		{"no such first node", flowJSON("hello", sayJSON("greet", "Hello!", "bye"), endJSON("bye")), "No such node", `initial_node_id is "hello", and no node has this id. The nodes are "greet", "bye".`},
		{"no such next node", flowJSON("greet", sayJSON("greet", "Hello!", "byx"), endJSON("bye")), "No such node", `The node "greet" leads to "byx"`},
		{"given twice", flowJSON("greet", sayJSON("greet", "Hello!", "bye"), endJSON("greet")), "Node id given twice", ""},
		{"nothing to say", flowJSON("greet", sayJSON("greet", "", "bye"), endJSON("bye")), "Incomplete node", `The node "greet" of the type "say" needs content`},
		{"unreachable", flowJSON("greet", sayJSON("greet", "Hello!", ""), endJSON("bye")), "Unreachable node", `No path leads from the first node, "greet", to the node "bye".`},
	} {
		t.Run(row.name, func(t *testing.T) {
			said := p.Validate(drivenByJSON(row.text))
			for _, one := range said {
				if one.At != "flow_config_json" || one.Severity != "error" {
					t.Errorf("unexpected: %s", one)
				}
			}
			said.Hold(t, row.head, row.says)
		})
	}
	for name, text := range map[string]string{
		"a type that the pages do not know":      `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "sing"}]}`,
		"members that the pages do not know":     `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "ask", "question": "Who?", "if_silent": "b"}, {"id": "b", "type": "end"}], "language": "en"}`,
		"numbers, lists and truths anywhere":     `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end", "wait": 1.50, "tags": ["x", 2], "mute": true}]}`,
		"a next of another type, the API's word": `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end", "next": ["a"]}]}`,
	} {
		t.Run(name, func(t *testing.T) { p.Validate(drivenByJSON(text)).None(t) })
	}
}
