package main

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// scenario is calls that are made one after another. It begins and ends with an agent
// without actions, trainings and webhooks of ours and without agents that were made, and is
// kept as one recording.
type scenario struct {
	name      string
	publishes bool
	steps     []step
}

// allowed is the scenario without the steps that publish, where that is not allowed. Each
// that is left out is passed to left.
func (sc scenario) allowed(mayPublish bool, left func(step)) scenario {
	sc.steps = slices.DeleteFunc(sc.steps, func(s step) bool {
		out := (sc.publishes || s.publishes) && !mayPublish
		if out {
			left(s)
		}
		return out
	})
	return sc
}

// step is one call.
type step struct {
	key    string // unique
	method string
	path   string // as in [recording.Exchange]
	body   body
	// wait passes before the call, so that times in whole seconds can differ.
	wait  time.Duration
	token string // as in [recording.Exchange]
	// pages reads every further page of the listing too.
	pages bool
	// nextWindow waits for the end of the rate limit's window first.
	nextWindow bool
	// publishes leaves the step out where nothing may be published, as it does a scenario.
	publishes bool
}

type body = map[string]any

const (
	theAgent   = "/agents/{agent_id}"
	theActions = theAgent + "/actions"
	// apart is long enough for times in whole seconds to differ, rounded or cut off.
	apart = 2 * time.Second
	// longText has what a server may trim, fold or escape, but at neither end.
	longText = "tfacc- Zwölf \"Boxkämpfer\"\nsay <b>hello</b> & 你好 🙂\t{{name}}"
	paddedBy = "\n"
	// otherWord is a type of an input that the reference does not name.
	otherWord = "tfacc-date"
)

func node(name string) string { return guard.Prefix + name }

// action is a body with what every upsert needs.
func action(name, kind string, more body) body {
	b := body{"node_id": node(name), "name": node(name), "description": "Made by a test.", "type": kind}
	maps.Copy(b, more)
	return b
}

// with is a copy of b with other members; those that are named in without are left out.
func (s step) with(more body, without ...string) step {
	changed := maps.Clone(s.body)
	maps.Copy(changed, more)
	for _, key := range without {
		delete(changed, key)
	}
	s.body = changed
	return s
}

func (s step) as(key string) step { s.key = key; return s }

// ifPublished marks a step that is about a published agent.
func (s step) ifPublished() step { s.publishes = true; return s }

func (s step) after(d time.Duration) step { s.wait = d; return s }

func upsert(key string, b body) step {
	return step{key: key, method: http.MethodPost, path: theActions, body: b}
}

func remove(key, name string) step {
	return step{key: key, method: http.MethodDelete, path: theActions + "/{" + node(name) + "}"}
}

func get(key, path string) step { return step{key: key, method: http.MethodGet, path: path} }

func list(key, path string) step {
	s := get(key, path)
	s.pages = true
	return s
}

func post(key, path string) step { return step{key: key, method: http.MethodPost, path: path} }

func input(name, kind string, more body) body {
	b := body{"name": name, "type": kind, "required": true, "description": "An input."}
	maps.Copy(b, more)
	return b
}

// anyValues are inputs with a value of each kind of JSON.
func anyValues() []any {
	return []any{
		input("text", "string", body{"value": "a text", "description": ""}),
		input("number", "number", body{"value": 1.5}),
		input("yes", "boolean", body{"value": true}),
		input("object", "object", body{"value": body{"a": 1}}),
		input("list", "array", body{"value": []any{1, "b"}}),
	}
}

// webhookLike is all that the types webhook and external may have.
func webhookLike(more body) body {
	b := body{
		"url": "https://example.com/hook", "authorization_url": "https://example.com/auth",
		"authorization_scheme": "bearer", "custom_headers": []any{body{"key": "X-Test", "value": "tfacc-header"}},
		"speak_on_send": "One moment.", "speak_on_receive": "Thank you.", "execution_mode": "during_call",
	}
	maps.Copy(b, more)
	return b
}

// Both numbers are reserved for fiction.
const firstNumber, secondNumber = "+12025550123", "+12025550199"

