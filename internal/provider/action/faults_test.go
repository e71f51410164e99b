package action_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// agentRead matches the reads of an agent, and listing those of its actions, which are
// made where the agent's answer does not show them.
var (
	agentRead = fakeapi.Match{Op: fakeapi.OpGetAgent}
	listing   = fakeapi.Match{Op: fakeapi.OpListActions}
)

// withoutActions is an agent whose actions only their own listing shows.
var withoutActions = fakeapi.Fault{Match: agentRead, Rewrite: func(body []byte) []byte {
	return []byte(strings.Replace(string(body), `"actions":`, `"things":`, 1))
}}

// TestBadAnswersDropNothing reads through answers that say nothing about
// whether an action is gone.
func TestBadAnswersDropNothing(t *testing.T) {
	t.Parallel()
	ok := func(body string) fakeapi.Fault { return fakeapi.Fault{Status: http.StatusOK, Body: body} }
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		says  string
	}{
		{"500", fakeapi.Fault{Status: http.StatusInternalServerError}, "Internal Server Error"},
		{"HTML with 502", fakeapi.Fault{Status: http.StatusBadGateway, Body: "<html>down</html>"}, "a web page"},
		{"HTML with 200", ok("<html>Welcome</html>"), "it is no JSON"},
		{"empty 200", fakeapi.Fault{Status: http.StatusOK, Rewrite: func([]byte) []byte { return nil }}, "it is empty"},
		{"a list", ok(`[]`), "JSON type"},
		{"a text", ok(`"fine"`), "JSON type"},
		{"no data", ok(`{"success": true}`), "data"},
		{"data null", ok(`{"success": true, "data": null}`), "data is null"},
		{"data an object", ok(`{"success": true, "data": {}}`), "JSON type"},
		{"an action that is null", ok(`{"success": true, "data": [null]}`), "no id"},
		{"an action without an id", ok(`{"success": true, "data": [{"name": "Hold"}]}`), "no id"},
		{"a name that is a number", ok(`{"success": true, "data": [{"id": "action-1", "name": 5}]}`), "name"},
		{"no success", ok(`{"success": false, "message": "Try later."}`), "Try later."},
		{"cut short", fakeapi.Fault{Rewrite: func(body []byte) []byte { return body[:len(body)/2] }}, "cut short"},
		{"cut connection", fakeapi.Fault{Cut: true}, "the answer broke off"},
		{"a page that does not advance", ok(`{"success": true, "data": [{"id": "x"}], "meta": {"current_page": 1, "last_page": 3}}`), "page 2"},
		{"fewer than the total", ok(`{"success": true, "data": [{"id": "x"}], "meta": {"current_page": 1, "last_page": 1, "total": 2}}`), "2 items"},
		{"404 on the agent", fakeapi.Fault{Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found"}`}, "another environment"},
		{"redirect", fakeapi.Fault{Status: http.StatusFound, Header: http.Header{"Location": {"http://127.0.0.1:9/"}}}, "redirect"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			state, said := w.Protocol(t).Create(aHold)
			said.None(t)
			w.Inject(withoutActions)
			row.fault.Match = listing
			w.Inject(row.fault)

			next, said := w.Protocol(t).Refresh(state)

			said.Are(t, `error: Could not read the action "Hold" (hold) of agent agent-1`).Hold(t, row.says)
			if !next.Equal(state) {
				t.Errorf("the state is %s", next)
			}
		})
	}
}

