package fakeapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// agentMeanings belongs to meanings.
var agentMeanings = map[string]func(t *testing.T, a api, c *clock){
	"error codes: absent": refusedDelete(map[string]any{
		"success": false, "message": "Cannot delete agent while it has active calls.",
	}),
	"error codes: beside the message": refusedDelete(map[string]any{
		"success": false, "message": "Cannot delete agent while it has active calls.", "code": "AGENT_HAS_ACTIVE_CALLS",
	}),
	"error codes: around the message": refusedDelete(map[string]any{
		"success": false, "error": map[string]any{
			"code": "AGENT_HAS_ACTIVE_CALLS", "message": "Cannot delete agent while it has active calls.", "details": map[string]any{},
		},
	}),

	"decimals: as sent":         speedComesBack(`1.0`, `1.50`),
	"decimals: shortest":        speedComesBack(`1`, `1.5`),
	"decimals: with two digits": speedComesBack(`1.00`, `1.50`),

	"temperature in the answer to knowledge: absent": temperature(nil),
	"temperature in the answer to knowledge: shown":  temperature(0.5),

	"longest idle time: 60": func(t *testing.T, a api, _ *clock) {
		same(t, "60", a.create(map[string]any{"idle_time_seconds": 60}).status, http.StatusCreated)
		same(t, "61", a.create(map[string]any{"idle_time_seconds": 61}).status, http.StatusUnprocessableEntity)
	},
	"longest idle time: 300": func(t *testing.T, a api, _ *clock) {
		same(t, "300", a.create(map[string]any{"idle_time_seconds": 300}).status, http.StatusCreated)
		same(t, "301", a.create(map[string]any{"idle_time_seconds": 301}).status, http.StatusUnprocessableEntity)
	},

	"agent without a number: not ready": readyWithoutNumber(false),
	"agent without a number: ready":     readyWithoutNumber(true),

	"agent whose advanced settings are written: stays published": statusAfter("published", func(a api) {
		a.do(http.MethodPatch, a.path("/advanced-settings"), map[string]any{"enable_initial_message_cache": false})
	}),
	"agent whose advanced settings are written: draft": statusAfter("draft", func(a api) {
		a.do(http.MethodPatch, a.path("/advanced-settings"), map[string]any{"enable_initial_message_cache": false})
	}),
	"agent whose training is written: draft":           statusAfter("draft", writeTrainings...),
	"agent whose training is written: stays published": statusAfter("published", writeTrainings...),

	"number of another agent: shared":  numberTaken(http.StatusOK, 1),
	"number of another agent: moved":   numberTaken(http.StatusOK, 0),
	"number of another agent: refused": numberTaken(http.StatusUnprocessableEntity, 1),

	"speed in a voice update: from 1, below 2":  speeds(map[string]bool{"0.9": false, "1": true, "1.0": true, "1.99": true, "2": false}),
	"speed in a voice update: above 1, below 2": speeds(map[string]bool{"0.9": false, "1.0": false, "1.01": true, "1.99": true, "2": false}),
	"speed in a voice update: as on create":     speeds(map[string]bool{"0.09": false, "0.1": true, "3.0": true, "3.01": false}),

	"language in a voice update: optional": func(t *testing.T, a api, _ *clock) {
		same(t, "status", a.voice(map[string]any{"language": nil}).status, http.StatusOK)
		same(t, "language", a.agentNow()["language"], "en-US")
	},
	"language in a voice update: required": func(t *testing.T, a api, _ *clock) {
		same(t, "fields at fault", faults(a.voice(map[string]any{"language": nil})), []string{"language"})
	},

	"tiers that need similarity and stability: pro and ultra":       highTiers("pro", "ultra"),
	"tiers that need similarity and stability: ultra":               highTiers("ultra"),
	"tiers that need similarity and stability: pro, ultra and beta": highTiers("pro", "ultra", "beta"),

	"similarity and stability for other tiers: refused": func(t *testing.T, a api, _ *clock) {
		got := a.voice(map[string]any{"similarity": 0.7, "stability": 0.7})
		same(t, "fields at fault", faults(got), []string{"similarity", "stability"})
	},
	"similarity and stability for other tiers: ignored": func(t *testing.T, a api, _ *clock) {
		got := a.voice(map[string]any{"similarity": 0.7, "stability": 0.7})
		same(t, "status", got.status, http.StatusOK)
		same(t, "stability", object(got.data()["voice"])["stability"], nil)
	},

	"similarity and stability of 1: taken":   likenessOf1(nil),
	"similarity and stability of 1: refused": likenessOf1([]string{"similarity", "stability"}),

	"name of a voice's similarity: similarity_boost": similarityIsNamed("similarity_boost", "similarity"),
	"name of a voice's similarity: similarity":       similarityIsNamed("similarity", "similarity_boost"),
}