func number(value string) []any {
	return []any{input("transfer_to", "string", body{"value": value})}
}

func seconds(value int) []any {
	return []any{input("hold_duration", "integer", body{"value": value})}
}

// scenarios are all calls of a run, about a hundred.
func scenarios() []scenario {
	webhook := upsert("create", action("webhook", "webhook", webhookLike(body{
		"name": longTextName, "description": longText + paddedBy, "inputs": anyValues(),
	})))
	named := webhook.with(body{"name": node("other name")}).after(apart)
	hidden := named.with(body{"speak_on_send": "Two moments."})
	transfer := upsert("transfer", action("transfer", "transfer", body{"transfer_to": firstNumber}))
	both := transfer.as("transfer both ways").with(body{"node_id": node("transfer-both"), "inputs": number(firstNumber)})
	hold := upsert("hold", action("hold", "hold", body{"hold_duration": 30}))
	published := upsert("create first", action("published", "external", nil))

	return []scenario{
		{name: "refusals", steps: []step{
			{key: "health", method: http.MethodGet, path: "/health", token: "none"},
			{key: "no token", method: http.MethodGet, path: theAgent, token: "none"},
			{key: "wrong token", method: http.MethodGet, path: theAgent, token: "wrong"},
			get("no such agent", "/agents/"+nobody),
			upsert("invalid", action("invalid", "no-such-type", nil)),
		}},
		{name: "webhook", steps: []step{
			webhook,
			list("list", theActions), get("agent", theAgent), list("agents", "/agents?per_page=100"),
			named.as("rename"),
			hidden.as("change a phrase"),
			hidden.as("change nothing"),
			hidden.as("leave out").with(nil, "authorization_url", "speak_on_receive"),
			hidden.as("reset").with(body{
				"authorization_url": nil, "authorization_scheme": "none", "custom_headers": []any{},
				"speak_on_send": nil, "speak_on_receive": nil, "execution_mode": "during_call", "integration": nil, "inputs": []any{},
			}),
			remove("delete", "webhook"), list("list after delete", theActions), get("agent after delete", theAgent),
			remove("delete again", "webhook"),
			upsert("create again", action("webhook", "external", nil)),
			remove("delete the new one", "webhook"),
		}},
		{name: "transfer and hold", steps: []step{
			transfer, both, hold,
			hold.as("hold both ways").with(body{"node_id": node("hold-both"), "inputs": seconds(30)}),
			list("list four", theActions), get("page of one", theActions+"?per_page=1"),
			both.as("transfer elsewhere").with(body{"transfer_to": secondNumber, "inputs": number(secondNumber)}),
			remove("delete transfer", "transfer"), remove("delete transfer both ways", "transfer-both"),
			remove("delete hold", "hold"), remove("delete hold both ways", "hold-both"),
		}},
		{name: "external", steps: []step{
			get("integrations", "/action-integrations"),
			upsert("external with nothing", action("external", "external", nil)),
			upsert("external with all", action("external-all", "external", webhookLike(body{"execution_mode": "post_call"}))),
			upsert("other word", action("word", "external", body{"inputs": []any{input("when", otherWord, nil)}})),
			remove("delete other word", "word"), remove("delete external", "external"), remove("delete external with all", "external-all"),
		}},
		{name: "publication", publishes: true, steps: []step{
			published,
			published.as("create second").with(body{"node_id": node("published-too")}),
			post("publish", theAgent+"/publish").after(apart),
			list("list published", theActions),
			post("publish again", theAgent+"/publish"),
			published.as("write").with(body{"description": "Made by a test, and changed."}),
			get("agent after a write", theAgent),
			post("publish once more", theAgent+"/publish"),
			post("unpublish", theAgent+"/unpublish"),
			remove("delete first", "published"), remove("delete second", "published-too"),
		}},
		webhookScenario(), trainingScenario(), flowScenario(),
		{name: "rate limit", steps: []step{
			get("end of the window", theAgent),
			{key: "next window", method: http.MethodGet, path: theAgent, nextWindow: true},
		}},
		ownAgentScenario(),
	}
}

const longTextName = "tfacc-Name with ü and \"quotes\""
