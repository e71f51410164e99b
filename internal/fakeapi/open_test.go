package fakeapi_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// meanings says, for each answer of the table of open points, how one sees it.
var meanings = map[string]func(t *testing.T, a api, c *clock){
	"status of an upsert: 200": upsertAnswers(http.StatusOK),
	"status of an upsert: 201": upsertAnswers(http.StatusCreated),

	"status of a delete: 200 with a body": func(t *testing.T, a api, _ *clock) {
		got := a.do(http.MethodDelete, a.actions()+"/"+a.AddAction(a.agent, webhook(nil)), nil)
		same(t, "status", got.status, http.StatusOK)
		same(t, "success", got.body["success"], true)
	},
	"status of a delete: 204 without a body": func(t *testing.T, a api, _ *clock) {
		got := a.do(http.MethodDelete, a.actions()+"/"+a.AddAction(a.agent, webhook(nil)), nil)
		same(t, "status", got.status, http.StatusNoContent)
		same(t, "body", got.raw, "")
	},

	"field left out of an update: kept":  urlAfterUpdateWithout("https://example.com"),
	"field left out of an update: reset": urlAfterUpdateWithout(nil),

	"white space around strings: kept":    textComesBack(" \ntext\n", " \ntext\n"),
	"white space around strings: trimmed": textComesBack(" \ntext\n", "text"),
	"empty strings: kept":                 textComesBack("", ""),
	"empty strings: turned into null":     textComesBack("", nil),

	"entry of transfer_to and hold_duration: appended when missing": entries(1, 1),
	"entry of transfer_to and hold_duration: always appended":       entries(1, 2),
	"entry of transfer_to and hold_duration: as sent":               entries(0, 1),

	"value of transfer_to: as sent":   entryValue(transfer(nil), `"+1234567890"`),
	"value of transfer_to: number":    entryValue(transfer(nil), `1234567890`),
	"value of hold_duration: as sent": entryValue(hold(nil), `30`),
	"value of hold_duration: string":  entryValue(hold(nil), `"30"`),

	"undocumented fields: absent": func(t *testing.T, a api, _ *clock) {
		got := a.upsert(webhook(secrets()))
		same(t, "node_id", got["node_id"], nil)
		same(t, "config", got["config"], nil)
	},
	"undocumented fields: echoed": func(t *testing.T, a api, _ *clock) {
		echoed(t, a, func(shown map[string]any) map[string]any { return shown }, "secret")
	},
	"undocumented fields: echoed inside config": func(t *testing.T, a api, _ *clock) {
		echoed(t, a, func(shown map[string]any) map[string]any { return object(shown["config"]) }, "secret")
	},
	"undocumented fields: echoed with masked headers": func(t *testing.T, a api, _ *clock) {
		echoed(t, a, func(shown map[string]any) map[string]any { return shown }, "********")
	},

	"order of actions: oldest first": listed("action-1", "action-2"),
	"order of actions: newest first": listed("action-2", "action-1"),
	"order of inputs: as sent":       inputNames("a", "b"),
	"order of inputs: reversed":      inputNames("b", "a"),

	"listing of actions: whole": func(t *testing.T, a api, _ *clock) {
		addThree(a)
		got := a.do(http.MethodGet, a.actions()+"?per_page=1", nil)
		same(t, "actions", len(got.list()), 3)
		same(t, "meta", got.body["meta"], nil)
	},
	"listing of actions: paged by two": func(t *testing.T, a api, _ *clock) {
		addThree(a)
		first, second := a.do(http.MethodGet, a.actions()+"?per_page=100", nil), a.do(http.MethodGet, a.actions()+"?page=2", nil)
		same(t, "actions of page 1", len(first.list()), 2)
		same(t, "actions of page 2", len(second.list()), 1)
		same(t, "meta", second.body["meta"], map[string]any{"current_page": 2, "per_page": 2, "total": 3, "last_page": 2})
	},

	"times: whole seconds":                      times("2024-01-15T10:30:00Z", "2024-01-15T10:30:00Z"),
	"times: microseconds":                       times("2024-01-15T10:30:00.123456Z", "2024-01-15T10:30:00.123456Z"),
	"times: microseconds in upserts only":       times("2024-01-15T10:30:00.000000Z", "2024-01-15T10:30:00Z"),
	"times: microseconds but in upserts":        times("2024-01-15T10:30:00Z", "2024-01-15T10:30:00.000000Z"),
	"updated_at of actions at a publish: kept":  publishMoves(false),
	"updated_at of actions at a publish: moved": publishMoves(true),

	"updated_at at an upsert that changes nothing: moved": equalUpsertMoves(true),
	"updated_at at an upsert that changes nothing: kept":  equalUpsertMoves(false),

	"id of an action that is made again: new":         madeAgain("action-2"),
	"id of an action that is made again: the old one": madeAgain("action-1"),

	"Retry-After: absent":             limitHeader("Retry-After", ""),
	"Retry-After: seconds":            limitHeader("Retry-After", "10"),
	"Retry-After: date":               limitHeader("Retry-After", "Mon, 15 Jan 2024 10:30:11 GMT"),
	"X-RateLimit-Reset: epoch":        limitHeader("X-RateLimit-Reset", "1705314611"),
	"X-RateLimit-Reset: seconds left": limitHeader("X-RateLimit-Reset", "10"),
}

