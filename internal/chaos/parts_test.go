package chaos

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestFactsOfAConfigurationAndOfTheServer(t *testing.T) {
	t.Parallel()
	server := func(fields map[string]any) facts { return factsOfItem(typeAction, "a", fakeapi.Stored{Fields: fields}) }
	for name, test := range map[string]struct {
		configured attributes
		stored     map[string]any
		equal      bool
	}{
		"left out and never written":      {attributes{}, map[string]any{}, true},
		"left out and null":               {attributes{}, map[string]any{"speak_on_send": nil}, true},
		"left out and the default":        {attributes{}, map[string]any{"authorization_scheme": "none", "current_status": "active"}, true},
		"left out and another value":      {attributes{}, map[string]any{"authorization_scheme": "basic"}, false},
		"left out and an empty text":      {attributes{}, map[string]any{"speak_on_send": ""}, false},
		"an empty list and never written": {attributes{"inputs": []any{}}, map[string]any{}, true},
		"headers":                         {attributes{"custom_headers": map[string]any{"A": "1"}}, map[string]any{"custom_headers": []any{map[string]any{"key": "A", "value": "1"}}}, true},
		"headers with another value":      {attributes{"custom_headers": map[string]any{"A": "1"}}, map[string]any{"custom_headers": []any{map[string]any{"key": "A", "value": "2"}}}, false},
		"an input's value of its type": {
			attributes{"inputs": []any{map[string]any{"name": "n", "type": "integer", "value": "30"}}},
			map[string]any{"inputs": []any{map[string]any{"name": "n", "type": "integer", "required": false, "value": decode("30")}}}, true,
		},
		"an input's value as a text": {
			attributes{"inputs": []any{map[string]any{"name": "n", "type": "integer", "value": "30"}}},
			map[string]any{"inputs": []any{map[string]any{"name": "n", "type": "integer", "required": false, "value": "30"}}}, false,
		},
		"a hold with its entry": {
			attributes{"type": "hold", "hold_duration": int64(7)},
			map[string]any{"type": "hold", "hold_duration": decode("7"), "inputs": []any{map[string]any{"name": "hold_duration", "value": decode("7")}}}, true,
		},
		"a hold whose entry says something else": {
			attributes{"type": "hold", "hold_duration": int64(7)},
			map[string]any{"type": "hold", "hold_duration": decode("7"), "inputs": []any{map[string]any{"name": "hold_duration", "value": decode("8")}}}, false,
		},
	} {
		test.configured["agent_id"] = "a"
		if configured, found := factsOf(typeAction, test.configured), server(test.stored); maps.Equal(configured, found) != test.equal {
			t.Errorf("%s: %q is configured, the server has %q", name, configured, found)
		}
	}
}

func TestFactsOfAnAgent(t *testing.T) {
	t.Parallel()
	voice := func(volume any) map[string]any {
		return map[string]any{"id": "voice-1", "template": map[string]any{"id": "basic"}, "ambient_volume": volume}
	}
	for name, test := range map[string]struct {
		configured attributes
		stored     map[string]any
		equal      bool
	}{
		"a voice, and the default volume":       {attributes{"voice": map[string]any{"template_id": "basic"}}, map[string]any{"voice": voice(decode("1"))}, true},
		"a voice, and another volume":           {attributes{"voice": map[string]any{"template_id": "basic"}}, map[string]any{"voice": voice(decode("0.5"))}, false},
		"a setting that is off and never set":   {attributes{"advanced_settings": map[string]any{"enable_initial_message_cache": false}}, map[string]any{}, true},
		"a setting that is on":                  {attributes{}, map[string]any{"enable_initial_message_cache": true}, false},
		"a hidden number":                       {attributes{"llm_temperature": json.Number("0.7")}, map[string]any{"llm_temperature": decode("0.7")}, true},
		"a hidden number that no call was sent": {attributes{"max_idle_check_count": int64(3)}, map[string]any{}, false},
	} {
		if configured, found := factsOf(typeAgent, test.configured), factsOfAgent(fakeapi.StoredAgent{Fields: test.stored}); maps.Equal(configured, found) != test.equal {
			t.Errorf("%s: %q is configured, the server has %q", name, configured, found)
		}
	}
}

func TestWhatAPersonIsToldToDo(t *testing.T) {
	t.Parallel()
	const refusal = `Nothing was sent for the agent "g7". As far as the API shows, it would be the same as one that exists already: agent-4. ` +
		"To take it over, run `terraform import ADDRESS agent-4` and apply again."
	found, all := remediesIn([]string{refusal})
	if want := []remedy{{"talq_agent.g7", "agent-4"}}; !all || !slices.Equal(found, want) {
		t.Errorf("told to do %v, want %v", found, want)
	}
	if _, all := remediesIn([]string{refusal, "Could not create the action"}); all {
		t.Error("an error that nobody can put right is passed over")
	}
}
