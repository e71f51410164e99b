package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestFlowIsTheOneOfTheSample saves it by hand: the page's flow leads to nodes that it does not
// show.
func TestFlowIsTheOneOfTheSample(t *testing.T) {
	a := start(t)
	want := sample(t, "get-agent-flow.response.json")
	a.EditFlow(a.agent, "flow_driven", object(object(want["data"])["flow_config"]))
	same(t, "flow", a.do(http.MethodGet, a.path("/flow"), nil).body, want)
}

func TestSavedFlowAnswersLikeTheSample(t *testing.T) {
	a := start(t)
	request, want := sample(t, "update-agent-flow.request-2.json"), sample(t, "update-agent-flow.response.json")
	object(want["data"])["flow_config"] = request["flow_config"] // The page has "{ ... }".
	same(t, "flow driven", a.do(http.MethodPut, a.path("/flow"), request).body, want)

	got := a.do(http.MethodPut, a.path("/flow"), sample(t, "update-agent-flow.request.json"))
	same(t, "llm driven", got.data(), map[string]any{"conversation_mode": "llm_driven", "flow_config": nil})
}

func TestValidatedFlowAnswersLikeTheSamples(t *testing.T) {
	a := start(t)
	got := a.do(http.MethodPost, a.path("/flow/validate"), sample(t, "validate-agent-flow.request.json"))
	same(t, "valid", got.body, sample(t, "validate-agent-flow.response.json"))

	got = a.validateFlow(map[string]any{"initial_node_id": "node-greet", "nodes": []any{
		node("node-greet", "say", map[string]any{"content": "Hi!"}), node("node-greet", "say", map[string]any{"content": "Hi!"}),
		node("node-end", "end", nil),
	}})
	same(t, "invalid", got.body, sample(t, "validate-agent-flow.error.json"))
}

func TestRefusedFlowAnswersLikeTheSample(t *testing.T) {
	a := start(t)
	got := a.saveFlow(map[string]any{"initial_node_id": "node-greet", "nodes": []any{
		node("node-qualify", "decision", map[string]any{"branches": []any{branchTo("node-bookx")}}),
	}})
	same(t, "status", got.status, http.StatusUnprocessableEntity)
	same(t, "body", got.body, sample(t, "update-agent-flow.error.json"))
}

func TestVersionsAreThoseOfTheSample(t *testing.T) {
	c := newClock()
	a := start(t, fakeapi.WithClock(c.Now))
	want := sample(t, "list-agent-flow-versions.response.json")
	versions, _ := object(want["data"])["versions"].([]any)
	for i := len(versions) - 1; i >= 0; i-- { // Newest first.
		version := object(versions[i])
		c.Advance(instant(t, version["created_at"]).Sub(c.Now()))
		a.EditFlow(a.agent, "flow_driven", with(a.sampleFlow(), map[string]any{"meta": map[string]any{"version": version["version"]}}))
		version["id"] = a.Flow(a.agent).Versions[len(versions)-1-i].ID
	}
	same(t, "versions", a.do(http.MethodGet, a.path("/flow/versions"), nil).body, want)
}

func TestEveryOpenAnswerKeepsTheDocumentedPartsOfAFlow(t *testing.T) {
	for _, point := range fakeapi.Open() {
		for _, answer := range point.Answers {
			var b fakeapi.Behaviour
			answer.Set(&b)
			a := start(t, fakeapi.WithBehaviour(b))
			got := object(a.saveFlow(a.sampleFlow()).data()["flow_config"])
			want := a.sampleFlow()
			for _, part := range []string{"initial_node_id", "meta", "global_functions"} {
				same(t, point.Name+": "+answer.Name+": "+part, got[part], want[part])
			}
			gotNodes, _ := got["nodes"].([]any)
			wantNodes, _ := want["nodes"].([]any)
			for i, node := range wantNodes {
				for field, value := range object(node) {
					same(t, point.Name+": "+answer.Name+": "+field, object(gotNodes[i])[field], value)
				}
			}
		}
	}
}