// TestOddAnswersAreRead reads through answers that are odd and still tell.
func TestOddAnswersAreRead(t *testing.T) {
	t.Parallel()
	replace := func(text, by string) fakeapi.Fault {
		return fakeapi.Fault{Match: agentRead, Rewrite: func(body []byte) []byte {
			return []byte(strings.Replace(string(body), text, by, 1))
		}}
	}
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		empty bool // whether the plan is
	}{
		{"unknown extra fields", replace(`"current_status"`, `"flavour":{"a":[1]},"current_status"`), true},
		{"config of another type", replace(`"config":null`, `"config":[1,2]`), true},
		{"documented fields missing", replace(`"label":"Hold",`, ``), true},
		{"an unknown type of action", replace(`"type":"hold"`, `"type":"carousel"`), false},
		{"input_schema null", fakeapi.Fault{Match: agentRead, Rewrite: func(body []byte) []byte {
			text := string(body)
			from := strings.Index(text, `"input_schema":[`)
			to := from + strings.Index(text[from:], "]") + 1
			return []byte(text[:from] + `"input_schema":null` + text[to:])
		}}, false},
		{"a value that is an object", replace(`"value":30`, `"value":{"seconds":30}`), false},
		{"a value that is a list", replace(`"value":30`, `"value":[30]`), false},
		{"a value that is true", replace(`"value":30`, `"value":true`), false},
		{"a value that is null", replace(`"value":30`, `"value":null`), false},
		{"a value that is a fraction", replace(`"value":30`, `"value":30.5`), false},
		{"a value that is a huge number", replace(`"value":30`, `"value":1e999999999`), false},
		{"a value that is the number as text", replace(`"value":30`, `"value":"30"`), true},
		{"a value in another form", replace(`"value":30`, `"value":3.0e1`), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			state, said := w.Protocol(t).Create(aHold)
			said.None(t)
			w.Inject(row.fault)
			for _, empty := range []bool{row.empty, true} { // the second answer is as it should be
				p := w.Protocol(t)
				seen, said := p.Refresh(state)
				said.None(t)
				if plan := p.Plan(seen, aHold); plan.State.Equal(seen) != empty {
					t.Errorf("the plan is empty: %t", !empty)
				}
				w.ClearFaults()
			}
		})
	}
}

// TestTokenOfAnotherEnvironment tries everything with a token that does not
// reach the agent.
func TestTokenOfAnotherEnvironment(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	other := w.AddEnvironment()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := func(seconds int) string {
		return acctest.SideBySide(3, func(i int) string {
			return acctest.Hold{Address: acctest.RowAddress(i), NodeID: acctest.RowNode(i), Seconds: seconds}.HCL()
		})
	}
	ws.Write("main.tf", config(30))
	ws.Apply()
	before := acctest.ToJSON(t, ws.State())
	stored := acctest.ToJSON(t, w.Actions(w.Agent))
	header := "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"
	ws.Write("provider.tf", header+acctest.ProviderBlock(w.BaseURL(), other))
	ws.Write("main.tf", config(31))
	w.ForgetJournal()

	advice := "The token belongs to another environment"
	ws.PlanFails().Says(advice, "terraform state rm", "-refresh=false")
	ws.ApplyFails().Says(advice)
	ws.ApplyFails("-refresh=false").Says("Could not update", advice)
	ws.ApplyFails("-refresh=false", "-replace=talq_action.a0").Says("Could not delete", advice)
	ws.Terraform("destroy", "-auto-approve").Exits(1).Says(advice)
	ws.Terraform("destroy", "-auto-approve", "-refresh=false").Exits(1).Says("Could not delete", advice)

	if got := acctest.ToJSON(t, ws.State()); got != before {
		t.Errorf("the state is now\n%s\nwant\n%s", got, before)
	}
	if got := acctest.ToJSON(t, w.Actions(w.Agent)); got != stored {
		t.Errorf("the server now has\n%s\nwant\n%s", got, stored)
	}
	for _, r := range w.Requests(fakeapi.Match{}) {
		if r.Accepted {
			t.Errorf("%s was accepted", r.Op)
		}
	}
}

// TestRefusedByTheAPI: what it says stands on the attribute, also on that of an input that the
// provider adds.
func TestRefusedByTheAPI(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 1, Status: http.StatusUnprocessableEntity,
		Body: `{"success":false,"message":"The given data was invalid.","errors":{"inputs.0.value":["The duration is too long."]}}`})
	ws.ApplyFails().Says("The duration is too long.", "hold_duration = 30")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
}
