package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestAgentIsLLMDrivenAtFirst(t *testing.T) {
	a := start(t)
	same(t, "the flow", a.flowNow(), map[string]any{"conversation_mode": "llm_driven", "flow_config": nil})
	same(t, "versions", a.versions(), []any{})
}

func TestSavedFlowComesBackAsItWasSent(t *testing.T) {
	a := start(t)
	config := over(a.sampleFlow(), map[string]any{"future": map[string]any{"deep": []any{1, 1.50, nil, "x"}}})
	want := map[string]any{"conversation_mode": "flow_driven", "flow_config": config}
	got := a.saveFlow(config)
	same(t, "status", got.status, http.StatusOK)
	same(t, "answer", got.data(), want)
	same(t, "the flow", a.flowNow(), want)
	same(t, "stored", a.Flow(a.agent).Config, config)
}

func TestLLMDrivenTakesTheFlowAway(t *testing.T) {
	a := start(t)
	for _, body := range []map[string]any{
		{"conversation_mode": "llm_driven"}, {"conversation_mode": "llm_driven", "flow_config": nil},
	} {
		a.saveFlow(a.sampleFlow())
		got := a.do(http.MethodPut, a.path("/flow"), body)
		same(t, "answer", got.data(), map[string]any{"conversation_mode": "llm_driven", "flow_config": nil})
		same(t, "the flow", a.flowNow(), got.data())
	}
}

func TestEachSaveMakesAVersion(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	first, second := a.sampleFlow(), a.sampleFlow()
	delete(second, "meta")
	a.saveFlow(first)
	a.saveFlow(first)
	a.saveFlow(second)
	a.saveLLM()
	versions := a.versions()
	for i, want := range []struct {
		id, name string
		current  bool
	}{{"version-4", "1.3.0", true}, {"version-3", "1.2.0", false}, {"version-2", "1.0.0", false}, {"version-1", "1.0.0", false}} {
		same(t, "id", versions[i]["id"], want.id)
		same(t, "version", versions[i]["version"], want.name)
		same(t, "is_current", versions[i]["is_current"], want.current)
		if i > 0 && !instant(t, versions[i-1]["created_at"]).After(instant(t, versions[i]["created_at"])) {
			t.Errorf("version %d is not older than the one before it", i)
		}
	}
	stored := a.Flow(a.agent).Versions
	same(t, "the flow of the first", stored[0].Config, first)
	same(t, "the flow of the last", stored[3].Config, nil)
	same(t, "the mode of the last", stored[3].Mode, "llm_driven")
}

func TestOlderVersionIsRestoredBySavingItAgain(t *testing.T) {
	a := start(t)
	a.saveFlow(a.sampleFlow())
	a.saveFlow(flowOf(node("first", "end", nil)))
	a.saveFlow(a.Flow(a.agent).Versions[0].Config)
	same(t, "the flow", a.flowNow()["flow_config"], a.sampleFlow())
	same(t, "versions", len(a.versions()), 3)
}

func TestRefusedFlowChangesNothing(t *testing.T) {
	a := start(t)
	a.saveFlow(a.sampleFlow())
	before, agent := a.flowNow(), a.agentNow()
	same(t, "a flow with faults", a.saveFlow(flowOf()).status, http.StatusUnprocessableEntity)
	same(t, "no flow", a.saveFlow(nil).status, http.StatusUnprocessableEntity)
	same(t, "the flow", a.flowNow(), before)
	same(t, "the agent", a.agentNow(), agent)
	same(t, "versions", len(a.versions()), 1)
	for _, request := range a.Requests(fakeapi.Match{Op: fakeapi.OpUpdateFlow})[1:] {
		same(t, "Accepted", request.Accepted, false)
	}
}

func TestValidationChangesNothing(t *testing.T) {
	a := start(t)
	a.SetPublished(a.agent, true)
	agent := a.agentNow()
	same(t, "a valid one", a.validateFlow(a.sampleFlow()).status, http.StatusOK)
	same(t, "one with faults", a.validateFlow(flowOf()).status, http.StatusUnprocessableEntity)
	same(t, "the flow", a.flowNow()["flow_config"], nil)
	same(t, "versions", len(a.versions()), 0)
	same(t, "the agent", a.agentNow(), agent)
	for _, request := range a.Requests(fakeapi.Match{Op: fakeapi.OpValidateFlow}) {
		same(t, "Accepted", request.Accepted, false)
	}
}

