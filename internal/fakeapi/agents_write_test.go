package fakeapi_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestEachCreateMakesAnotherDraft(t *testing.T) {
	a := start(t)
	first, second := a.create(nil).data(), a.create(nil).data()
	if first["id"] == second["id"] {
		t.Errorf("both creates made the agent %v", first["id"])
	}
	same(t, "agents", len(a.Agents()), 3)
	for key, want := range map[string]any{
		"current_status": "draft", "is_ready_to_publish": false, "voice": nil, "is_sandbox": false,
		"trainings": []any{}, "actions": []any{}, "phone_numbers": []any{}, "created_at": first["updated_at"],
	} {
		same(t, key, first[key], want)
	}
}

func TestCreatedAgentKeepsWhatItDoesNotShow(t *testing.T) {
	a := start(t)
	hidden := map[string]any{
		"endpointing_sensitivity": "high", "ivr_navigation_mode": "on", "idle_time_seconds": 7, "max_idle_check_count": 2,
		"max_call_duration_seconds": 600, "say_goodbye_on_max_duration": true, "user_inactivity_timeout_seconds": 30,
		"initial_idle_time_seconds": 8, "initial_max_idle_check_count": 0, "llm_temperature": 0.3, "enable_recording": false,
	}
	id, _ := a.create(hidden).data()["id"].(string)
	stored, _ := a.Agent(id)
	shown := a.do(http.MethodGet, "/agents/"+id, nil).data()
	for field, want := range hidden {
		same(t, field, stored.Fields[field], want)
		if _, ok := shown[field]; ok {
			t.Errorf("%s is shown", field)
		}
	}
	if _, ok := shown["advanced_settings"]; ok {
		t.Error("advanced_settings are shown")
	}
}

func TestCreatedAgentGetsItsNumbers(t *testing.T) {
	a := start(t)
	other := a.AddEnvironment()
	a.AddPhoneNumber(fakeapi.NumberSeed{ID: "foreign", Number: "+12025550123", Token: other})
	got := a.create(map[string]any{"phone_number_ids": []any{"phone-uuid-2", "phone-uuid-1"}})
	same(t, "phone_numbers", got.data()["phone_numbers"], []any{
		map[string]any{"id": "phone-uuid-2", "number": "+1987654321", "country_code": "US", "formatted_number": "(987) 654-3210", "international_number": "+1 987 654 321", "current_status": "active"},
		map[string]any{"id": "phone-uuid-1", "number": "+1234567890", "country_code": "US", "formatted_number": "(123) 456-7890", "international_number": "+1 234 567 890", "current_status": "active"},
	})
	refused := a.create(map[string]any{"phone_number_ids": []any{"phone-uuid-1", "foreign", "unknown", 5}})
	same(t, "fields at fault", faults(refused), []string{"phone_number_ids.1", "phone_number_ids.2", "phone_number_ids.3"})
}

func TestAgentUpdatesWriteTheirGroupOnly(t *testing.T) {
	groups := map[string]struct {
		body    map[string]any
		changes []string
	}{
		"/knowledge": {map[string]any{
			"description": "Another text", "initial_message": "Good morning", "interrupt_sensitivity": "low",
			"ask_if_human_present_on_idle": true, "llm_temperature": 1.5, "initial_message_delay": 3, "label": "not in it",
		}, []string{"ask_if_human_present_on_idle", "description", "initial_message", "initial_message_delay", "interrupt_sensitivity", "llm_temperature"}},
		"/voice": {map[string]any{
			"voice_id": "basic-voice-uuid", "conversation_speed": 1.5, "who_speaks_first": "user", "description": "not in it",
		}, []string{"conversation_speed", "voice", "who_speaks_first"}},
		"/calling": {map[string]any{
			"direction": "outbound", "phone_number_ids": []any{"phone-uuid-1"}, "language": "not in it",
		}, []string{"direction", "phone_number_ids"}},
	}
	for path, group := range groups {
		t.Run(path, func(t *testing.T) {
			a := start(t)
			a.SetPublished(a.agent, true)
			before, _ := a.Agent(a.agent)
			got := a.do(http.MethodPut, a.path(path), group.body)
			after, _ := a.Agent(a.agent)

			same(t, "status", got.status, http.StatusOK)
			same(t, "current_status", got.data()["current_status"], "draft")
			same(t, "the agent", after.Status, "draft")
			if !after.UpdatedAt.After(before.UpdatedAt) {
				t.Error("updated_at did not move")
			}
			changed := []string{}
			for _, field := range slices.Sorted(maps.Keys(after.Fields)) {
				if !sameJSON(before.Fields[field], after.Fields[field]) {
					changed = append(changed, field)
				}
			}
			same(t, "what changed", changed, group.changes)
		})
	}
}