func TestEveryOpenAnswerDoesWhatItsNameSays(t *testing.T) {
	maps.Copy(meanings, agentMeanings)
	maps.Copy(meanings, webhookMeanings)
	maps.Copy(meanings, flowMeanings)
	known := 0
	for _, point := range fakeapi.Open() {
		for i, answer := range point.Answers {
			name := point.Name + ": " + answer.Name
			t.Run(name, func(t *testing.T) {
				meaning := meanings[name]
				if meaning == nil {
					t.Fatal("nothing says what this means")
				}
				c := newClock()
				var b fakeapi.Behaviour
				answer.Set(&b)
				a := start(t, fakeapi.WithClock(c.Now), fakeapi.WithBehaviour(b))
				meaning(t, a, c)
				if i == 0 {
					meaning(t, start(t, fakeapi.WithClock(c.Now)), c) // The first one is the zero value's.
				}
			})
			known++
		}
	}
	same(t, "meanings in the test's tables", len(meanings), known)
}

func TestSettingAnAnswerUndoesTheOthersOfItsPoint(t *testing.T) {
	for _, point := range fakeapi.Open() {
		var zero, changed fakeapi.Behaviour
		for _, answer := range point.Answers {
			answer.Set(&changed)
		}
		point.Answers[0].Set(&changed)
		point.Answers[0].Set(&zero)
		same(t, point.Name, changed, zero)
	}
}

func upsertAnswers(status int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		for _, write := range []string{"create", "update"} {
			same(t, write, a.do(http.MethodPost, a.actions(), webhook(nil)).status, status)
		}
	}
}

func urlAfterUpdateWithout(want any) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.upsert(webhook(map[string]any{"url": "https://example.com", "current_status": "inactive"}))
		got := a.upsert(webhook(nil))
		same(t, "url", got["url"], want)
		same(t, "current_status", got["current_status"] == "inactive", want != nil)
	}
}

// textComesBack looks at a nested string, which no rule forbids to be empty.
func textComesBack(sent string, want any) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		entry := map[string]any{"name": "n", "description": sent, "value": map[string]any{"deep": []any{sent}}}
		got := a.upsert(webhook(map[string]any{"inputs": []any{entry}, "speak_on_send": sent}))
		same(t, "input_schema", got["input_schema"], []any{
			map[string]any{"name": "n", "description": want, "value": map[string]any{"deep": []any{want}}},
		})
		same(t, "speak_on_send", a.Actions(a.agent)[0].Fields["speak_on_send"], want)
		same(t, "the body in the journal", a.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0].Body["speak_on_send"], sent)
	}
}

func entries(fieldOnly, bothWays int) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		inputs := []any{map[string]any{"name": "hold_duration", "value": 30}}
		count := func(shown map[string]any) int {
			schema, _ := shown["input_schema"].([]any)
			return len(schema)
		}
		same(t, "entries when only the field is sent", count(a.upsert(hold(nil))), fieldOnly)
		same(t, "entries when both are sent", count(a.upsert(hold(map[string]any{"inputs": inputs}))), bothWays)
	}
}

