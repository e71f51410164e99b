package fakeapi_test

import (
	"net/http"
	"testing"
)

// flowMeanings belongs to meanings.
var flowMeanings = map[string]func(t *testing.T, a api, c *clock){
	"agent whose flow is saved: stays published": statusAfter("published", saveFlows...),
	"agent whose flow is saved: draft":           statusAfter("draft", saveFlows...),

	"status of a flow's failed validation: 422": validationFails(http.StatusUnprocessableEntity),
	"status of a flow's failed validation: 200": validationFails(http.StatusOK),

	"flow of an agent that is llm driven again: null":         keptFlow(false),
	"flow of an agent that is llm driven again: the last one": keptFlow(true),

	"flow sent beside llm driven: ignored": func(t *testing.T, a api, _ *clock) {
		got := sendBeside(a)
		same(t, "answer", got.data(), map[string]any{"conversation_mode": "llm_driven", "flow_config": nil})
		same(t, "versions", len(a.versions()), 1)
	},
	"flow sent beside llm driven: refused": func(t *testing.T, a api, _ *clock) {
		got := sendBeside(a)
		same(t, "status", got.status, http.StatusUnprocessableEntity)
		same(t, "fields at fault", faults(got), []string{"flow_config"})
		same(t, "without it", a.saveLLM().status, http.StatusOK)
	},

	"form of a flow: as sent": flowForm(hostileFlow()),
	"form of a flow: filled up": flowForm(with(hostileFlow(), map[string]any{
		"global_functions": []any{},
		"nodes": []any{
			map[string]any{
				"id": "first", "type": "say", "content": "Hi!", "next": "end", "branches": []any{}, "options": map[string]any{}, "voice": "x",
			},
			map[string]any{
				"id": "end", "type": "end", "content": nil, "next": nil,
				"branches": []any{map[string]any{"match": "a", "next": "end", "weight": 1}},
			},
		},
	})),
	"form of a flow: only fields of the page": flowForm(map[string]any{
		"initial_node_id": "first",
		"meta":            map[string]any{},
		"nodes": []any{
			map[string]any{"id": "first", "type": "say", "content": "Hi!", "next": "end"},
			map[string]any{"id": "end", "type": "end", "branches": []any{map[string]any{"match": "a", "next": "end"}}},
		},
	}),
	"form of a flow: empty objects as lists": flowForm(with(hostileFlow(), map[string]any{
		"meta": []any{},
		"nodes": []any{
			map[string]any{"id": "first", "type": "say", "content": "Hi!", "next": "end", "options": []any{}, "voice": "x"},
			hostileEnd(),
		},
	})),

	"node that leads nowhere: taken":   leadsNowhere(0),
	"node that leads nowhere: refused": leadsNowhere(3),

	"action of a node: action_id": func(t *testing.T, a api, _ *clock) {
		same(t, "none", len(sentences(a.validateFlow(flowOf(node("first", "action", nil))))), 1)
		same(t, "an unknown one", len(sentences(a.validateFlow(flowWithAction("x")))), 1)
		same(t, "its own", a.validateFlow(flowWithAction(a.AddAction(a.agent, webhook(nil)))).status, http.StatusOK)
	},
	"action of a node: not checked": func(t *testing.T, a api, _ *clock) {
		same(t, "none", a.validateFlow(flowOf(node("first", "action", nil))).status, http.StatusOK)
		same(t, "an unknown one", a.validateFlow(flowWithAction("x")).status, http.StatusOK)
	},

	"name of a flow's version: that of meta": versionNames("7.0", "1.1.0"),
	"name of a flow's version: counted":      versionNames("1.0.0", "1.1.0"),

	"flow of a version: absent": func(t *testing.T, a api, _ *clock) {
		a.saveFlow(a.sampleFlow())
		if _, ok := a.versions()[0]["flow_config"]; ok {
			t.Error("flow_config is shown")
		}
	},
	"flow of a version: shown": func(t *testing.T, a api, _ *clock) {
		a.saveFlow(a.sampleFlow())
		a.saveLLM()
		newest, ok := a.versions()[0]["flow_config"]
		same(t, "that of the newest, which has none", []any{newest, ok}, []any{nil, true})
		same(t, "that of the first", a.versions()[1]["flow_config"], a.sampleFlow())
	},
}

var saveFlows = []func(api){
	func(a api) { a.saveFlow(a.sampleFlow()) },
	func(a api) { a.saveLLM() },
	func(a api) { a.EditFlow(a.agent, "flow_driven", nil) },
}

func validationFails(status int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		same(t, "validation", a.validateFlow(flowOf()).status, status)
		same(t, "validation without a flow", a.validateFlow(nil).status, http.StatusUnprocessableEntity)
		same(t, "update", a.saveFlow(flowOf()).status, http.StatusUnprocessableEntity)
	}
}

func keptFlow(kept bool) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.saveFlow(a.sampleFlow())
		want := map[string]any{"conversation_mode": "llm_driven", "flow_config": nil}
		if kept {
			want["flow_config"] = a.sampleFlow()
		}
		same(t, "answer", a.saveLLM().data(), want)
		same(t, "the flow", a.flowNow(), want)
	}
}

func sendBeside(a api) reply {
	a.t.Helper()
	return a.do(http.MethodPut, a.path("/flow"), map[string]any{"conversation_mode": "llm_driven", "flow_config": a.sampleFlow()})
}

// hostileFlow has empty objects, fields that no page names, and lacks what may be left out.
func hostileFlow() map[string]any {
	return with(flowOf(
		node("first", "say", map[string]any{"content": "Hi!", "next": "end", "options": map[string]any{}, "voice": "x"}),
		hostileEnd(),
	), map[string]any{"meta": map[string]any{}, "future": true})
}

func hostileEnd() map[string]any {
	return node("end", "end", map[string]any{"branches": []any{map[string]any{"match": "a", "next": "end", "weight": 1}}})
}

func flowForm(want map[string]any) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		got := a.saveFlow(hostileFlow())
		same(t, "answer", got.data()["flow_config"], want)
		same(t, "the flow", a.flowNow()["flow_config"], want)
		same(t, "stored", a.Flow(a.agent).Config, hostileFlow())
	}
}

func leadsNowhere(faults int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		action := a.AddAction(a.agent, webhook(nil))
		got := a.validateFlow(flowOf(
			node("first", "decision", map[string]any{"branches": []any{branchTo("say"), branchTo("ask"), branchTo("action"), branchTo("end"), branchTo("fine")}}),
			node("say", "say", map[string]any{"content": "Hi!"}), node("ask", "ask", map[string]any{"content": "Hi?"}),
			node("action", "action", map[string]any{"action_id": action}), node("end", "end", nil),
			node("fine", "ask", map[string]any{"content": "Hi?", "branches": []any{branchTo("end")}}),
		))
		same(t, "faults", len(sentences(got)), faults)
		if faults > 0 {
			same(t, "the first", sentences(got)[0], "Node 'say' of type 'say' requires 'next'")
		}
	}
}

func flowWithAction(id string) map[string]any {
	return flowOf(node("first", "action", map[string]any{"action_id": id}))
}

func versionNames(first, second string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.saveFlow(with(a.sampleFlow(), map[string]any{"meta": map[string]any{"version": "7.0"}}))
		a.saveFlow(with(a.sampleFlow(), map[string]any{"meta": map[string]any{"name": "No version"}}))
		same(t, "names", []any{a.versions()[1]["version"], a.versions()[0]["version"]}, []any{first, second})
	}
}
