package fakeapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// emptied is a fake with an agent that has no trainings, as the answers of the samples of its
// writes show it.
func emptied(t *testing.T, b fakeapi.Behaviour) api {
	t.Helper()
	a := start(t, fakeapi.WithBehaviour(b))
	a.RemoveTraining(a.agent, "training-uuid")
	return a
}

func TestCreatedAgentIsTheOneOfTheSample(t *testing.T) {
	a := start(t)
	for _, name := range []string{"create-agent.request-2.json", "create-agent.request.json"} {
		got := a.do(http.MethodPost, "/agents", sample(t, name))
		same(t, "status of "+name, got.status, http.StatusCreated)
		if name == "create-agent.request.json" {
			same(t, "the agent", withoutVarying(got.body), withoutVarying(sample(t, "create-agent.response.json")))
		}
	}
}

func TestAgentUpdatesAnswerLikeTheSamples(t *testing.T) {
	tests := []struct {
		method, path, request, response string
	}{
		{http.MethodPut, "/knowledge", "update-agent-knowledge.request.json", "update-agent-knowledge.response.json"},
		{http.MethodPut, "/voice", "update-agent-voice.request.json", "update-agent-voice.response.json"},
		{http.MethodPut, "/calling", "update-agent-calling.request.json", "update-agent-calling.response.json"},
		{http.MethodPatch, "/advanced-settings", "update-advanced-settings.request.json", "update-advanced-settings.response.json"},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			a := emptied(t, fakeapi.Behaviour{})
			a.EditAgent(a.agent, map[string]any{
				"name": "SupportBot", "label": "Customer Support Agent", "phone_number_ids": []any{},
			})
			a.SetReady(a.agent, false)
			a.SetRecentCalls(a.agent, 700)
			got := a.do(test.method, a.path(test.path), sample(t, test.request))
			want := sample(t, test.response)
			if test.path == "/knowledge" {
				object(want["data"])["voice"] = object(sample(t, "get-agent.response.json")["data"])["voice"] // The page has "{.}".
			}
			same(t, "status", got.status, http.StatusOK)
			same(t, "answer", withoutVarying(got.body), withoutVarying(want))
		})
	}
}

func TestTheSecondRequestsOfThePagesAreTaken(t *testing.T) {
	a := start(t)
	for path, name := range map[string]string{
		"/knowledge": "update-agent-knowledge.request-2.json",
		"/voice":     "update-agent-voice.request-2.json",
	} {
		same(t, path, a.do(http.MethodPut, a.path(path), sample(t, name)).status, http.StatusOK)
	}
	voice := object(a.do(http.MethodGet, a.path(""), nil).data()["voice"])
	same(t, "the template", object(voice["template"])["id"], "basic-voice-uuid")
	same(t, "stability of a basic voice", voice["stability"], nil)
}

func TestTrainingsAreThoseOfTheSamples(t *testing.T) {
	a := emptied(t, fakeapi.Behaviour{})
	for _, name := range []string{"create-training.request.json", "create-training.request-2.json", "create-training.request-3.json"} {
		got := a.do(http.MethodPost, a.path("/trainings"), sample(t, name))
		same(t, "status of "+name, got.status, http.StatusOK)
		if name == "create-training.request.json" {
			same(t, "the training", withoutVarying(got.body), withoutVarying(sample(t, "create-training.response.json")))
		}
	}
	list := a.do(http.MethodGet, a.path("/trainings"), nil)
	sameShape(t, "list", list.body, sample(t, "list-trainings.response.json"))
	same(t, "the third", list.list()[2]["current_status"], "inactive")

	deleted := a.do(http.MethodDelete, a.path("/trainings/training-1"), nil)
	same(t, "delete", deleted.body, sample(t, "delete-training.response.json"))
}

func TestVoicesAndNumbersAreThoseOfTheSamples(t *testing.T) {
	server, err := fakeapi.Start() // The sample's listing of numbers has not that of the sample's agent.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	a := api{server, t, server.Token(), ""}
	same(t, "voices", a.do(http.MethodGet, "/voice-templates?language=pt-BR", nil).body, sample(t, "list-voice-templates.response.json"))
	same(t, "numbers", a.do(http.MethodGet, "/phone-numbers", nil).body, sample(t, "list-phone-numbers.response.json"))
}

func TestEligibilityIsThatOfTheSamples(t *testing.T) {
	a := start(t)
	for calls, name := range map[int]string{
		842: "check-optimized-costs-eligibility.response.json", 312: "check-optimized-costs-eligibility.response-2.json",
	} {
		a.SetRecentCalls(a.agent, calls)
		same(t, name, a.do(http.MethodGet, a.path("/optimized-costs-eligibility"), nil).body, sample(t, name))
	}
}

