package guides_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// runner carries out the scripts of a workflow's steps as GitHub does, except the
// actions that they begin with. Its gh writes down what it was called with.
type runner struct {
	ws        *acctest.Workspace
	workflow  string // its text
	workspace string // GITHUB_WORKSPACE
	temp      string
	env       []string
}

func newRunner(t *testing.T, workflow string, ws *acctest.Workspace) *runner {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(pipelines, "github", workflow))
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{ws: ws, workflow: string(text), workspace: t.TempDir(), temp: t.TempDir()}
	// The checkout of a repository into which the files were copied as the workflow says.
	if err := os.CopyFS(filepath.Join(r.workspace, "pipelines"), os.DirFS(pipelines)); err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	for name, script := range map[string]string{
		"terraform": "#!/bin/sh\nexec '" + cliAbsolute(t) + "' \"$@\"\n",
		"gh": `#!/bin/sh
printf '%s\n' "gh $*" >> "$RUNNER_TEMP/gh.log"
case "$*" in
*"issue list"*) cat "$RUNNER_TEMP/open-issue" 2>/dev/null ;;
*--edit-last*) [ -f "$RUNNER_TEMP/commented" ] || { : > "$RUNNER_TEMP/commented"; exit 1; } ;;
esac
exit 0
`,
	} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	r.env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "TF_REATTACH_PROVIDERS="+ws.Attach, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"GITHUB_WORKSPACE="+r.workspace, "RUNNER_TEMP="+r.temp, "GITHUB_OUTPUT="+filepath.Join(r.temp, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary"))
	return r
}

// cliAbsolute is the CLI's path, for a script that is itself called terraform.
func cliAbsolute(t *testing.T) string {
	t.Helper()
	found, err := exec.LookPath(acctest.CLIPath())
	if err != nil {
		t.Fatal(err)
	}
	found, err = filepath.Abs(found)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// script returns the script of a step of a job.
func (r *runner) script(job, step string) string {
	r.ws.T.Helper()
	_, text, _ := strings.Cut(r.workflow, "\n  "+job+":\n")
	_, text, found := strings.Cut(text, "\n      - name: "+step+"\n")
	text, _, _ = strings.Cut(text, "\n\n")
	_, script, runs := strings.Cut(text, "        run: ")
	if !found || !runs {
		r.ws.T.Fatalf("the job %s has no step %q with a script", job, step)
	}
	lines, several := strings.CutPrefix(script, "|\n")
	if !several {
		return script
	}
	return strings.ReplaceAll(strings.TrimPrefix(lines, "          "), "\n          ", "\n")
}

// run carries out a step in the folder of the configuration, and returns its exit
// code and what it printed.
func (r *runner) run(job, step string, env ...string) (int, string) {
	r.ws.T.Helper()
	cmd := exec.CommandContext(r.ws.T.Context(), "sh", "-e", "-c", r.script(job, step))
	cmd.Dir = r.ws.Dir
	cmd.Env = slices.Concat(r.env, env)
	output, _ := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		r.ws.T.Fatalf("the step %q did not run", step)
	}
	return cmd.ProcessState.ExitCode(), string(output)
}

// takes reads a file below the runner's folder, "" where there is none, and removes it.
func (r *runner) takes(name string) string {
	file := filepath.Join(r.temp, name)
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	if err := os.Remove(file); err != nil {
		r.ws.T.Fatal(err)
	}
	return string(text)
}

