package guides_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// pipelines is where the pipelines stand, seen from this package.
const pipelines = "../../examples/pipelines"

// driftRun is what drift.sh ended with.
type driftRun struct {
	t              *testing.T
	code           int
	report, stderr string
}

// drift runs drift.sh in the folder, with settings such as DRIFT_IGNORE=checks, and
// expects it to leave nothing behind.
func drift(w *acctest.Workspace, settings ...string) driftRun {
	w.T.Helper()
	script, err := filepath.Abs(filepath.Join(pipelines, "drift.sh"))
	if err != nil {
		w.T.Fatal(err)
	}
	scratch := w.T.TempDir()
	cmd := exec.CommandContext(w.T.Context(), "sh", script)
	cmd.Dir = w.Dir
	cmd.Env = append(os.Environ(), "TERRAFORM="+acctest.CLIPath(), "TF_REATTACH_PROVIDERS="+w.Attach, "CHECKPOINT_DISABLE=1", "TMPDIR="+scratch)
	cmd.Env = append(cmd.Env, settings...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.T.Fatal(err)
	}
	left, err := os.ReadDir(scratch)
	if err != nil || len(left) > 0 {
		w.T.Errorf("it left %v behind (%v)", left, err)
	}
	return driftRun{w.T, cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// is expects an exit code and the whole report.
func (r driftRun) is(code int, report string) driftRun {
	r.t.Helper()
	if r.code != code || r.report != report {
		r.t.Errorf("it ended with %d and says\n%s%s\nwant %d and\n%s", r.code, r.report, r.stderr, code, report)
	}
	return r
}

// says expects an exit code and parts of the report.
func (r driftRun) says(code int, texts ...string) driftRun {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.report, text) {
			r.t.Errorf("the report lacks %q", text)
		}
	}
	if r.code != code || r.t.Failed() {
		r.t.Errorf("it ended with %d, want %d, and says\n%s%s", r.code, code, r.report, r.stderr)
	}
	return r
}

// saysNot expects texts nowhere in what it wrote.
func (r driftRun) saysNot(texts ...string) driftRun {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.report+r.stderr, text) {
			r.t.Errorf("it holds %q:\n%s%s", text, r.report, r.stderr)
		}
	}
	return r
}

const (
	nothingDiffers = "## Drift: nothing differs\n"
	adviceDraft    = "- A draft agent takes no calls until it is published. The dashboard does that at once; an apply does it after its other changes.\n"
	adviceApply    = "- Apply to put back what was changed outside Terraform. To keep a change, write it into the code first.\n"
)

// TestDriftOfAnAgent goes through what can happen to an agent.
func TestDriftOfAnAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := recipe(t, "unmanaged", "check", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply()
	w.ForgetJournal()

	t.Log("nothing")
	drift(ws).is(0, nothingDiffers)
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	t.Log("a draft")
	w.SetPublished(w.Agent, false)
	drift(ws).is(2, "## Drift: 1 finding\n\n### Agent `agent-1`\n\n"+
		"- **The agent is a draft: it takes no calls.** An apply publishes it (`talq_agent_publication.this`).\n\n"+
		"### What to do\n\n"+adviceDraft)
	w.SetPublished(w.Agent, true)

	t.Log("a failed check")
	id := byHand(w, "Wait")
	failed := "\n### Failed checks\n\n- `check.every_action_is_managed`\n  ~~~text\n  " + unmanagedNames + "Wait (" + id + "). Import them, or delete them in the dashboard.\n  ~~~\n"
	drift(ws).is(2, "## Drift: 1 finding\n"+failed)
	drift(ws, "DRIFT_IGNORE=hidden").is(2, "## Drift: 1 finding\n"+failed)
	drift(ws, "DRIFT_IGNORE=hidden checks").is(0, "## Drift: nothing that counts\n"+failed)
	w.RemoveAction(w.Agent, id)
	w.SetPublished(w.Agent, true)

	t.Log("an edit, a deletion, and a change in the code")
	ids := w.IDsByNode()
	w.EditAction(w.Agent, ids["transfer-to-reception"], map[string]any{"name": "New", "transfer_to": "+12025550177"})
	w.RemoveAction(w.Agent, ids["transfer-to-emergency"])
	ws.Replace("main.tf", "When the caller asks for it.", "When the caller asks.")
	drift(ws, "DRIFT_TITLE=Staging").is(2, "## Staging: 3 findings\n\n### Agent `agent-1`\n\n"+
		"- **The agent is a draft: it takes no calls.** An apply publishes it (`talq_agent_publication.this`).\n"+
		"- `talq_action.this[\"emergency\"]` was deleted outside Terraform. An apply makes it again.\n"+
		"- `talq_action.this[\"reception\"]` differs. An apply makes it what the code says.\n"+
		"  - `description`: `\"When the caller asks for it.\"` → `\"When the caller asks.\"` (not applied yet)\n"+
		"  - `name`: `\"New\"` → `\"Transfer to reception\"` (changed outside Terraform)\n"+
		"  - `transfer_to`: `\"+12025550177\"` → `\"+12025550123\"` (changed outside Terraform)\n\n"+
		"### Checks that only an apply can answer\n\n- `check.every_action_is_managed`\n\n"+
		"### What to do\n\n"+adviceDraft+adviceApply)

	t.Log("the saved plan is what was reported")
	drift(ws, "DRIFT_PLAN=drift.tfplan", "DRIFT_REPORT=drift.md").is(2, "")
	if report := ws.Text("drift.md"); !strings.HasPrefix(report, "## Drift: 3 findings\n") {
		t.Errorf("the report is\n%s", report)
	}
	ws.Terraform("apply", "drift.tfplan").Exits(0).Says("1 added, 2 changed, 0 destroyed")
	drift(ws).is(0, nothingDiffers)

	t.Log("a plan that fails")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Status: 401, Body: `{"message":"Unauthenticated."}`})
	drift(ws).says(1, "## Drift: the plan failed\n\n### Errors\n\n- `talq_action.this[", "Unauthenticated.", "The token is wrong, expired or revoked.",
		"### What to do\n\n- The plan did not get to its end, so there may be more than this.\n").saysNot(w.Token())
}