func TestAgentDeletionAndItsConflictAnswerLikeTheSamples(t *testing.T) {
	a := start(t)
	a.StartCall(a.agent)
	same(t, "conflict", a.do(http.MethodDelete, a.path(""), nil).body, sample(t, "delete-agent.error.json"))
	a.EndCalls(a.agent)
	same(t, "delete", a.do(http.MethodDelete, a.path(""), nil).body, sample(t, "delete-agent.response.json"))
}

func TestListedAgentsHaveTheShapeOfTheSample(t *testing.T) {
	a := start(t)
	a.upsert(map[string]any{
		"node_id": "node", "name": "Schedule Meeting", "description": "Text", "type": "webhook", "url": "https://api.example.com/schedule",
		"inputs": []any{map[string]any{"name": "date", "type": "string", "required": true, "description": "Meeting date"}},
	})
	sameShape(t, "agents", a.do(http.MethodGet, "/agents", nil).body, sample(t, "list-agents.response.json"))
	unpublished := a.do(http.MethodPost, a.path("/unpublish"), nil)
	sameShape(t, "unpublish", unpublished.body, sample(t, "unpublish-agent.response.json"))
}

// TestRefusalsAreThoseOfTheSamples sends what the errors on the pages are about. They
// contradict the pages' rules in places; then the fake answers like them under a behaviour.
func TestRefusalsAreThoseOfTheSamples(t *testing.T) {
	valid := sample(t, "create-agent.request.json")
	tests := []struct {
		name, method, path string
		body               any
		behaviour          fakeapi.Behaviour
	}{
		{"create-agent", http.MethodPost, "/agents", with(valid, map[string]any{
			"name": nil, "label": nil, "language": "xx", "interrupt_sensitivity": "x", "direction": "x", "conversation_speed": 3.1,
			"initial_message_delay": 61, "llm_temperature": -1, "idle_time_seconds": 301,
		}), fakeapi.Behaviour{IdleUpTo300: true}},
		{"update-agent-knowledge", http.MethodPut, "/agents/agent-1/knowledge", map[string]any{
			"interrupt_sensitivity": "x", "ask_if_human_present_on_idle": true, "llm_temperature": 2.1, "initial_message_delay": -1,
		}, fakeapi.Behaviour{}},
		{"update-agent-voice", http.MethodPut, "/agents/agent-1/voice", map[string]any{
			"conversation_speed": 1.0, "who_speaks_first": "x", "similarity": 1.0, "stability": 0.4,
		}, fakeapi.Behaviour{VoiceNeedsLanguage: true, VoiceSpeed: fakeapi.VoiceSpeedAbove1, LikenessBelow1: true}},
		{"create-training", http.MethodPost, "/agents/agent-1/trainings", map[string]any{"current_status": "x"}, fakeapi.Behaviour{}},
		{"list-agents", http.MethodGet, "/agents?status=x&direction=x&per_page=0", nil, fakeapi.Behaviour{}},
		{"list-phone-numbers", http.MethodGet, "/phone-numbers?type=x", nil, fakeapi.Behaviour{}},
		{"list-voice-templates", http.MethodGet, "/voice-templates?language=x&quality_tier=x&gender=x", nil, fakeapi.Behaviour{}},
		{"update-advanced-settings", http.MethodPatch, "/agents/agent-1/advanced-settings",
			map[string]any{"enable_initial_message_cache": true}, fakeapi.Behaviour{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := start(t, fakeapi.WithBehaviour(test.behaviour))
			a.SetRecentCalls(a.agent, 312)
			got := a.do(test.method, test.path, test.body)
			same(t, "status", got.status, http.StatusUnprocessableEntity)
			same(t, "body", got.body, sample(t, test.name+".error.json"))
			same(t, "Accepted", a.Requests(fakeapi.Match{})[0].Accepted, false)
		})
	}
}

// withoutVarying is a deep copy without the times and without the ids that the server chooses.
func withoutVarying(value any) any {
	switch value := value.(type) {
	case []any:
		shown := []any{}
		for _, item := range value {
			shown = append(shown, withoutVarying(item))
		}
		return shown
	case map[string]any:
		shown := map[string]any{}
		for key, item := range value {
			id := fmt.Sprint(item)
			if key == "created_at" || key == "updated_at" || key == "id" && id != "voice-template-uuid" {
				continue
			}
			shown[key] = withoutVarying(item)
		}
		return shown
	case json.Number:
		return value.String()
	default:
		return value
	}
}
