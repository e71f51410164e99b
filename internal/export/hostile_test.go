package export_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// hostile are names that mean something to HCL, to Terraform, to a file system or to a
// terminal, some of them more than once.
var hostile = []string{
	`"quoted"`, `\`, "${var.x}", "%{ if true }", "$${x}", "$$${x}", "%%{x}", "line\nbreak", "\n\u0301>\u0308", "tab\there", "*/ # //", "a\u2028b", acctest.Evil,
	"🙂", "🙂🙂", "-", "日本語の名前", "Größe", "Gro\u0308ße", "ﬁne", "for", "null", "true", "this", "count", "module", "provider",
	"override", "x override", "main", "con", "NUL", "com1", "../../etc/passwd", "/etc/passwd", "..", "C:\\x", "24/7 line",
	"Front desk", "Front desk", "front-desk", "front_desk_2", strings.Repeat("ä", 255), strings.Repeat("a ", 127) + "b",
}

// hostileFlow has a node of each hostile name, which names an action by its id. Some more
// members make it a flow that the typed form does not hold.
func hostileFlow(more map[string]any) map[string]any {
	id := func(i int) string { return fmt.Sprint(hostile[i%len(hostile)], " ", i%len(hostile)) }
	var nodes []any
	for i, called := range hostile {
		nodes = append(nodes, map[string]any{"id": id(i), "type": "action", "content": called, "next": id(i + 1), called: called, "x" + called: map[string]any{called: []any{"action-1", called, 1.5, true, nil}}})
	}
	flow := map[string]any{"initial_node_id": id(0), "nodes": nodes, "meta": map[string]any{"name": hostile[0]}, "global_functions": []any{map[string]any{"name": hostile[2]}}}
	maps.Copy(flow, more)
	return flow
}

// TestHostileNames of agents and of all that they have: the HCL is valid, the plan empty, and
// there is no file outside of the folder.
func TestHostileNames(t *testing.T) {
	w := acctest.NewWorld(t)
	w.RemoveAgent(w.Agent)
	for i, name := range hostile {
		agent := w.AddAgent(fakeapi.AgentSeed{Name: name, Status: "published", Fields: map[string]any{"initial_message": "Hello " + name[:min(len(name), 9)] + " there"}})
		if i > 2 {
			continue
		}
		for _, called := range hostile {
			w.AddAction(agent, map[string]any{"name": called, "description": called, "type": "webhook", "url": "https://example.com/x",
				"inputs": []any{map[string]any{"name": called, "type": "string", "required": true, "description": called, "value": called}}})
			w.AddTraining(agent, map[string]any{"subject": called, "instructions": called + "\n" + called})
			w.AddWebhook(agent, map[string]any{"name": called, "webhook_url": "https://example.com/x", "events": []any{"event_phone_call_ended"}, "webhook_secret": acctest.SomeSecret})
		}
		w.EditFlow(agent, "flow_driven", hostileFlow([]map[string]any{nil, {"more": "${x}"}, {hostile[0]: hostile}}[i]))
		w.SetPublished(agent, true)
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "a", "b")
	got := run(t, w, "-out", dir)
	if got.code != 0 || strings.ContainsAny(got.stderr, "\x1b\x07\u009b") {
		t.Fatalf("%+v", got)
	}
	for name := range files(t, parent) {
		if !strings.HasPrefix(name, "a/b/") {
			t.Errorf("%s lies outside of the folder", name)
		}
	}
	ws := workspace(t, dir)
	ws.Terraform("fmt", "-check", "-recursive", "-diff").Exits(0)
	expectImports(ws, len(hostile)*3+3*(3*len(hostile)+1)) // each agent has a training and a publication
	if err := os.RemoveAll(filepath.Join(dir, ".terraform")); err != nil {
		t.Fatal(err)
	}
	expectNoChange(t, w, dir)
}

// TestALinkLeadsNowhere: a folder of the export that is a link to another place is not
// followed.
func TestALinkLeadsNowhere(t *testing.T) {
	w := acctest.NewWorld(t)
	dir, elsewhere := t.TempDir(), t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(dir, "agents")); err != nil {
		t.Skip("this system lets the test create no link: ", err)
	}
	if got := run(t, w, "-out", dir); got.code != 1 || !strings.Contains(got.stderr, "Error: agent agent-1: ") {
		t.Errorf("%+v", got)
	}
	if found := files(t, elsewhere); len(found) > 0 {
		t.Errorf("written elsewhere: %v", found)
	}
}

// TestWhatTheProviderDoesNotTake is left out and named, and the rest is exported.
func TestWhatTheProviderDoesNotTake(t *testing.T) {
	w := acctest.NewWorld(t)
	for i, fields := range []map[string]any{
		{"name": "No description\x1b[2J", "description": "", "type": "hold", "hold_duration": 5},
		{"name": "No number", "description": "d", "type": "transfer"},
		{"name": "Unknown type", "description": "d", "type": "teleport"},
		{"name": "Good", "description": "d", "type": "hold", "hold_duration": 5},
	} {
		fields["id"] = fmt.Sprintf("bad-%d", i)
		w.AddAction(w.Agent, fields)
	}
	w.AddWebhook(w.Agent, map[string]any{"name": "No events", "webhook_url": "https://example.com", "events": []any{}})
	w.EditFlow(w.Agent, "flow_driven", map[string]any{"initial_node_id": "lost", "nodes": []any{map[string]any{"id": "a", "type": "end"}}})
	w.AddAgent(fakeapi.AgentSeed{Name: "Mute", Fields: map[string]any{"description": "abc"}})
	dir := t.TempDir()
	got := run(t, w, "-out", dir)
	for _, text := range []string{
		`The action "No description\x1b[2J" (bad-0) of agent agent-1 is left out`, "description: Missing Configuration", "(bad-1) of agent agent-1", "transfer_to: Missing attribute", "(bad-2) of agent agent-1", "type: ",
		`The webhook "No events" (webhook-1) of agent agent-1 is left out`, "events: ", "The flow of agent agent-1 is left out", "flow_config.initial_node_id: ",
		`The agent "Mute" (agent-2) is left out`, "description: ",
	} {
		if !strings.Contains(got.stderr, text) {
			t.Errorf("stderr lacks %q: %s", text, got.stderr)
		}
	}
	if got.code != 1 {
		t.Errorf("the exit code is %d", got.code)
	}
	expectImports(workspace(t, dir), 3)
}

// TestAURLThatHoldsAPassword is exported, since the API shows it and the action needs it, and
// the export says so without repeating it.
func TestAURLThatHoldsAPassword(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddAction(w.Agent, map[string]any{"name": "Sync", "description": "d", "type": "webhook", "url": "https://me:" + acctest.SomeSecret + "@example.com"})
	dir := t.TempDir()
	got := run(t, w, "-out", dir)
	if got.code != 0 || !strings.Contains(got.stderr, `Note: action "Sync" (action-1) of agent agent-1: url: A URL is not secret`) || strings.Contains(got.stderr, acctest.SomeSecret) {
		t.Errorf("%+v", got)
	}
	expectImports(workspace(t, dir), 3)
}