func TestSavedFlowMovesItsAgent(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	before := a.agentNow()
	a.saveFlow(a.sampleFlow())
	after := a.agentNow()
	if !instant(t, after["updated_at"]).After(instant(t, before["updated_at"])) {
		t.Error("updated_at did not move although the clock stood still")
	}
	delete(before, "updated_at")
	delete(after, "updated_at")
	same(t, "the agent besides", after, before)
}

func TestDeletedAgentTakesItsFlowWithIt(t *testing.T) {
	a := start(t)
	a.saveFlow(a.sampleFlow())
	a.do(http.MethodDelete, a.path(""), nil)
	for _, path := range []string{"/flow", "/flow/versions"} {
		same(t, path, a.do(http.MethodGet, a.path(path), nil).body, map[string]any{"success": false, "message": "Agent not found"})
	}
	a.agent = a.AddAgent(fakeapi.AgentSeed{ID: a.agent})
	same(t, "the flow of one with the same id", a.flowNow()["conversation_mode"], "llm_driven")
}

func TestFlowsByHand(t *testing.T) {
	a := start(t)
	config := flowOf(node("first", "say", map[string]any{"next": "nowhere"}))
	a.EditFlow(a.agent, "flow_driven", config)
	config["initial_node_id"] = "changed by the test"
	same(t, "the flow, which nobody validated", object(a.flowNow()["flow_config"])["initial_node_id"], "first")
	same(t, "versions", len(a.versions()), 1)
	a.EditFlow(a.agent, "llm_driven", nil)
	same(t, "mode", a.Flow(a.agent).Mode, "llm_driven")
	same(t, "no flow", a.Flow(a.agent).Config, nil)
	same(t, "journal entries about the dashboard", len(a.Requests(fakeapi.Match{Op: fakeapi.OpUpdateFlow})), 0)
	panics(t, "edit", func() { a.EditFlow("unknown", "llm_driven", nil) })
	panics(t, "look", func() { a.Flow("unknown") })
}

// TestSwitchesOfActionsHoldForFlows walks the answers that were there for actions.
func TestSwitchesOfActionsHoldForFlows(t *testing.T) {
	with := func(b fakeapi.Behaviour) api {
		return start(t, fakeapi.WithClock(newClock().Now), fakeapi.WithBehaviour(b))
	}
	says := func(content any) map[string]any {
		return flowOf(node("first", "end", map[string]any{"content": content}))
	}

	a := with(fakeapi.Behaviour{TrimStrings: true, EmptyToNull: true})
	same(t, "trimmed", a.saveFlow(says(" text\n")).data()["flow_config"], says("text"))
	same(t, "empty", a.saveFlow(says("")).data()["flow_config"], says(nil))

	a = with(fakeapi.Behaviour{ListReversed: true})
	a.saveFlow(a.sampleFlow())
	a.saveFlow(a.sampleFlow())
	same(t, "the first version", a.versions()[0]["id"], "version-1")
	same(t, "it is current", a.versions()[0]["is_current"], false)

	for untouched, moved := range map[bool]bool{true: false, false: true} {
		a = with(fakeapi.Behaviour{UntouchedWhenEqual: untouched})
		a.saveFlow(a.sampleFlow())
		before := a.agentNow()["updated_at"]
		a.saveFlow(a.sampleFlow())
		same(t, "an equal save moves updated_at of the agent", a.agentNow()["updated_at"] != before, moved)
		same(t, "versions", len(a.versions()), 2)
		a.saveLLM()
		same(t, "another mode moves it", a.agentNow()["updated_at"] != before, true)
	}

	a = with(fakeapi.Behaviour{Microseconds: true})
	a.saveFlow(a.sampleFlow())
	same(t, "created_at of a version", a.versions()[0]["created_at"], "2024-01-15T10:30:00.123456Z")
}
