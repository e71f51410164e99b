package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// notTheAPIs are answers to a delete or an unpublish that a proxy may give, and
// that say nothing of what was to go.
var notTheAPIs = map[string]fakeapi.Fault{
	"a page with 200":       {Status: http.StatusOK, Body: "<html>Sign in to the hotel's network</html>"},
	"a list with 200":       {Status: http.StatusOK, Body: "[]"},
	"a page with 404":       {Status: http.StatusNotFound, Body: "<html>nginx: no such page</html>"},
	"an empty 404":          {Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"text/plain"}}},
	"a 404 without message": {Status: http.StatusNotFound, Body: `{"success":false}`},
}

// TestProxyAnswersADelete: an action that lives on must stay in the state.
func TestProxyAnswersADelete(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	names := slices.Sorted(maps.Keys(notTheAPIs))
	ws.Write("main.tf", acctest.SideBySide(len(names), func(i int) string { return acctest.HoldAction(acctest.RowAddress(i), acctest.RowNode(i), "") }))
	ws.Apply()
	for i, name := range names {
		fault := notTheAPIs[name]
		fault.Match = fakeapi.Match{Op: fakeapi.OpDeleteAction, NodeID: acctest.RowNode(i)}
		w.Inject(fault)
	}

	failed := ws.Terraform("destroy", "-auto-approve", "-json").Exits(1)

	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			said := failed.DiagnosticAbout(t, "error", "("+acctest.RowNode(i)+")")
			for _, text := range []string{"Could not delete the action", "othing was removed from the state", "Check that base_url is the API's own address, and the proxy", "Deleting it again does no harm"} {
				if !strings.Contains(said, text) {
					t.Errorf("%q lacks %q", said, text)
				}
			}
			if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpDeleteAction, NodeID: acctest.RowNode(i)})); n != 1 {
				t.Errorf("%d deletes, want 1", n)
			}
		})
	}
	w.ClearFaults()
	ws.PlanEmpty() // were one out of the state, the plan would create it
	ws.Destroy()
	if left := w.Actions(w.Agent); len(left) > 0 {
		t.Errorf("left on the server: %v", left)
	}
}

// TestProxyAnswersAnUnpublish: an agent that still takes calls must not be
// forgotten, since it was to be taken off the air.
func TestProxyAnswersAnUnpublish(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	names := slices.Sorted(maps.Keys(notTheAPIs))
	agents := map[string]string{}
	var config strings.Builder
	for i, name := range names {
		agents[name] = w.AddAgent(fakeapi.AgentSeed{Name: name, Status: "published"})
		fmt.Fprintf(&config, "resource \"talq_agent_publication\" \"a%d\" {\n  agent_id = %q\n  triggers = {}\n  unpublish_on_destroy = true\n}\n", i, agents[name])
	}
	ws.Write("main.tf", config.String())
	ws.Apply()
	for name, fault := range notTheAPIs {
		fault.Match = fakeapi.Match{Op: fakeapi.OpUnpublish, AgentID: agents[name]}
		w.Inject(fault)
	}

	failed := ws.Terraform("destroy", "-auto-approve", "-json").Exits(1)

	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			said := failed.DiagnosticAbout(t, "error", "the agent "+agents[name])
			for _, text := range []string{"Could not unpublish the agent " + agents[name], "othing was removed from the state", "Check that base_url is the API's own address, and the proxy"} {
				if !strings.Contains(said, text) {
					t.Errorf("%q lacks %q", said, text)
				}
			}
			if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpUnpublish, AgentID: agents[name]})); n != 1 {
				t.Errorf("%d requests to unpublish, want 1", n)
			}
			w.ExpectLive(t, agents[name], true)
		})
	}
	w.ClearFaults()
	ws.Destroy()
	for _, name := range names {
		w.ExpectLive(t, agents[name], false)
	}
}

// TestProxyAnswersAnUpdate: the write was done, and its answer is odd or somebody
// else's. The action stays in the state, and one more apply settles it.
func TestProxyAnswersAnUpdate(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, body string
		fails      bool
	}{
		{"a page", `<html>Sign in</html>`, true},
		{"a list", `[]`, true},
		{"a text", `"x"`, true},
		{"data null", `{"success":true,"data":null}`, true},
		{"data a list", `{"success":true,"data":[]}`, true},
		{"an id that is a number", `{"success":true,"data":{"id":7}}`, true},
		{"input_schema an object", `{"success":true,"data":{"id":"ID","input_schema":{}}}`, true},
		{"an entry of input_schema null", `{"success":true,"data":{"id":"ID","input_schema":[null]}}`, true},
		{"no more than the id", `{"success":true,"data":{"id":"ID"}}`, false},
		{"all else null", `{"success":true,"data":{"id":"ID","input_schema":null,"type":null,"name":null}}`, false},
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := func(seconds int) string {
		return acctest.SideBySide(len(rows), func(i int) string {
			return acctest.Hold{Address: acctest.RowAddress(i), NodeID: acctest.RowNode(i), Seconds: seconds}.HCL()
		})
	}
	ws.Write("main.tf", config(30))
	ws.Apply()
	ws.Write("main.tf", config(31))
	for i, row := range rows {
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: acctest.RowNode(i)}, Times: 1, AfterProcessing: true, Status: http.StatusOK,
			Body: strings.ReplaceAll(row.body, "ID", w.IDOf(t, acctest.RowNode(i)))})
	}
	w.ForgetJournal()

	failed := ws.Terraform("apply", "-auto-approve", "-input=false", "-json").Exits(1)

	for i, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if row.fails {
				said := failed.DiagnosticAbout(t, "error", "("+acctest.RowNode(i)+")")
				if !strings.Contains(said, "Could not update the action") || !strings.Contains(said, "its answer could not be used") {
					t.Errorf("it says %q", said)
				}
			}
			if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: acctest.RowNode(i)})); n != 1 {
				t.Errorf("%d upserts, want 1", n)
			}
		})
	}
	fails := 0
	for _, row := range rows {
		if row.fails {
			fails++
		}
	}
	if n := strings.Count(failed.Output, `"severity":"error"`); n != fails {
		t.Errorf("%d errors, want %d", n, fails)
	}
	ws.Apply().Says("0 added")
	ws.PlanEmpty()
	if n := len(w.Actions(w.Agent)); n != len(rows) {
		t.Errorf("%d actions, want %d", n, len(rows))
	}
}
