package export_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/export"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// exported is what one run of the command left behind.
type exported struct {
	code           int
	stdout, stderr string
}

// run exports a fake account into a folder, as the command does.
func run(t *testing.T, w acctest.World, args ...string) exported {
	t.Helper()
	t.Setenv(session.EnvToken, w.Token())
	t.Setenv(session.EnvBaseURL, w.BaseURL())
	var stdout, stderr bytes.Buffer
	code := export.Run(t.Context(), "test", args, &stdout, &stderr)
	return exported{code, stdout.String(), stderr.String()}
}

// files returns the text of each file in a folder, by its path.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(folder, name)
		found[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// workspace runs the CLI in an exported folder.
func workspace(t *testing.T, folder string) *acctest.Workspace {
	t.Helper()
	ws := &acctest.Workspace{T: t, Dir: folder, Attach: acctest.Serve(t)}
	ws.Terraform("init", "-input=false").Exits(0)
	return ws
}

// expectImports expects a plan that takes so many resources into the state and changes none.
func expectImports(ws *acctest.Workspace, n int) {
	ws.T.Helper()
	ws.Terraform("plan", "-input=false").Exits(0).Says(fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", n))
}

// expectNoChange expects an export that changes no file.
func expectNoChange(t *testing.T, w acctest.World, dir string) {
	t.Helper()
	before := files(t, dir)
	again := run(t, w, "-out", dir)
	if again.code != 0 || !strings.HasPrefix(again.stdout, "0 of the files") {
		t.Errorf("the second export: %+v", again)
	}
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the second export changed the files\n%s\ninto\n%s", acctest.ToJSON(t, before), acctest.ToJSON(t, after))
	}
}

// TestExport of an agent with all kinds of actions: its plan imports all and changes nothing,
// its apply sends nothing, and a second export changes no file.
func TestExport(t *testing.T) {
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	w.AddWebhook(w.Agent, acctest.TakenEventWebhook())
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	w.SetPublished(w.Agent, true)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	got := run(t, w, "-out", dir)
	if got.code != 0 || got.stderr != "" || !strings.Contains(got.stdout, "1 agents, 9 resources to import") {
		t.Fatalf("%+v", got)
	}
	ws := workspace(t, dir)
	ws.Terraform("fmt", "-check", "-recursive", "-diff").Exits(0)
	expectImports(ws, 9)
	w.ForgetJournal()
	ws.Apply().Says("9 imported, 0 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
	for name := range files(t, dir) {
		if strings.HasPrefix(name, "imports-") {
			ws.Remove(name)
		}
	}
	ws.PlanEmpty()
	if err := os.RemoveAll(filepath.Join(dir, ".terraform")); err != nil {
		t.Fatal(err)
	}
	if again := run(t, w, "-out", dir); !strings.HasPrefix(again.stdout, "1 of the files") { // the imports
		t.Errorf("%+v", again)
	}
	expectNoChange(t, w, dir)
}

// flowConfig names an action and a training by their ids, and has members without a page.
const flowConfig = `{"initial_node_id": "greet", "meta": {"name": "Front desk", "version": "1.2.0"}, "nodes": [
	{"id": "greet", "type": "ask", "content": "Which ${day}?", "next": "book"},
	{"id": "book", "type": "action", "next": "bye", "action_id": "action-1", "for": {"training": ["training-uuid"], "wait": 1.50}},
	{"id": "bye", "type": "end"}]}`

// TestWhatStandsInTheFiles: references, texts in files of their own, no defaults, what is
// hidden as a comment, no secret and no node id.
func TestWhatStandsInTheFiles(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddAction(w.Agent, map[string]any{"name": "Look up \"open\" hours", "description": "Looks up.", "type": "webhook", "url": "https://example.com",
		"custom_headers": []any{map[string]any{"key": "X-Key", "value": acctest.SomeSecret}}, "speak_on_send": "One moment"})
	hook := acctest.TakenEventWebhook()
	hook["webhook_secret"], hook["max_retries"], hook["custom_headers"] = acctest.SomeSecret, 5, []any{map[string]any{"key": "X-Key", "value": acctest.SomeSecret}}
	w.AddWebhook(w.Agent, hook)
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, flowConfig))
	dir := t.TempDir()
	run(t, w, "-out", dir)
	got := files(t, dir)
	for name, holds := range map[string][]string{
		"agents/support/agent.tf":     {`resource "talq_agent" "this" {`, `chomp(file("${path.module}/prompt.md"))`, "#   llm_temperature,"},
		"agents/support/prompt.md":    {"Handles customer inquiries and support requests\n"},
		"agents/support/actions.tf":   {`resource "talq_action" "look_up_open_hours" {`, "agent_id    = talq_agent.this.id", `"Look up \"open\" hours"`, "#   authorization_scheme, custom_headers,", "there is no\n# node_id here"},
		"agents/support/trainings.tf": {`resource "talq_training" "product_knowledge" {`, `chomp(file("${path.module}/trainings/product-knowledge.md"))`},
		"agents/support/webhooks.tf": {`resource "talq_agent_webhook" "crm" {`, "agent_id    = talq_agent.this.id", `events      = ["event_phone_call_ended"]`, "max_retries = 5\n\n  # The API does not return these",
			"#   authorization_scheme, custom_headers, http_method, payload_templates, webhook_secret", "# Keep secrets out of the state: webhook_secret_wo"},
		"agents/support/flow.tf": {`resource "talq_agent_flow" "this" {`, `conversation_mode = "flow_driven"`, `content = "Which $${day}?"`, "action_id = talq_action.look_up_open_hours.id", "training = [talq_training.product_knowledge.id]", "wait     = 1.5"},
		// An agent that is a draft is not published by an import.
		"agents/support/publication.tf": {"# The agent is a draft.", `# resource "talq_agent_publication" "this" {`, "#     action_look_up_open_hours  = talq_action.look_up_open_hours.revision",
			"#     webhook_crm                = talq_agent_webhook.crm.revision", "#     flow                       = talq_agent_flow.this.revision"},
		"agents/support/versions.tf": {`source = "talqover/talq"`},
		"agent-support.tf":           {`module "support" {`, `source = "./agents/support"`},
		"imports-support.tf":         {"to = module.support.talq_action.look_up_open_hours", `id = "agent-1/action-1"`},
		".gitattributes":             {"* -text"},
		"main.tf":                    {`required_version = ">= 1.11"`, `provider "talq" {`},
		"README.md":                  {"terraform init\nterraform plan", "delete the files imports-*.tf"},
	} {
		for _, text := range holds {
			if !strings.Contains(got[name], text) {
				t.Errorf("%s lacks %q:\n%s", name, text, got[name])
			}
		}
	}
	for name, text := range got {
		for _, not := range []string{acctest.SomeSecret, w.Token(), "node-of-", "null", "timeout     =", "enabled", `"active"`, "One moment", `agent_id    = "`} {
			if strings.Contains(text, not) {
				t.Errorf("%s holds %q:\n%s", name, not, text)
			}
		}
	}
}

// TestExportAskedWrongly writes nothing and says how to ask.
func TestExportAskedWrongly(t *testing.T) {
	w := acctest.NewWorld(t)
	for name, args := range map[string][]string{
		"no folder": {}, "an argument too many": {"-out", t.TempDir(), "more"}, "an unknown flag": {"-out", t.TempDir(), "-x"}, "an agent of two dots": {"-out", t.TempDir(), "-agent", ".."},
	} {
		if got := run(t, w, args...); got.code != 2 || !strings.Contains(got.stderr, "Usage: terraform-provider-talq export -out DIR") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	w.Made(t, acctest.Ops{})
}

// TestExportWithoutAToken says the same as the provider.
func TestExportWithoutAToken(t *testing.T) {
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	code := export.Run(t.Context(), "test", []string{"-out", dir}, &stdout, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "Error: No usable Talq token. The token is empty") || !strings.Contains(stderr.String(), session.EnvToken) || len(files(t, dir)) > 0 {
		t.Errorf("%d: %s", code, stderr.String())
	}
}
