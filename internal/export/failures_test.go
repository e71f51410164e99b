package export_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	at := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestFilesOfOthersStay: neither a file that was there nor one that was edited since is
// overwritten. Nothing of that agent is written then, and all others are.
func TestFilesOfOthersStay(t *testing.T) {
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Sales"})
	for name, row := range map[string]struct {
		file     string
		first    bool // there is an export before
		says     string
		sales    bool // Sales is written
		existing string
	}{
		"there before":      {"agents/support/actions.tf", false, "agent agent-1: nothing of it was written", true, "# mine\n"},
		"edited since":      {"agents/support/agent.tf", true, "agent agent-1: nothing of it was written", true, "# mine\n"},
		"a text edited":     {"agents/support/prompt.md", true, "agents/support/prompt.md", true, "Mine."},
		"in the root":       {"main.tf", false, "the root module: nothing of it was written, since these files were not written by the export, or were edited since: main.tf", true, "# mine\n"},
		"the manifest":      {".talq-export.json", false, ".talq-export.json in ", false, "{"},
		"a README of yours": {"README.md", true, "were edited since: README.md", true, "# Ours\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if row.first {
				run(t, w, "-out", dir)
				w.EditAgent(w.Agent, map[string]any{"description": "Another prompt " + name})
				w.EditAgent(other, map[string]any{"description": "Another prompt of sales " + name})
			} else {
				w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "d", "type": "hold", "hold_duration": 5})
			}
			put(t, dir, row.file, row.existing)
			before := files(t, dir)
			got := run(t, w, "-out", dir)
			if got.code != 1 || !strings.Contains(got.stderr, row.says) {
				t.Errorf("%+v", got)
			}
			after := files(t, dir)
			if after[row.file] != row.existing {
				t.Errorf("%s is now\n%s", row.file, after[row.file])
			}
			if row.sales != (after["agents/sales/prompt.md"] != before["agents/sales/prompt.md"]) {
				t.Errorf("the prompt of sales is %q, was %q", after["agents/sales/prompt.md"], before["agents/sales/prompt.md"])
			}
			if strings.HasPrefix(row.file, "agents/support/") && !row.first && after["agent-support.tf"] != "" {
				t.Error("the agent is called, though its module was not written")
			}
		})
	}
}

// TestGoesOnAfterAFailure, names the agent that failed, and leaves what an earlier export
// wrote of it: without its module the next plan would destroy all that it has.
func TestGoesOnAfterAFailure(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddAgents(3)
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent, AgentID: "agent-2"}, Status: http.StatusForbidden, Body: `{"message":"No."}`})
	got := run(t, w, "-out", dir)
	if got.code != 1 || !strings.Contains(got.stderr, "Error: Could not read the agent agent-2") || !strings.Contains(got.stdout, "2 agents, 6 resources") {
		t.Errorf("%+v", got)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}
}

// TestAgentsThatAreNotThere: a list that fails, and an id of nobody.
func TestAgentsThatAreNotThere(t *testing.T) {
	w := acctest.NewWorld(t)
	dir := t.TempDir()
	if got := run(t, w, "-out", dir, "-agent", "nobody"); got.code != 1 || !strings.Contains(got.stderr, "Could not read the agent nobody") {
		t.Errorf("%+v", got)
	}
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Status: http.StatusUnauthorized, Body: `{"message":"Unauthenticated."}`})
	if got := run(t, w, "-out", dir); got.code != 1 || !strings.Contains(got.stderr, "Could not list the agents") {
		t.Errorf("%+v", got)
	}
	if found := files(t, dir); len(found) > 1 { // the manifest
		t.Errorf("%v", found)
	}
}

// TestOneAgentOfMany: an export of one leaves the files of the others as they are.
func TestOneAgentOfMany(t *testing.T) {
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Sales"})
	w.AddAgent(fakeapi.AgentSeed{Name: "Billing"})
	dir := t.TempDir()
	w.ForgetJournal()
	run(t, w, "-out", dir, "-agent", other, "-agent", w.Agent, "-agent", other)
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 2, fakeapi.OpListWebhooks: 2, fakeapi.OpGetFlow: 2})
	first := files(t, dir)
	if first["agent-sales.tf"] == "" || first["agent-support.tf"] == "" || first["agent-billing.tf"] != "" {
		t.Errorf("%v", first)
	}
	w.EditAgent(other, map[string]any{"description": "Sells."})
	w.EditAgent(w.Agent, map[string]any{"description": "Supports."})
	if got := run(t, w, "-out", dir, "-agent", other); !strings.HasPrefix(got.stdout, "1 of the files") {
		t.Errorf("%+v", got)
	}
	after := files(t, dir)
	if after["agents/sales/prompt.md"] != "Sells.\n" || after["agents/support/prompt.md"] != first["agents/support/prompt.md"] {
		t.Errorf("%v", after)
	}
}

// TestNamesStay: whoever is renamed in the dashboard keeps the address, and nobody takes it
// over from an agent or an action that is gone.
func TestNamesStay(t *testing.T) {
	w := acctest.NewWorld(t)
	hold := map[string]any{"name": "Hold", "description": "d", "type": "hold", "hold_duration": 5}
	first := w.AddAction(w.Agent, hold)
	second := w.AddAction(w.Agent, hold)
	dir := t.TempDir()
	run(t, w, "-out", dir)
	w.RemoveAction(w.Agent, first)
	w.EditAction(w.Agent, second, map[string]any{"name": "Renamed"})
	w.EditAgent(w.Agent, map[string]any{"label": "Renamed", "name": "Renamed"})
	if got := run(t, w, "-out", dir); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	after := files(t, dir)
	if text := after["agents/support/actions.tf"]; !strings.Contains(text, `resource "talq_action" "hold_2"`) || strings.Contains(text, `"hold"`+" {") {
		t.Errorf("the actions are now\n%s", text)
	}
}

// TestWhatAFlowDoesNotShow stands as a comment: without it the first change would leave the
// node without its action.
func TestWhatAFlowDoesNotShow(t *testing.T) {
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{FlowForm: fakeapi.FlowKnownFields, ActionsUnchecked: true}))
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	dir := t.TempDir()
	run(t, w, "-out", dir)
	if text := files(t, dir)["agents/support/flow.tf"]; !strings.Contains(text, `#   extra_json of the node "book"`) {
		t.Errorf("the flow is\n%s", text)
	}
	expectImports(workspace(t, dir), 4)
}
