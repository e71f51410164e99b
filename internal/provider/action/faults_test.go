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
			ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 1"))
			ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
			ws.Apply()
			w.Inject(withoutActions)
			row.fault.Match = listing
			w.Inject(row.fault)

			ws.ApplyFails("-refresh-only").Says("Could not read the action", row.says)

			w.ClearFaults()
			ws.PlanEmpty() // were it out of the state, the plan would create it
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
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
			ws.Apply()
			w.Inject(row.fault)
			if row.empty {
				ws.PlanEmpty()
			} else if change := ws.PlanChanges()["talq_action.a"]; change == nil {
				t.Error("the plan does not see it")
			}
			w.ClearFaults()
			ws.PlanEmpty()
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

// TestFailedWrites leave the state as it was, and the next apply does it.
func TestFailedWrites(t *testing.T) {
	t.Parallel()
	down := func(op fakeapi.Op, after bool) fakeapi.Fault {
		return fakeapi.Fault{Match: fakeapi.Match{Op: op}, Status: http.StatusInternalServerError, AfterProcessing: after}
	}
	start := func(t *testing.T) (acctest.World, *acctest.Workspace) {
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 2"))
		ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
		return w, ws
	}
	for name, after := range map[string]bool{"before the work": false, "after the work": true} {
		t.Run("create failed "+name, func(t *testing.T) {
			t.Parallel()
			w, ws := start(t)
			w.Inject(down(fakeapi.OpUpsertAction, after))
			ws.ApplyFails().Says("Could not create the action", "after 3 attempts", "no second copy")
			if state := ws.State(); len(state) != 0 {
				t.Errorf("the state holds %v", state)
			}
			w.ClearFaults()
			ws.Apply().Says("1 added")
			if n := len(w.Actions(w.Agent)); n != 1 {
				t.Errorf("the agent has %d actions, want 1", n)
			}
			ws.PlanEmpty()
		})
		t.Run("update failed "+name, func(t *testing.T) {
			t.Parallel()
			w, ws := start(t)
			ws.Apply()
			before := acctest.ToJSON(t, ws.State())
			ws.Write("main.tf", acctest.HoldAction("a", "hold", `current_status = "inactive"`))
			w.Inject(down(fakeapi.OpUpsertAction, after))
			ws.ApplyFails().Says("Could not update the action", "after 3 attempts")
			if got := acctest.ToJSON(t, ws.State()); got != before {
				t.Errorf("the state is now\n%s\nwant\n%s", got, before)
			}
			w.ClearFaults()
			ws.Apply()
			ws.PlanEmpty()
			if stored, _ := w.Action(w.Agent, "action-1"); stored.Fields["current_status"] != "inactive" {
				t.Errorf("the server has %v", stored.Fields)
			}
		})
		t.Run("delete failed "+name, func(t *testing.T) {
			t.Parallel()
			w, ws := start(t)
			ws.Apply()
			w.Inject(down(fakeapi.OpDeleteAction, after))
			ws.Terraform("destroy", "-auto-approve").Exits(1).Says("Could not delete the action", "Deleting it again does no harm")
			if state := ws.State(); len(state) != 1 {
				t.Errorf("the state holds %v", state)
			}
			w.ClearFaults()
			ws.Destroy("-refresh=false") // where it is gone, the 404 is a success
		})
	}
	t.Run("create answered without an id", func(t *testing.T) {
		t.Parallel()
		w, ws := start(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 1, Rewrite: func([]byte) []byte { return []byte(`{"success":true,"data":{}}`) }})
		ws.ApplyFails().Says("Could not create the action", "no id", "no second copy")
		ws.Apply()
		if n := len(w.Actions(w.Agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("refused by the API, on the attribute", func(t *testing.T) {
		t.Parallel()
		w, ws := start(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 1, Status: http.StatusUnprocessableEntity,
			Body: `{"success":false,"message":"The given data was invalid.","errors":{"inputs.0.value":["The duration is too long."]}}`})
		ws.ApplyFails().Says("The duration is too long.", "hold_duration = 30")
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	})
	t.Run("already gone at the delete", func(t *testing.T) {
		t.Parallel()
		w, ws := start(t)
		ws.Apply()
		w.RemoveAction(w.Agent, "action-1")
		ws.Destroy("-refresh=false")
	})
}
