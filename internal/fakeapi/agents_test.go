package fakeapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestTokenDecidesWhatIsReached(t *testing.T) {
	a := start(t)
	other := a.AddEnvironment()
	tests := []struct {
		name, token, agent string
		status             int
		want               map[string]any
	}{
		{"no token", "", a.agent, 401, map[string]any{"message": "Missing Bearer Token"}},
		{"wrong token", "talq_wrong", a.agent, 401, map[string]any{"success": false, "message": "Unauthenticated."}},
		{"unknown agent", a.token, "unknown", 404, map[string]any{"success": false, "message": "Agent not found"}},
		{"agent of another environment", other, a.agent, 404, map[string]any{"success": false, "message": "Agent not found in this environment."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := a
			a.token = test.token
			calls := []struct{ method, path string }{
				{http.MethodGet, ""}, {http.MethodGet, "/actions"}, {http.MethodPost, "/actions"},
				{http.MethodDelete, "/actions/x"}, {http.MethodPost, "/publish"}, {http.MethodPost, "/unpublish"},
				{http.MethodDelete, ""}, {http.MethodPut, "/knowledge"}, {http.MethodPut, "/voice"}, {http.MethodPut, "/calling"},
				{http.MethodPatch, "/advanced-settings"}, {http.MethodGet, "/optimized-costs-eligibility"},
				{http.MethodGet, "/trainings"}, {http.MethodPost, "/trainings"}, {http.MethodDelete, "/trainings/x"},
			}
			for _, call := range calls {
				got := a.do(call.method, "/agents/"+test.agent+call.path, webhook(nil))
				same(t, call.method+call.path+" status", got.status, test.status)
				same(t, call.method+call.path, got.body, test.want)
			}
		})
	}
	same(t, "actions made", len(a.Actions(a.agent)), 0)
}

func TestHealthNeedsNoToken(t *testing.T) {
	a := start(t)
	a.token = ""
	same(t, "status", a.do(http.MethodGet, "/health", nil).status, http.StatusOK)
}

func TestUnknownRoutes(t *testing.T) {
	a := start(t)
	tests := []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/nothing", 404},
		{http.MethodGet, "/agents/", 404},
		{http.MethodGet, "/agents/x/actions/y/z", 404},
		{http.MethodGet, "/agents/x/actions/y", 405},
		{http.MethodPut, "/agents/x/actions", 405},
		{http.MethodPut, "/agents", 405},
		{http.MethodPost, "/agents/x", 405},
		{http.MethodPost, "/agents/x/knowledge", 405},
		{http.MethodGet, "/agents/x/trainings/y", 405},
		{http.MethodPost, "/voice-templates", 405},
	}
	for _, test := range tests {
		got := a.do(test.method, test.path, nil)
		same(t, test.method+" "+test.path, got.status, test.want)
		same(t, test.method+" "+test.path+" success", got.body["success"], false)
	}
	same(t, "unknown requests in the journal", len(a.Requests(fakeapi.Match{Op: fakeapi.OpUnknown})), len(tests))
}

func TestIDsInPathsMayHoldAnything(t *testing.T) {
	a := start(t)
	a.agent = a.AddAgent(fakeapi.AgentSeed{ID: "team/agent ä%2F"})
	a.AddAction(a.agent, webhook(map[string]any{"id": "a/b?c"}))
	path := "/agents/" + url.PathEscape(a.agent) + "/actions"
	same(t, "listing", len(a.do(http.MethodGet, path, nil).list()), 1)
	same(t, "delete", a.do(http.MethodDelete, path+"/"+url.PathEscape("a/b?c"), nil).status, http.StatusOK)
	same(t, "what is left", len(a.Actions(a.agent)), 0)
	request := a.Requests(fakeapi.Match{Op: fakeapi.OpDeleteAction})[0]
	same(t, "agent in the journal", request.AgentID, a.agent)
	same(t, "action in the journal", request.ActionID, "a/b?c")
}