func entryValue(body map[string]any, want string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		if got := a.do(http.MethodPost, a.actions(), body); !strings.Contains(got.raw, `"value":`+want+"}") {
			t.Errorf("appended: want the value %s in %s", want, got.raw)
		}
		stored := a.Actions(a.agent)[0].Fields
		for _, field := range []string{"transfer_to", "hold_duration"} {
			if value := stored[field]; value != nil {
				body = webhook(map[string]any{"node_id": "sent", "type": stored["type"], "inputs": []any{map[string]any{"name": field, "value": value}}})
			}
		}
		if got := a.do(http.MethodPost, a.actions(), body); !strings.Contains(got.raw, `"value":`+want+"}") {
			t.Errorf("sent: want the value %s in %s", want, got.raw)
		}
	}
}

func secrets() map[string]any {
	return map[string]any{
		"authorization_scheme": "bearer",
		"custom_headers":       []any{map[string]any{"key": "X-Key", "value": "secret"}},
	}
}

func echoed(t *testing.T, a api, place func(map[string]any) map[string]any, secret string) {
	t.Helper()
	a.upsert(webhook(nil))
	a.upsert(webhook(with(secrets(), map[string]any{"node_id": "second"})))
	wants := []map[string]any{
		{
			"node_id": "node", "authorization_scheme": "none", "custom_headers": []any{}, "speak_on_send": nil,
			"speak_on_receive": nil, "execution_mode": "during_call", "integration": nil,
		},
		{
			"node_id": "second", "authorization_scheme": "bearer",
			"custom_headers": []any{map[string]any{"key": "X-Key", "value": secret}},
		},
	}
	for i, shown := range a.list() {
		for key, want := range wants[i] {
			got, ok := place(shown)[key]
			if !ok {
				t.Errorf("%s is absent", key)
			}
			same(t, key, got, want)
		}
	}
}

func addThree(a api) {
	for _, node := range []string{"one", "two", "three"} {
		a.AddAction(a.agent, webhook(map[string]any{"node_id": node}))
	}
}

func listed(first, second string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.AddAction(a.agent, webhook(nil))
		a.AddAction(a.agent, webhook(nil))
		same(t, "first", a.list()[0]["id"], first)
		same(t, "second", a.list()[1]["id"], second)
	}
}

func inputNames(first, second string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		input := func(name string) map[string]any { return map[string]any{"name": name} }
		got := a.upsert(webhook(map[string]any{"inputs": []any{input("a"), input("b")}}))
		same(t, "input_schema", got["input_schema"], []any{input(first), input(second)})
	}
}

func times(inUpserts, inListings string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, c *clock) {
		same(t, "created_at of the upsert", a.upsert(webhook(nil))["created_at"], inUpserts)
		same(t, "created_at in the listing", a.list()[0]["created_at"], inListings)
		c.Advance(time.Nanosecond)
		updated := a.upsert(webhook(nil))["updated_at"]
		if !instant(t, updated).After(instant(t, inUpserts)) {
			t.Errorf("an update a nanosecond later shows %v", updated)
		}
		same(t, "the instant of the update in the listing", instant(t, a.list()[0]["updated_at"]), instant(t, updated))
	}
}

func publishMoves(want bool) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		before := a.upsert(webhook(nil))["updated_at"]
		a.do(http.MethodPost, "/agents/"+a.agent+"/publish", nil)
		same(t, "updated_at moved", a.list()[0]["updated_at"] != before, want)
	}
}

func equalUpsertMoves(want bool) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		before := a.upsert(webhook(nil))["updated_at"]
		same := map[string]any{"current_status": "active", "url": nil, "inputs": []any{}}
		equal := a.upsert(webhook(same))["updated_at"]
		if moved := equal != before; moved != want {
			t.Errorf("an equal upsert moved updated_at: %v", moved)
		}
		if a.upsert(webhook(map[string]any{"name": "Other"}))["updated_at"] == equal {
			t.Error("another name did not move updated_at")
		}
	}
}

func madeAgain(want string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, _ *clock) {
		a.upsert(webhook(nil))
		a.RemoveAction(a.agent, "action-1")
		got := a.upsert(webhook(nil))
		same(t, "id", got["id"], want)
		same(t, "updated_at of a fresh action", got["updated_at"], got["created_at"])
	}
}

func limitHeader(name, want string) func(*testing.T, api, *clock) {
	return func(t *testing.T, a api, c *clock) {
		c.Advance(newClock().Now().Sub(c.Now()))
		a.SetRateLimit(1, 10*time.Second)
		a.list()
		got := a.do(http.MethodGet, a.actions(), nil)
		same(t, "status", got.status, http.StatusTooManyRequests)
		same(t, name, got.header.Get(name), want)
	}
}
