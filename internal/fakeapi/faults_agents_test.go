package fakeapi_test

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// newWrite is a write of API-AGENT.md, and what tells that the server did it.
type newWrite struct {
	op           fakeapi.Op
	method, path string
	body         any
	did          func(a api) bool
}

func newWrites(t *testing.T) []newWrite {
	t.Helper()
	agent := "/agents/agent-1"
	field := func(name string, want any) func(a api) bool {
		return func(a api) bool {
			stored, _ := a.Agent("agent-1")
			return sameJSON(stored.Fields[name], want)
		}
	}
	return []newWrite{
		{fakeapi.OpCreateAgent, http.MethodPost, "/agents", sample(t, "create-agent.request.json"),
			func(a api) bool { return len(a.Agents()) == 2 }},
		{fakeapi.OpUpdateKnowledge, http.MethodPut, agent + "/knowledge", sample(t, "update-agent-knowledge.request.json"), field("llm_temperature", 0.8)},
		{fakeapi.OpUpdateVoice, http.MethodPut, agent + "/voice", sample(t, "update-agent-voice.request.json"), field("conversation_speed", 1.2)},
		{fakeapi.OpUpdateCalling, http.MethodPut, agent + "/calling", sample(t, "update-agent-calling.request.json"), field("direction", "outbound")},
		{fakeapi.OpUpdateAdvanced, http.MethodPatch, agent + "/advanced-settings", map[string]any{"enable_initial_message_cache": false},
			field("enable_initial_message_cache", false)},
		{fakeapi.OpUpsertTraining, http.MethodPost, agent + "/trainings", training(nil),
			func(a api) bool { return len(a.Trainings("agent-1")) == 2 }},
		{fakeapi.OpDeleteTraining, http.MethodDelete, agent + "/trainings/training-uuid", nil,
			func(a api) bool { return len(a.Trainings("agent-1")) == 0 }},
		{fakeapi.OpDeleteAgent, http.MethodDelete, agent, nil,
			func(a api) bool { return len(a.Agents()) == 0 }},
	}
}

func TestFaultsStrikeTheNewWrites(t *testing.T) {
	faultsStrike(t, newWrites(t), func(a api) api { return a })
}

// faultsStrike walks each kind of fault over each of the writes, on a fake that prepare had.
func faultsStrike(t *testing.T, writes []newWrite, prepare func(api) api) {
	t.Helper()
	faults := []struct {
		name   string
		fault  fakeapi.Fault
		status int // 0 when the connection ends
		did    bool
	}{
		{"none", fakeapi.Fault{Times: 1}, -1, true},
		{"refused in front of the server", fakeapi.Fault{Status: 500, Body: `{"success":false,"message":"Internal server error."}`}, 500, false},
		{"an error after the work", fakeapi.Fault{Status: 500, AfterProcessing: true}, 500, true},
		{"a lost request", fakeapi.Fault{Drop: true}, 0, false},
		{"a lost answer", fakeapi.Fault{Drop: true, AfterProcessing: true}, 0, true},
		{"a late answer", fakeapi.Fault{Delay: time.Millisecond}, -1, true},
		{"a 200 without a body", fakeapi.Fault{Status: 200, AfterProcessing: true}, 200, true},
	}
	for _, write := range writes {
		for _, test := range faults {
			t.Run(string(write.op)+"/"+test.name, func(t *testing.T) {
				a := prepare(start(t))
				test.fault.Match = fakeapi.Match{Op: write.op}
				a.Inject(test.fault)
				got, err := a.try(write.method, write.path, write.body)
				switch {
				case test.status == 0:
					if !errors.Is(err, io.EOF) {
						t.Errorf("got %v, %v; want a connection that ends", got, err)
					}
				case test.status > 0:
					same(t, "status", got.status, test.status)
				default:
					same(t, "success", got.body["success"], true)
				}
				same(t, "work done", write.did(a), test.did)
				same(t, "Accepted", a.Requests(fakeapi.Match{Op: write.op})[0].Accepted, test.did)
			})
		}
	}
}

func TestTheRateLimitHoldsForTheNewCalls(t *testing.T) {
	for _, write := range newWrites(t) {
		a := start(t)
		a.SetRateLimit(1, time.Hour)
		a.list()
		same(t, string(write.op), a.do(write.method, write.path, write.body).status, http.StatusTooManyRequests)
		same(t, string(write.op)+" was done", write.did(a), false)
	}
	for _, path := range []string{"/voice-templates", "/phone-numbers", "/agents/agent-1/trainings", "/agents/agent-1/optimized-costs-eligibility"} {
		a := start(t)
		a.SetRateLimit(1, time.Hour)
		same(t, path+" at first", a.do(http.MethodGet, path, nil).status, http.StatusOK)
		same(t, path+" afterwards", a.do(http.MethodGet, path, nil).status, http.StatusTooManyRequests)
	}
}

func TestFaultsTellCreatesAndTrainingsApart(t *testing.T) {
	a := start(t)
	a.AddTraining(a.agent, training(nil))
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent, Label: "Second"}, Status: 501})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{TrainingID: "x"}, Status: 502})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteTraining, NodeID: "node"}, Status: 503})
	same(t, "another label", a.create(map[string]any{"label": "First"}).status, 201)
	same(t, "the label", a.create(map[string]any{"label": "Second"}).status, 501)
	same(t, "by training id", a.do(http.MethodDelete, a.path("/trainings/x"), nil).status, 502)
	same(t, "by the node id of a delete", a.do(http.MethodDelete, a.path("/trainings/training-1"), nil).status, 503)
	same(t, "another training", a.do(http.MethodDelete, a.path("/trainings/training-uuid"), nil).status, 200)
}

func TestJournalTellsOfTheNewCalls(t *testing.T) {
	a := start(t)
	for _, write := range newWrites(t) {
		a.do(write.method, write.path, write.body)
	}
	for _, path := range []string{"/voice-templates", "/phone-numbers"} {
		a.do(http.MethodGet, path, nil)
	}
	for _, write := range newWrites(t) {
		requests := a.Requests(fakeapi.Match{Op: write.op})
		same(t, string(write.op), len(requests), 1)
		same(t, string(write.op)+" accepted", requests[0].Accepted, true)
	}
	same(t, "listings of voices", len(a.Requests(fakeapi.Match{Op: fakeapi.OpListVoices})), 1)
	same(t, "listings of numbers", len(a.Requests(fakeapi.Match{Op: fakeapi.OpListNumbers})), 1)
	same(t, "the agent that a create made", a.Requests(fakeapi.Match{Op: fakeapi.OpCreateAgent})[0].AgentID, "agent-2")
	same(t, "the label of a create", a.Requests(fakeapi.Match{Op: fakeapi.OpCreateAgent})[0].Label, "Customer Support Agent")
	same(t, "the training of a delete", a.Requests(fakeapi.Match{Op: fakeapi.OpDeleteTraining})[0].TrainingID, "training-uuid")
	same(t, "its node id", a.Requests(fakeapi.Match{Op: fakeapi.OpDeleteTraining})[0].NodeID, "node-of-training-uuid")

	refused := a.create(map[string]any{"label": nil})
	same(t, "status of a refused create", refused.status, 422)
	same(t, "its agent", a.Requests(fakeapi.Match{Op: fakeapi.OpCreateAgent})[1].AgentID, "")
}