func TestPublishNeedsAReadyAgent(t *testing.T) {
	a := start(t)
	a.SetReady(a.agent, false, "No voice.", "No phone number.")
	refused := a.do(http.MethodPost, "/agents/"+a.agent+"/publish", nil)
	same(t, "status", refused.status, http.StatusUnprocessableEntity)
	same(t, "body", refused.body, map[string]any{
		"success": false, "message": "Agent is not ready to publish.",
		"errors": map[string]any{"agent": []any{"No voice.", "No phone number."}},
	})
	same(t, "the agent", a.AgentStatus(a.agent), "draft")

	a.SetReady(a.agent, true)
	published := a.do(http.MethodPost, "/agents/"+a.agent+"/publish", nil)
	same(t, "answer", published.data()["current_status"], "published")
	same(t, "the agent", a.AgentStatus(a.agent), "published")
}

func TestAgentsAreListedInPagesOfTheirEnvironment(t *testing.T) {
	a := start(t)
	for range 24 {
		a.AddAgent(fakeapi.AgentSeed{})
	}
	other := a.AddEnvironment()
	a.AddAgent(fakeapi.AgentSeed{Token: other})
	tests := []struct {
		query       string
		want        int
		page, pages int
	}{
		{"", 20, 1, 2},
		{"?page=2", 5, 2, 2},
		{"?page=9", 0, 9, 2},
		{"?per_page=100", 25, 1, 1},
		{"?per_page=10&page=3", 5, 3, 3},
	}
	for _, test := range tests {
		got := a.do(http.MethodGet, "/agents"+test.query, nil)
		meta := object(got.body["meta"])
		same(t, "agents for "+test.query, len(got.list()), test.want)
		same(t, "total for "+test.query, meta["total"], 25)
		same(t, "current_page for "+test.query, meta["current_page"], test.page)
		same(t, "last_page for "+test.query, meta["last_page"], test.pages)
	}
	for _, query := range []string{"?per_page=0", "?per_page=101", "?per_page=x", "?page=0"} {
		same(t, query, a.do(http.MethodGet, "/agents"+query, nil).status, http.StatusUnprocessableEntity)
	}
}

func TestAgentsAreFiltered(t *testing.T) {
	a := start(t)
	a.AddAgent(fakeapi.AgentSeed{Name: "Sales Bot", Direction: "outbound", Status: "published", Fields: map[string]any{"label": "Cold calls"}})
	tests := []struct {
		query string
		want  int
	}{
		{"", 2},
		{"?status=draft", 1},
		{"?status=published", 1},
		{"?direction=outbound", 1},
		{"?search=sALES", 1},
		{"?search=cold+C", 1},
		{"?search=agent", 1},
		{"?search=nobody", 0},
		{"?search=sales&status=draft", 0},
	}
	for _, test := range tests {
		same(t, "agents for "+test.query, len(a.do(http.MethodGet, "/agents"+test.query, nil).list()), test.want)
	}
}

func TestListedAgentsMayLackParts(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ListedAgentsLack: []string{"actions"}}))
	if _, ok := a.do(http.MethodGet, "/agents", nil).list()[0]["actions"]; ok {
		t.Error("the listed agent has actions")
	}
	if _, ok := a.do(http.MethodGet, "/agents/"+a.agent, nil).data()["actions"]; !ok {
		t.Error("the agent itself has none")
	}
}

func TestSeededAgent(t *testing.T) {
	a := start(t)
	id := a.AddAgent(fakeapi.AgentSeed{ID: "mine", Name: "Mine", NotReady: true, Fields: map[string]any{"voice": nil}})
	got := a.do(http.MethodGet, "/agents/"+id, nil).data()
	for key, want := range map[string]any{
		"id": "mine", "name": "Mine", "label": "Mine", "voice": nil, "direction": "inbound",
		"current_status": "draft", "is_ready_to_publish": false, "language": "en-US",
	} {
		same(t, key, got[key], want)
	}
	a.RemoveAgent(id)
	same(t, "status once removed", a.do(http.MethodGet, "/agents/"+id, nil).status, http.StatusNotFound)
	same(t, "AgentStatus once removed", a.AgentStatus(id), "")
}
