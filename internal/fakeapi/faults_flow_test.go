package fakeapi_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func flowWrites(t *testing.T) []newWrite {
	t.Helper()
	return []newWrite{{fakeapi.OpUpdateFlow, http.MethodPut, "/agents/agent-1/flow", sample(t, "update-agent-flow.request-2.json"),
		func(a api) bool { return a.Flow("agent-1").Mode == "flow_driven" }}}
}

func TestFaultsStrikeTheSaveOfAFlow(t *testing.T) {
	faultsStrike(t, flowWrites(t), func(a api) api { return a })
}

func TestTheRateLimitHoldsForTheCallsOfAFlow(t *testing.T) {
	a := start(t)
	a.SetRateLimit(1, time.Hour)
	a.list()
	same(t, "update", a.saveFlow(a.sampleFlow()).status, http.StatusTooManyRequests)
	same(t, "mode", a.Flow(a.agent).Mode, "llm_driven")
	same(t, "validate", a.validateFlow(a.sampleFlow()).status, http.StatusTooManyRequests)
	for _, path := range []string{"/flow", "/flow/versions"} {
		same(t, path, a.do(http.MethodGet, a.path(path), nil).status, http.StatusTooManyRequests)
	}
}

func TestJournalTellsOfTheCallsOfAFlow(t *testing.T) {
	a := start(t)
	a.saveFlow(a.sampleFlow())
	a.validateFlow(a.sampleFlow())
	a.flowNow()
	a.versions()
	for op, accepted := range map[fakeapi.Op]bool{
		fakeapi.OpUpdateFlow: true, fakeapi.OpValidateFlow: false, fakeapi.OpGetFlow: false, fakeapi.OpListVersions: false,
	} {
		requests := a.Requests(fakeapi.Match{Op: op})
		same(t, string(op), len(requests), 1)
		same(t, string(op)+" accepted", requests[0].Accepted, accepted)
		same(t, "its agent", requests[0].AgentID, a.agent)
	}
	same(t, "another method", a.do(http.MethodDelete, a.path("/flow"), nil).status, http.StatusMethodNotAllowed)
	a.token = a.AddEnvironment()
	same(t, "for another token", a.do(http.MethodGet, a.path("/flow"), nil).body["message"], "Agent not found in this environment.")
}