func refusedDelete(want map[string]any) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.StartCall(a.agent)
		got := a.do(http.MethodDelete, a.path(""), nil)
		same(t, "status", got.status, http.StatusConflict)
		same(t, "body", got.body, want)
	}
}

func speedComesBack(first, second string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		for sent, want := range map[string]string{"1.0": first, "1.50": second} {
			body := strings.Replace(`{"voice_id":"basic-voice-uuid","conversation_speed":SPEED,"who_speaks_first":"user","language":"en-US"}`, "SPEED", sent, 1)
			got := a.do(http.MethodPut, a.path("/voice"), []byte(body))
			if !strings.Contains(got.raw, `"conversation_speed":`+want+",") {
				t.Errorf("%s came back otherwise than %s: %s", sent, want, got.raw)
			}
		}
	}
}

func temperature(want any) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		got := a.knowledge(map[string]any{"llm_temperature": 0.5})
		same(t, "in the answer", got.data()["llm_temperature"], want)
		same(t, "elsewhere", a.agentNow()["llm_temperature"], nil)
	}
}

func readyWithoutNumber(want bool) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.agent, _ = a.create(nil).data()["id"].(string)
		same(t, "without a voice", a.agentNow()["is_ready_to_publish"], false)
		same(t, "with a voice", a.voice(nil).data()["is_ready_to_publish"], want)
		a.do(http.MethodPut, a.path("/calling"), map[string]any{"direction": "inbound", "phone_number_ids": []any{"phone-uuid-1"}})
		same(t, "with a number", a.agentNow()["is_ready_to_publish"], true)
	}
}

func statusAfter(want string, writes ...func(api)) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		for _, write := range writes {
			a.SetPublished(a.agent, true)
			write(a)
			same(t, "status", a.AgentStatus(a.agent), want)
		}
	}
}

var writeTrainings = []func(api){
	func(a api) { a.do(http.MethodPost, a.path("/trainings"), training(nil)) },
	func(a api) { a.do(http.MethodPost, a.path("/trainings"), training(nil)) },
	func(a api) { a.do(http.MethodDelete, a.path("/trainings/training-uuid"), nil) },
}

func numberTaken(status, left int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		first := a.agent
		second := a.AddAgent(fakeapi.AgentSeed{Fields: map[string]any{"phone_number_ids": []any{}}})
		got := a.do(http.MethodPut, "/agents/"+second+"/calling", map[string]any{"direction": "inbound", "phone_number_ids": []any{"phone-uuid"}})
		same(t, "status", got.status, status)
		numbers, _ := a.do(http.MethodGet, "/agents/"+first, nil).data()["phone_numbers"].([]any)
		same(t, "numbers of the other agent", len(numbers), left)
		again := a.do(http.MethodPut, "/agents/"+second+"/calling", map[string]any{"direction": "inbound", "phone_number_ids": []any{"phone-uuid-2"}})
		same(t, "status for a free number", again.status, http.StatusOK)
	}
}

func speeds(wants map[string]bool) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		for speed, taken := range wants {
			body := `{"voice_id":"basic-voice-uuid","conversation_speed":` + speed + `,"who_speaks_first":"user","language":"en-US"}`
			same(t, speed, a.do(http.MethodPut, a.path("/voice"), []byte(body)).status == http.StatusOK, taken)
		}
	}
}

func highTiers(high ...string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		for _, tier := range []string{"basic", "pro", "ultra", "beta"} {
			want := []string{}
			for _, one := range high {
				if one == tier {
					want = []string{"similarity", "stability"}
				}
			}
			same(t, tier, faults(a.voice(map[string]any{"voice_id": a.AddVoice(fakeapi.VoiceSeed{Tier: tier})})), want)
		}
	}
}

func likenessOf1(want []string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		if want == nil {
			want = []string{}
		}
		got := a.voice(map[string]any{"voice_id": "voice-template-uuid", "similarity": 1, "stability": 1})
		same(t, "fields at fault", faults(got), want)
	}
}

func similarityIsNamed(name, other string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		got := a.voice(map[string]any{"voice_id": "voice-template-uuid", "similarity": 0.7, "stability": 0.8})
		for where, agent := range map[string]map[string]any{"in the answer": got.data(), "elsewhere": a.agentNow()} {
			voice := object(agent["voice"])
			same(t, name+" "+where, voice[name], 0.7)
			if _, ok := voice[other]; ok {
				t.Errorf("%s is there as well, %s", other, where)
			}
		}
	}
}
