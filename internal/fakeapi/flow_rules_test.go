package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestValidFlows(t *testing.T) {
	a := start(t)
	action := a.AddAction(a.agent, webhook(map[string]any{"current_status": "inactive"}))
	hi := map[string]any{"content": "Hi!"}
	for name, config := range map[string]map[string]any{
		"the page's":    a.sampleFlow(),
		"one node":      flowOf(node("first", "end", nil)),
		"leads nowhere": flowOf(node("first", "say", hi)),
		"a circle":      flowOf(node("first", "say", with(map[string]any{"next": "first"}, hi))),
		"every type": flowOf(
			node("first", "ask", map[string]any{"content": "Yes?", "next": "d"}),
			node("d", "decision", map[string]any{"branches": []any{branchTo("a"), branchTo("t"), branchTo("e")}}),
			node("a", "action", map[string]any{"action_id": action, "next": "t"}),
			node("t", "transfer", nil), node("e", "end", nil)),
		"an action in another node": flowOf(node("first", "end", map[string]any{"action_id": action})),
		"null":                      with(flowOf(node("first", "end", map[string]any{"next": nil, "branches": nil, "action_id": nil})), map[string]any{"meta": nil, "global_functions": nil}),
		"no names":                  with(flowOf(node("first", "end", nil)), map[string]any{"meta": map[string]any{}, "global_functions": []any{}}),
	} {
		same(t, name+" validated", a.validateFlow(config).body, map[string]any{"success": true, "message": "Flow is valid"})
		same(t, name+" saved", a.saveFlow(config).status, http.StatusOK)
	}
}

// TestFaultsOfFlows looks at each fault of a flow. A sentence that is in an example of the
// pages is as there; the others are ours.
func TestFaultsOfFlows(t *testing.T) {
	a := start(t)
	other := a.AddAgent(fakeapi.AgentSeed{})
	foreign := a.AddAction(other, webhook(nil))
	end := node("first", "end", nil)
	for _, test := range []struct {
		name   string
		config map[string]any
		want   []any
	}{
		{"nothing", map[string]any{}, []any{"initial_node_id is required", "nodes is required"}},
		{"no nodes", flowOf(), []any{"initial_node_id 'first' not found in nodes"}},
		{"initial node of another type", with(flowOf(end), map[string]any{"initial_node_id": 1}), []any{"initial_node_id is required"}},
		{"nodes are an object", map[string]any{"initial_node_id": "first", "nodes": map[string]any{}},
			[]any{"nodes is required", "initial_node_id 'first' not found in nodes"}},
		{"meta and functions", with(flowOf(end), map[string]any{"meta": "x", "global_functions": map[string]any{}}),
			[]any{"meta must be an object", "global_functions must be an array"}},
		{"nodes without an id", map[string]any{"initial_node_id": "first", "nodes": []any{"x", end, node("", "end", nil), map[string]any{"type": "end"}}},
			[]any{"Node 0 has no id", "Node 2 has no id", "Node 3 has no id"}},
		{"an unknown type", flowOf(node("first", "shout", nil)), []any{"Node 'first' has unknown type 'shout'"}},
		{"three of one id", flowOf(end, end, end), []any{"Duplicate node id: 'first'"}},
		{"say without content", flowOf(node("first", "say", nil)), []any{"Node 'first' of type 'say' requires 'content'"}},
		{"ask with blank content", flowOf(node("first", "ask", map[string]any{"content": " "})), []any{"Node 'first' of type 'ask' requires 'content'"}},
		{"decision without branches", flowOf(node("first", "decision", map[string]any{"branches": []any{}})),
			[]any{"Node 'first' of type 'decision' requires 'branches'"}},
		{"action without an action", flowOf(node("first", "action", nil)), []any{"Node 'first' of type 'action' requires 'action_id'"}},
		{"unknown targets", flowOf(node("first", "decision", map[string]any{"next": "x", "branches": []any{branchTo("y"), branchTo(nil)}})), []any{
			"Node 'first' references unknown next node 'x'", "Node 'first' references unknown next node 'y'",
			"Node 'first' has no next node in branch 1",
		}},
		{"action of another agent", flowOf(node("first", "action", map[string]any{"action_id": foreign})),
			[]any{"Node 'first' references unknown action '" + foreign + "'"}},
		{"unreachable nodes", flowOf(end, node("b", "say", map[string]any{"content": "Hi!", "next": "c"}), node("c", "end", nil)),
			[]any{"Node 'b' is unreachable", "Node 'c' is unreachable"}},
		{"no reachability without an initial node", flowOf(node("b", "end", nil)), []any{"initial_node_id 'first' not found in nodes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			validated, saved := a.validateFlow(test.config), a.saveFlow(test.config)
			same(t, "validated", sentences(validated), test.want)
			same(t, "saved", sentences(saved), test.want)
			same(t, "statuses", []int{validated.status, saved.status}, []int{422, 422})
		})
	}
}

func TestFieldsOfAFlowBody(t *testing.T) {
	a := start(t)
	for _, test := range []struct {
		name string
		body map[string]any
		want []string
	}{
		{"nothing", map[string]any{}, []string{"conversation_mode"}},
		{"an unknown mode", map[string]any{"conversation_mode": "x"}, []string{"conversation_mode"}},
		{"no flow", map[string]any{"conversation_mode": "flow_driven"}, []string{"flow_config"}},
		{"null", map[string]any{"conversation_mode": "flow_driven", "flow_config": nil}, []string{"flow_config"}},
		{"a text", map[string]any{"conversation_mode": "flow_driven", "flow_config": "{}"}, []string{"flow_config"}},
	} {
		got := a.do(http.MethodPut, a.path("/flow"), test.body)
		same(t, "status of "+test.name, got.status, http.StatusUnprocessableEntity)
		same(t, test.name, faults(got), test.want)
	}
	for _, config := range []any{nil, "{}", []any{}} {
		same(t, "validation", faults(a.validateFlow(config)), []string{"flow_config"})
	}
	for path, method := range map[string]string{"/flow": http.MethodPut, "/flow/validate": http.MethodPost} {
		same(t, path, a.do(method, a.path(path), []byte(`{"cut":`)).status, http.StatusBadRequest)
	}
}

func TestFlowThatIsSavedOutlivesTheActionThatItNames(t *testing.T) {
	a := start(t)
	action := a.AddAction(a.agent, webhook(nil))
	config := flowOf(node("first", "action", map[string]any{"action_id": action}))
	a.saveFlow(config)
	same(t, "status of the delete", a.do(http.MethodDelete, a.actions()+"/"+action, nil).status, http.StatusOK)
	same(t, "the flow", a.flowNow()["flow_config"], config)
	same(t, "saved again", sentences(a.saveFlow(config)), []any{"Node 'first' references unknown action '" + action + "'"})
}
