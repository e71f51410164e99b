package fakeapi_test

import "net/http"

// saveFlow sends a flow for a flow-driven agent.
func (a api) saveFlow(config any) reply {
	a.t.Helper()
	return a.do(http.MethodPut, a.path("/flow"), map[string]any{"conversation_mode": "flow_driven", "flow_config": config})
}

// saveLLM sends the agent back to be llm driven.
func (a api) saveLLM() reply {
	a.t.Helper()
	return a.do(http.MethodPut, a.path("/flow"), map[string]any{"conversation_mode": "llm_driven"})
}

func (a api) validateFlow(config any) reply {
	a.t.Helper()
	return a.do(http.MethodPost, a.path("/flow/validate"), map[string]any{"flow_config": config})
}

// flowNow is the flow as GET shows it.
func (a api) flowNow() map[string]any {
	a.t.Helper()
	return a.do(http.MethodGet, a.path("/flow"), nil).data()
}

// versions is the listing of the flow's versions.
func (a api) versions() []map[string]any {
	a.t.Helper()
	items, _ := a.do(http.MethodGet, a.path("/flow/versions"), nil).data()["versions"].([]any)
	list := []map[string]any{}
	for _, item := range items {
		list = append(list, object(item))
	}
	return list
}

// sampleFlow is the flow_config of the page's example of an update.
func (a api) sampleFlow() map[string]any {
	a.t.Helper()
	return object(sample(a.t, "update-agent-flow.request-2.json")["flow_config"])
}

// flowOf is a flow that begins with the node called first.
func flowOf(nodes ...map[string]any) map[string]any {
	list := []any{}
	for _, node := range nodes {
		list = append(list, node)
	}
	return map[string]any{"initial_node_id": "first", "nodes": list}
}

// node has an id, a type, and fields over it.
func node(id, kind string, fields map[string]any) map[string]any {
	return with(map[string]any{"id": id, "type": kind}, fields)
}

func branchTo(next any) map[string]any { return map[string]any{"match": "yes", "next": next} }

// sentences are what a refused flow is told.
func sentences(got reply) []any {
	list, _ := got.body["errors"].([]any)
	return append([]any{}, list...)
}
