package fakeapi_test

import (
	"net/http"
	"strings"
	"testing"
)

// rule is what a page says of one field: values that are taken, and values that are not. nil
// stands for null, which is for these calls as if the field were not there.
type rule struct {
	field     string
	fine, bad []any
}

var (
	of256 = strings.Repeat("é", 256)
	of255 = strings.Repeat("é", 255)
)

// obeys sends a valid body with each value of the rules in turn.
func obeys(t *testing.T, rules []rule, valid string, send func(body map[string]any) reply) {
	t.Helper()
	for _, rule := range rules {
		for _, value := range rule.fine {
			got := send(with(sample(t, valid), map[string]any{rule.field: value}))
			if got.status >= 300 {
				t.Errorf("%s %.20v is refused: %s", rule.field, value, got.raw)
			}
		}
		for _, value := range rule.bad {
			got := send(with(sample(t, valid), map[string]any{rule.field: value}))
			same(t, "status", got.status, http.StatusUnprocessableEntity)
			same(t, "fields at fault", faults(got), []string{rule.field})
		}
	}
}

func TestRulesOfACreate(t *testing.T) {
	a := start(t)
	create := func(body map[string]any) reply { return a.do(http.MethodPost, "/agents", body) }
	obeys(t, []rule{
		{"label", []any{of255}, []any{nil, "", " ", of256, 1}},
		{"name", []any{of255}, []any{nil, "", of256}},
		{"description", []any{nil, "", of256}, []any{1}},
		{"language", []any{"pt-BR", "zh-TW"}, []any{nil, "en-us", "xx"}},
		{"initial_message", []any{nil, "", "Hi", of256}, []any{1}},
		{"interrupt_sensitivity", []any{"low", "medium", "high"}, []any{nil, "x"}},
		{"endpointing_sensitivity", []any{"anything"}, []any{nil, of256}},
		{"ivr_navigation_mode", []any{"anything"}, []any{nil, of256}},
		{"conversation_speed", []any{0.1, 1, 3.0}, []any{nil, 0.09, 3.1, "1"}},
		{"initial_message_delay", []any{0, 60}, []any{nil, -1, 61, 1.5}},
		{"ask_if_human_present_on_idle", []any{true, false}, []any{nil, "yes", 1}},
		{"idle_time_seconds", []any{1, 60}, []any{nil, 0, 61, 1.5}},
		{"max_idle_check_count", []any{nil, 1, 10}, []any{0, 11, 1.5}},
		{"max_call_duration_seconds", []any{nil, 1, 3600}, []any{0, 3601}},
		{"say_goodbye_on_max_duration", []any{nil, true}, []any{"yes"}},
		{"user_inactivity_timeout_seconds", []any{nil, 5, 120}, []any{4, 121}},
		{"initial_idle_time_seconds", []any{nil, 1, 60}, []any{0, 61}},
		{"initial_max_idle_check_count", []any{nil, 0, 10}, []any{-1, 11}},
		{"llm_temperature", []any{0, 0.7, 2}, []any{nil, -0.1, 2.1}},
		{"enable_recording", []any{true, false}, []any{nil, "yes"}},
		{"direction", []any{"inbound", "outbound"}, []any{nil, "x"}},
		{"who_speaks_first", []any{"agent", "user"}, []any{nil, "x"}},
		{"phone_number_ids", []any{nil, []any{}}, []any{"phone-uuid-1"}},
	}, "create-agent.request.json", create)
	same(t, "what an empty body lacks", faults(create(map[string]any{})), []string{
		"ask_if_human_present_on_idle", "conversation_speed", "direction", "enable_recording", "endpointing_sensitivity",
		"idle_time_seconds", "initial_message_delay", "interrupt_sensitivity", "ivr_navigation_mode", "label", "language",
		"llm_temperature", "name", "who_speaks_first",
	})
}

func TestRulesOfAKnowledgeUpdate(t *testing.T) {
	a := start(t)
	update := func(body map[string]any) reply { return a.do(http.MethodPut, a.path("/knowledge"), body) }
	obeys(t, []rule{
		{"description", []any{"12345", of256}, []any{nil, "1234", 1}},
		{"initial_message", []any{nil, "12345", of255}, []any{"1234", of256}},
		{"interrupt_sensitivity", []any{"low"}, []any{nil, "x"}},
		{"ask_if_human_present_on_idle", []any{false}, []any{nil, 1}},
		{"llm_temperature", []any{0, 2}, []any{nil, 2.01}},
		{"initial_message_delay", []any{0, 60}, []any{nil, 61}},
	}, "update-agent-knowledge.request.json", update)
	same(t, "what an empty body lacks", faults(update(map[string]any{})), []string{
		"ask_if_human_present_on_idle", "description", "initial_message_delay", "interrupt_sensitivity", "llm_temperature",
	})
}

func TestRulesOfAVoiceUpdate(t *testing.T) {
	a := start(t)
	update := func(body map[string]any) reply { return a.do(http.MethodPut, a.path("/voice"), body) }
	obeys(t, []rule{
		{"voice_id", nil, []any{nil, 1}},
		{"conversation_speed", []any{1.5}, []any{nil, "1", 2.5}},
		{"who_speaks_first", []any{"agent", "user"}, []any{nil, "x"}},
		{"ambient_background", []any{nil, "office", "anything"}, []any{1}},
		{"ambient_volume", []any{nil, 0, 1, 2}, []any{-0.1, 2.1}},
		{"language", []any{nil, "en-US"}, []any{"pt-BR", "xx"}}, // The template speaks en-US.
		{"similarity", []any{0.5, 0.99}, []any{nil, 0.49, 1.01}},
		{"stability", []any{0.5, 0.99}, []any{nil, 0.49, 1.01}},
	}, "update-agent-voice.request.json", update)
	same(t, "what an empty body lacks", faults(update(map[string]any{})), []string{"conversation_speed", "voice_id", "who_speaks_first"})
}

func TestRulesOfCallingAndAdvancedSettings(t *testing.T) {
	a := start(t)
	obeys(t, []rule{
		{"direction", []any{"inbound", "outbound"}, []any{nil, "x"}},
		{"phone_number_ids", []any{nil, []any{}, []any{"phone-uuid-1"}}, []any{"phone-uuid-1", map[string]any{}}},
	}, "update-agent-calling.request.json", func(body map[string]any) reply {
		return a.do(http.MethodPut, a.path("/calling"), body)
	})
	a.SetRecentCalls(a.agent, 700)
	obeys(t, []rule{
		{"enable_initial_message_cache", []any{nil, true, false}, []any{"yes", 1}},
	}, "update-advanced-settings.request.json", func(body map[string]any) reply {
		return a.do(http.MethodPatch, a.path("/advanced-settings"), body)
	})
}

func TestAgentBodyMustBeDeclaredAsJSONAndBeSome(t *testing.T) {
	a := start(t)
	for path, method := range map[string]string{
		"/agents": http.MethodPost, a.path("/trainings"): http.MethodPost, a.path("/knowledge"): http.MethodPut,
		a.path("/voice"): http.MethodPut, a.path("/calling"): http.MethodPut, a.path("/advanced-settings"): http.MethodPatch,
	} {
		same(t, path, a.do(method, path, []byte(`{"cut":`)).status, http.StatusBadRequest)
	}
}
