package export_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestWhatWasExportedBeforeIsNotLeftOut: without its block the next plan would destroy it. So
// nothing of the agent is written where somebody made of an action what no configuration may be.
func TestWhatWasExportedBeforeIsNotLeftOut(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "d", "type": "hold", "hold_duration": 5})
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	w.EditAction(w.Agent, id, map[string]any{"description": " "})
	got := run(t, w, "-out", dir)
	if got.code != 1 || !strings.Contains(got.stderr, "agent agent-1: nothing of it was written, since an earlier export wrote what this one has to leave out, and Terraform would destroy that: talq_action.hold") {
		t.Errorf("%+v", got)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}
}

// TestNamesOfWhatIsNotWritten are forgotten: else an action that was never written would count
// as one that an earlier export wrote, and could not be left out later.
func TestNamesOfWhatIsNotWritten(t *testing.T) {
	w := acctest.NewWorld(t)
	hold := map[string]any{"name": "Hold", "description": "d", "type": "hold", "hold_duration": 5}
	first := w.AddAction(w.Agent, hold)
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	w.EditAction(w.Agent, first, map[string]any{"description": " "})
	second := w.AddAction(w.Agent, hold)
	run(t, w, "-out", dir)
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}
	w.EditAction(w.Agent, first, map[string]any{"description": "Other"})
	w.EditAction(w.Agent, second, map[string]any{"description": " "})
	if got := run(t, w, "-out", dir); !strings.Contains(got.stderr, "(action-2) of agent agent-1 is left out") || !strings.Contains(got.stdout, "1 agents, 3 resources") {
		t.Errorf("%+v", got)
	}
}

// TestWhatIsGone from the account goes from the files too: else the next apply would make it
// again. A file that somebody has edited since stays, and with it all of the agent.
func TestWhatIsGone(t *testing.T) {
	w := acctest.NewWorld(t)
	training := w.AddTraining(w.Agent, map[string]any{"subject": "Prices", "instructions": "Text"})
	hook := w.AddWebhook(w.Agent, acctest.TakenEventWebhook())
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	dir := t.TempDir()
	run(t, w, "-out", dir)
	w.RemoveWebhook(w.Agent, hook)
	w.RemoveTraining(w.Agent, training)
	w.EditFlow(w.Agent, "llm_driven", nil)

	put(t, dir, "agents/support/webhooks.tf", "# mine\n")
	before := files(t, dir)
	if got := run(t, w, "-out", dir); got.code != 1 || !strings.Contains(got.stderr, "edited since: agents/support/webhooks.tf") {
		t.Errorf("%+v", got)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}

	if err := os.Remove(filepath.Join(dir, "agents", "support", "webhooks.tf")); err != nil {
		t.Fatal(err)
	}
	run(t, w, "-out", dir)
	after := files(t, dir)
	for _, gone := range []string{"agents/support/webhooks.tf", "agents/support/flow.tf", "agents/support/trainings/prices.md"} {
		if _, there := after[gone]; there {
			t.Errorf("%s is still there", gone)
		}
	}
	if after["agents/support/trainings/product-knowledge.md"] == "" {
		t.Error("the other training is gone too")
	}
	expectNoChange(t, w, dir)
}

// TestAnAgentThatIsGone keeps its files, and is named until they are deleted. An export of one
// agent does not know what else is gone.
func TestAnAgentThatIsGone(t *testing.T) {
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Front desk"})
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	w.RemoveAgent(other)
	says := "Error: agent agent-2: Talq does not list it any more, and the next apply would create it again. If it was deleted, delete its files too: agent-front-desk.tf, imports-front-desk.tf and the folder agents/front-desk\n"
	if got := run(t, w, "-out", dir); got.code != 1 || got.stderr != says {
		t.Errorf("%+v", got)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}
	if got := run(t, w, "-out", dir, "-agent", w.Agent); got.code != 0 || got.stderr != "" {
		t.Errorf("%+v", got)
	}
	for _, name := range []string{"agent-front-desk.tf", "imports-front-desk.tf", "agents/front-desk"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	expectNoChange(t, w, dir)
}

// TestAFlowThatWasExportedBefore is not left out: see TestWhatWasExportedBeforeIsNotLeftOut.
func TestAFlowThatWasExportedBefore(t *testing.T) {
	w := acctest.NewWorld(t)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	w.EditFlow(w.Agent, "flow_driven", map[string]any{"initial_node_id": "lost", "nodes": []any{map[string]any{"id": "a", "type": "end"}}})
	if got := run(t, w, "-out", dir); got.code != 1 || !strings.Contains(got.stderr, "Terraform would destroy that: talq_agent_flow.this") {
		t.Errorf("%+v", got)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files have changed: %v", after)
	}
}

// TestAFlowWithoutAMode is not one that is gone: only the mode llm_driven says that. An answer
// that lacks the member is an error of the read already.
func TestAFlowWithoutAMode(t *testing.T) {
	w := acctest.NewWorld(t)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	dir := t.TempDir()
	run(t, w, "-out", dir)
	before := files(t, dir)
	for name, mode := range map[string]string{"null": `"conversation_mode":null`, "empty": `"conversation_mode":""`} {
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetFlow}, Times: 1, Rewrite: func(body []byte) []byte {
			return bytes.ReplaceAll(body, []byte(`"conversation_mode":"flow_driven"`), []byte(mode))
		}})
		got := run(t, w, "-out", dir)
		if got.code != 1 || !strings.Contains(got.stderr, "The flow of agent agent-1 is left out, since Talq returns no conversation_mode\n") || !strings.Contains(got.stderr, "Terraform would destroy that: talq_agent_flow.this") {
			t.Errorf("%s: %+v", name, got)
		}
		if after := files(t, dir); !maps.Equal(before, after) {
			t.Errorf("%s: the files have changed: %v", name, after)
		}
	}
}