// TestDriftOfEveryKind plans each kind of change, on two agents and elsewhere.
func TestDriftOfEveryKind(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	second := w.AddAgent(fakeapi.AgentSeed{Name: "Second", Status: "published"})
	other := w.AddAction(second, acctest.TakenHold("other"))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := func(once, moved, secret string, number int) string {
		return acctest.HoldAction("kept", "kept", "") + acctest.HoldAction(once, once, "") + acctest.HoldAction(moved, moved, "") +
			acctest.Webhook{Agent: second, More: fmt.Sprintf("custom_headers = { X-Api-Key = %q }", secret)}.HCL() +
			fmt.Sprintf("resource \"terraform_data\" \"x\" { input = %[1]d }\noutput \"x\" { value = %[1]d }\n", number)
	}
	ws.Write("main.tf", config("gone", "old", "first-secret", 1))
	ws.Apply()
	ws.PlanEmpty()
	ws.Write("main.tf", config("new", "renewed", "second-secret", 2)+`
moved {
  from = talq_action.old
  to   = talq_action.renewed
}
import {
  to = talq_action.other
  id = "agent-2/`+other+`/other"
}
resource "talq_action" "other" {
  agent_id      = "agent-2"
  node_id       = "other"
  name          = "Somebody's"
  description   = "Made by hand"
  type          = "hold"
  hold_duration = 5
}
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = { kept = talq_action.kept.revision }
}
`)
	drift(ws).is(2, "## Drift: 8 findings\n\n"+
		"### Agent `agent-1`\n\n"+
		"- `talq_action.gone` is no longer in the code. An apply deletes it.\n"+
		"- `talq_action.new` is not there. An apply makes it.\n"+
		"- `talq_action.renewed` is replaced by an apply: deleted, and made again with a new id.\n"+
		"  - `node_id`: `\"old\"` → `\"renewed\"` (not applied yet)\n"+
		"- `talq_agent_publication.this` publishes the agent, and keeps it published from then on.\n\n"+
		"### Agent `agent-2`\n\n"+
		"- `talq_action.a` differs. An apply makes it what the code says.\n"+
		"  - `custom_headers`: sensitive, so not shown (not applied yet)\n"+
		"- `talq_action.other` is imported by an apply.\n\n"+
		"### Elsewhere in this configuration\n\n"+
		"- `terraform_data.x` differs. An apply makes it what the code says.\n"+
		"- The output `x` changes.\n\n"+
		"### Warnings\n\n"+
		"- The whole plan\n  ~~~text\n  Some attributes cannot be imported\n  \n"+
		"  The API does not return these attributes of the action \"Somebody's\" (other) of agent agent-2: `integration`. If the action uses any of them, write them into the configuration before the next change: "+
		"the provider does not send what it never set, and an update that leaves them out may reset them.\n  ~~~\n\n"+
		"### What to do\n\n"+adviceApply).saysNot("secret")
}