// TestWorkflowDrift runs three nights.
func TestWorkflowDrift(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
	ws.Apply()
	r := newRunner(t, "drift.yml", ws)
	night := func(want, heading string) (asked string, failed bool) {
		t.Helper()
		if code, output := r.run("drift", "Look for drift", "DRIFT_REPORT="+filepath.Join(r.temp, "drift.md")); code != 0 {
			t.Fatalf("the step ended with %d: %s", code, output)
		}
		if got := r.takes("output"); got != "code="+want+"\n" {
			t.Errorf("the output is %q, want the code %s", got, want)
		}
		if summary := r.takes("summary"); !strings.HasPrefix(summary, heading) {
			t.Errorf("the summary is\n%s\nwant %s", summary, heading)
		}
		if code, output := r.run("drift", "Report in an issue", "CODE="+want, "REPORT="+filepath.Join(r.temp, "drift.md"), "RUN=https://example.com/run"); code != 0 {
			t.Errorf("the step ended with %d: %s", code, output)
		}
		code, _ := r.run("drift", "Fail where something differs, or nobody knows", "CODE="+want)
		return r.takes("gh.log"), code != 0
	}

	asked, failed := night("0", "## Drift: nothing differs\n")
	if failed || strings.Contains(asked, "issue create") || strings.Contains(asked, "issue close") {
		t.Errorf("without drift it failed (%v), or asked for\n%s", failed, asked)
	}

	w.EditAction(w.Agent, w.IDsByNode()["hold"], map[string]any{"name": "New"})
	asked, failed = night("2", "## Drift: 1 finding\n")
	if issue := ws.Text("issue.md"); !failed || !strings.Contains(asked, "issue create --title Drift in production --label drift --body-file issue.md") ||
		!strings.Contains(issue, "`name`: `\"New\"` → `\"Hold\"`") || !strings.HasSuffix(issue, "\n\nFrom https://example.com/run\n") {
		t.Errorf("with drift it failed (%v), asked for\n%s, and wrote\n%s", failed, asked, issue)
	}

	if err := os.WriteFile(filepath.Join(r.temp, "open-issue"), []byte("7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Inject(fakeapi.Fault{Status: 401, Body: `{"message":"Unauthenticated."}`})
	asked, failed = night("1", "## Drift: the plan failed\n")
	if !failed || !strings.Contains(asked, "issue edit 7 --body-file issue.md") {
		t.Errorf("without an answer it failed (%v), and asked for\n%s", failed, asked)
	}

	w.ClearFaults()
	ws.Apply()
	asked, failed = night("0", "## Drift: nothing differs\n")
	if failed || !strings.Contains(asked, "issue close 7") {
		t.Errorf("after the repair it failed (%v), and asked for\n%s", failed, asked)
	}
}

// TestWorkflowDeploy plans a pull request twice, and applies what is merged.
func TestWorkflowDeploy(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
	r := newRunner(t, "deploy.yml", ws)
	report, plan := "DRIFT_REPORT="+filepath.Join(r.temp, "plan.md"), "DRIFT_PLAN="+filepath.Join(r.temp, "merged.tfplan")

	for range 2 {
		if code, output := r.run("plan", "Plan", report, "DRIFT_TITLE=Plan for production"); code != 0 {
			t.Fatalf("the plan ended with %d: %s", code, output)
		}
		if code, output := r.run("plan", "Comment", "NUMBER=3", "REPORT="+filepath.Join(r.temp, "plan.md")); code != 0 {
			t.Errorf("the comment ended with %d: %s", code, output)
		}
		if comment := ws.Text("comment.md"); comment != r.takes("summary") || !strings.HasPrefix(comment, "## Plan for production: 1 finding\n") {
			t.Errorf("the comment is\n%s", comment)
		}
	}
	if asked := r.takes("gh.log"); strings.Count(asked, "--edit-last") != 2 || strings.Count(asked, "gh pr comment 3 --body-file comment.md") != 1 {
		t.Errorf("it asked for\n%s\nwant one comment, edited the second time", asked)
	}
	w.Wrote(t, acctest.Ops{})

	t.Log("merged")
	if code, output := r.run("apply", "Plan", report, plan); code != 0 {
		t.Fatalf("the plan ended with %d: %s", code, output)
	}
	if code, output := r.run("apply", "Apply"); code != 0 {
		t.Fatalf("the apply ended with %d: %s", code, output)
	}
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	ws.PlanEmpty()

	t.Log("merged without a change")
	if code, output := r.run("apply", "Plan", report, plan); code != 0 {
		t.Fatalf("the plan ended with %d: %s", code, output)
	}
	if code, output := r.run("apply", "Apply"); code != 0 {
		t.Fatalf("the apply ended with %d: %s", code, output)
	}

	t.Log("a plan that fails applies nothing, and its report is there")
	w.Inject(fakeapi.Fault{Status: 401, Body: `{"message":"Unauthenticated."}`})
	r.takes("summary")
	if code, _ := r.run("plan", "Plan", report); code == 0 {
		t.Error("the plan ended with 0")
	}
	if summary := r.takes("summary"); !strings.Contains(summary, "the plan failed") {
		t.Errorf("the summary is\n%s", summary)
	}
	if code, _ := r.run("apply", "Plan", report, plan); code == 0 {
		t.Error("the plan ended with 0")
	}
}