func TestRefusedAgentWriteChangesNothing(t *testing.T) {
	a := start(t)
	a.SetPublished(a.agent, true)
	before, _ := a.Agent(a.agent)
	for _, path := range []string{"/knowledge", "/voice", "/calling"} {
		a.do(http.MethodPut, a.path(path), map[string]any{})
	}
	a.do(http.MethodPatch, a.path("/advanced-settings"), map[string]any{"enable_initial_message_cache": true})
	a.create(map[string]any{"label": nil})
	after, _ := a.Agent(a.agent)
	same(t, "the agent", after, before)
	same(t, "agents", len(a.Agents()), 1)
}

func TestAnAgentFromNothingIsPublishedOnceItIsComplete(t *testing.T) {
	a := start(t)
	a.agent, _ = a.create(map[string]any{"description": nil}).data()["id"].(string)
	refused := a.do(http.MethodPost, a.path("/publish"), nil)
	same(t, "status", refused.status, http.StatusUnprocessableEntity)
	same(t, "reasons", refused.body["errors"], map[string]any{"agent": []any{
		"The agent has no description.", "The agent has no voice.", "The agent has no phone number.",
	}})
	a.write(knowledgeWith(nil))
	a.write(voiceWith(nil))
	a.write(callingWith(map[string]any{"phone_number_ids": []any{"phone-uuid-1"}}))
	same(t, "status once complete", a.do(http.MethodPost, a.path("/publish"), nil).status, http.StatusOK)
}

func TestOptionalFieldsOfUpdates(t *testing.T) {
	for _, test := range []struct {
		name        string
		body        func(fields map[string]any) (path string, body map[string]any)
		field       string
		value       any // that the agent has
		kept, reset any // where an update leaves it out
	}{
		{"initial_message", knowledgeWith, "initial_message", "Hello", "Hello", nil},
		{"ambient_background", voiceWith, "voice", map[string]any{"ambient_background": "cafe"}, "cafe", nil},
		{"phone_number_ids", callingWith, "phone_number_ids", []any{"phone-uuid-1"}, []any{"phone-uuid-1"}, []any{}},
		{"enable_initial_message_cache", advancedWith, "enable_initial_message_cache", true, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, reset := range []bool{false, true} {
				a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ResetLeftOut: reset, Undocumented: fakeapi.UndocumentedEchoed}))
				a.EditAgent(a.agent, map[string]any{test.field: test.value})
				want := test.kept
				if reset {
					want = test.reset
				}
				path, body := test.body(nil)
				a.write(path, body)
				same(t, "left out", a.optional(test.name), want)
				path, body = test.body(map[string]any{test.name: nil})
				a.write(path, body)
				same(t, "null", a.optional(test.name), test.reset)
			}
		})
	}
}

func knowledgeWith(fields map[string]any) (string, map[string]any) {
	return "/knowledge", with(map[string]any{
		"description": "Text text", "interrupt_sensitivity": "low", "ask_if_human_present_on_idle": true, "llm_temperature": 1, "initial_message_delay": 0,
	}, fields)
}

func voiceWith(fields map[string]any) (string, map[string]any) {
	return "/voice", with(map[string]any{"voice_id": "basic-voice-uuid", "conversation_speed": 1.2, "who_speaks_first": "user"}, fields)
}

func callingWith(fields map[string]any) (string, map[string]any) {
	return "/calling", with(map[string]any{"direction": "inbound"}, fields)
}

func advancedWith(fields map[string]any) (string, map[string]any) {
	return "/advanced-settings", with(map[string]any{}, fields)
}

// write sends an update that must be taken.
func (a api) write(path string, body map[string]any) {
	a.t.Helper()
	method := http.MethodPut
	if path == "/advanced-settings" {
		method = http.MethodPatch
	}
	if got := a.do(method, a.path(path), body); got.status != http.StatusOK {
		a.t.Fatalf("%s answered %d: %s", path, got.status, got.raw)
	}
}

// optional is an optional field of an update as the agent shows it.
func (a api) optional(field string) any {
	agent := a.agentNow()
	switch field {
	case "ambient_background":
		return object(agent["voice"])[field]
	case "enable_initial_message_cache":
		return object(agent["advanced_settings"])[field]
	case "phone_number_ids":
		ids := []any{}
		numbers, _ := agent["phone_numbers"].([]any)
		for _, number := range numbers {
			ids = append(ids, object(number)["id"])
		}
		return ids
	}
	return agent[field]
}