// TestDriftReportIsInert: what people write in the dashboard means nothing in
// Markdown, and what is sensitive in the configuration is not shown.
func TestDriftReportIsInert(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Hold{Address: "a", NodeID: "hold", Description: `sensitive("Confidential")`}.HCL())
	ws.Apply()
	w.EditAction(w.Agent, w.IDsByNode()["hold"], map[string]any{"name": "`@everyone`\n# <b>\n```\n[x](https://evil.example)", "description": strings.Repeat("ä", 300),
		"inputs": []any{map[string]any{"name": "secret", "value": strings.Repeat("ü", 300)}}})
	r := drift(ws).says(2, "  - `description`: sensitive, so not shown (changed outside Terraform)\n",
		"  - `name`: `\"'@everyone'\\n# <b>\\n'''\\n[x](https://evil.example)\"` → `\"Hold\"` (changed outside Terraform)\n", "…` → `null` (changed outside Terraform)\n").
		saysNot("Confidential", "ää", strings.Repeat("ü", 200))
	if lines := strings.Count(r.report, "\n"); lines != 12 {
		t.Errorf("the report has %d lines", lines)
	}
}

// TestDriftThatCannotBeRead: nothing but the warnings of the stream tell.
func TestDriftThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w, ws := acctest.HiddenWorld(t, session.HiddenWarn)
	id := w.IDOf(t, "schedule")
	w.EditAction(w.Agent, id, map[string]any{"custom_headers": []any{map[string]any{"key": "X-Key", "value": "secret-2"}}, "updated_at": "2031-01-01T00:00:00Z"})
	ws.PlanEmpty()
	const found = "\n### Agent `agent-1`\n\n- `talq_action.a`: something that cannot be read has changed.\n  ~~~text\n  Somebody else wrote the action \"Schedule\" (schedule) of agent agent-1 at 2031-01-01T00:00:00Z. "
	const advice = "  ~~~\n\n### What to do\n\n" +
		"- What has changed that cannot be read, only the dashboard shows. An apply, or `terraform apply -refresh-only`, ends the warning once you have looked.\n"
	drift(ws).says(2, "## Drift: 1 finding\n"+found, advice).saysNot("secret-", "### Warnings")
	drift(ws, "DRIFT_IGNORE=checks").says(2, "## Drift: 1 finding\n"+found)
	drift(ws, "DRIFT_IGNORE=hidden").says(0, "## Drift: nothing that counts\n"+found, advice)

	t.Log("as the report says")
	ws.Apply("-refresh-only")
	drift(ws).is(0, nothingDiffers)

	t.Log("where the next apply is to write the configuration again")
	w.EditAction(w.Agent, id, map[string]any{"speak_on_send": "Hi", "updated_at": "2031-01-01T00:01:00Z"})
	ws.Replace("provider.tf", session.HiddenWarn, session.HiddenRewrite)
	drift(ws, "DRIFT_IGNORE=hidden").says(2, "`talq_action.a` differs.", "`talq_action.a`: something that cannot be read has changed.")
}

func TestDriftWithoutTerraform(t *testing.T) {
	t.Parallel()
	ws := &acctest.Workspace{T: t, Dir: t.TempDir()}
	if r := drift(ws, "TERRAFORM=no-such-command"); r.code != 1 || !strings.Contains(r.stderr, "there is no no-such-command on the PATH") {
		t.Errorf("it ended with %d and says %s", r.code, r.stderr)
	}
}

// TestDriftIsNotMisledByTheEnvironment sets what would lead the report's own
// Terraform astray.
func TestDriftIsNotMisledByTheEnvironment(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "variable \"title\" {}\n"+acctest.HoldAction("a", "hold", ""))
	ws.Terraform("workspace", "new", "staging").Exits(0)
	settings := []string{"TF_WORKSPACE=staging", "TF_DATA_DIR=.data", "TF_CLI_ARGS_apply=-var=x=y", "TF_VAR_title=mine", "TF_VAR_code=0", "TF_LOG=ERROR"}
	drift(ws, settings...).says(2, "## Drift: 1 finding\n", "`talq_action.a` is not there. An apply makes it.")
}
