package fakeapi_test

import (
	"maps"
	"net/http"
	"slices"
)

func (a api) path(rest string) string { return "/agents/" + a.agent + rest }

// create makes an agent out of the vendor's sample with fields over it; a nil one is left out.
func (a api) create(fields map[string]any) reply {
	a.t.Helper()
	return a.do(http.MethodPost, "/agents", over(sample(a.t, "create-agent.request.json"), fields))
}

// voice updates the voice to a basic one, with fields over it; a nil one is left out.
func (a api) voice(fields map[string]any) reply {
	a.t.Helper()
	body := map[string]any{"voice_id": "basic-voice-uuid", "conversation_speed": 1.2, "who_speaks_first": "user", "language": "en-US"}
	return a.do(http.MethodPut, a.path("/voice"), over(body, fields))
}

// knowledge updates an agent's knowledge to that of the sample, with fields over it; a nil
// one is left out.
func (a api) knowledge(fields map[string]any) reply {
	a.t.Helper()
	return a.do(http.MethodPut, a.path("/knowledge"), over(sample(a.t, "update-agent-knowledge.request.json"), fields))
}

// agentNow is the agent as GET shows it.
func (a api) agentNow() map[string]any {
	a.t.Helper()
	return a.do(http.MethodGet, a.path(""), nil).data()
}

// training is a valid body with fields over it.
func training(fields map[string]any) map[string]any {
	return with(map[string]any{"node_id": "node", "subject": "Prices", "instructions": "Text"}, fields)
}

func over(fields, more map[string]any) map[string]any {
	for key, value := range more {
		if fields[key] = value; value == nil {
			delete(fields, key)
		}
	}
	return fields
}

// faults are the fields at fault in a 422, sorted.
func faults(got reply) []string {
	return append([]string{}, slices.Sorted(maps.Keys(object(got.body["errors"])))...)
}
