package guides_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

var updateGuide = flag.Bool("update-guide", false, "write the outputs of real runs into the guides")

// guide is the template of the guide. Each of its outputs is that of a real run,
// which the tests below repeat:
//
//	go test ./internal/provider -run TestGuide -update-guide
const guide = "../../templates/guides/publication.md.tmpl"

var (
	guideOutput = regexp.MustCompile("(?s)<!-- output: ([a-z-]+) -->\n```text\n(.*?\n)```\n")
	guideFile   = regexp.MustCompile("(?s)<!-- file: ([a-z-]+) -->\n```terraform\n(.*?\n)```\n")
)

// newerOutput marks the outputs that only a newer CLI has.
const newerOutput = "invoke"

// TestGuideOutputs repeats what the guide shows on Terraform 1.11, the oldest
// version that it is about. Others word some of it in another way.
func TestGuideOutputs(t *testing.T) {
	t.Parallel()
	needShell(t)
	if have := acctest.CLIVersion(t); !strings.HasPrefix(have, "Terraform v1.11.") {
		t.Skipf("the guide shows the output of Terraform 1.11, and this is %s", have)
	}
	var shown []map[string]string
	t.Run("situations", func(t *testing.T) {
		for name, situation := range map[string]func(*testing.T) map[string]string{
			"a draft": guideDraft, "an edit": guideEdit, "a refusal": guideRefusal, "not ready": guideNotReady,
			"one map": guideOneMap, "create before destroy": guideCreateBeforeDestroy, "target": guideTarget, "check": guideCheck,
		} {
			results := map[string]string{}
			shown = append(shown, results)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				maps.Copy(results, situation(t))
			})
		}
	})
	all := map[string]string{}
	for _, results := range shown {
		maps.Copy(all, results)
	}
	compareGuide(t, guide, all, func(name string) bool { return name != newerOutput })
}

// TestGuideOutputOfInvoke needs Terraform 1.14; CI has 1.11.
func TestGuideOutputOfInvoke(t *testing.T) {
	t.Parallel()
	needShell(t)
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "apply -invoke")
	w, ws := guideAgent(t)
	ws.Write("now.tf", guideSnippet(t, "now"))
	w.SetPublished(w.Agent, false)
	ws.Replace("main.tf", "+12025550123", "+12025550199") // which waits for an apply of its own
	compareGuide(t, guide, map[string]string{newerOutput: shown(ws, "terraform apply -auto-approve -invoke=action.talq_agent_publish.now")},
		func(name string) bool { return name == newerOutput })
	w.ExpectOnAgent(t, w.Agent, 0, []int{0}, 1)
	w.ExpectLive(t, w.Agent, true)
}

// needShell skips the test of a guide where nobody can type its commands.
func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the guides show commands of a Unix shell")
	}
}

// compareGuide compares outputs with a guide's, or writes them into it. Those
// that are not mine are left alone.
func compareGuide(t *testing.T, guide string, got map[string]string, mine func(name string) bool) {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	updated := guideOutput.ReplaceAllStringFunc(string(text), func(block string) string {
		parts := guideOutput.FindStringSubmatch(block)
		name, want := parts[1], parts[2]
		if !mine(name) {
			return block
		}
		seen[name] = true
		if got[name] != want && !*updateGuide {
			t.Errorf("the guide's output %q is\n%s\na real run gives\n%s\nCorrect the guide's text where it says something else now, and run this test with -update-guide.", name, want, got[name])
		}
		return "<!-- output: " + name + " -->\n```text\n" + got[name] + "```\n"
	})
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if !seen[name] {
			t.Errorf("the guide does not show the output %q", name)
		}
	}
	for name := range seen {
		if got[name] == "" {
			t.Errorf("nothing gives the output %q", name)
		}
	}
	if *updateGuide && !t.Failed() {
		if err := os.WriteFile(guide, []byte(updated), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// guideSnippet returns a piece of configuration that the guide shows.
func guideSnippet(t *testing.T, name string) string {
	t.Helper()
	return guideSnippetOf(t, guide, name)
}

func guideSnippetOf(t *testing.T, guide, name string) string {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	for _, parts := range guideFile.FindAllStringSubmatch(string(text), -1) {
		if parts[1] == name {
			return parts[2]
		}
	}
	t.Fatalf("the guide has no file %q", name)
	return ""
}

// shown runs a command in a shell and returns it with its output, as the guide
// shows it.
func shown(w *acctest.Workspace, command string) string {
	w.T.Helper()
	return shownTo(w, new(watched), command)
}

// watched collects an output, and closes seen at the first time that it holds a text.
type watched struct {
	all  bytes.Buffer // not embedded: its ReadFrom would go past Write
	text string
	seen chan struct{} // nil where nobody waits
}

// Write implements [io.Writer].
func (w *watched) Write(p []byte) (int, error) {
	n, err := w.all.Write(p)
	if w.seen != nil && strings.Contains(w.all.String(), w.text) {
		close(w.seen)
		w.seen = nil
	}
	return n, err
}

// shownTo is shown with an output that is looked at while the command runs.
func shownTo(w *acctest.Workspace, output *watched, command string) string {
	w.T.Helper()
	cmd := exec.CommandContext(w.T.Context(), "sh", "-c", "terraform() { command \"$CLI\" \"$@\"; }\n"+command)
	cmd.Dir = w.Dir
	cmd.Env = append(os.Environ(), "CLI="+acctest.CLIPath(), "TF_REATTACH_PROVIDERS="+w.Attach, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0", "TF_CLI_ARGS=-no-color")
	cmd.Env = append(cmd.Env, w.Env...)
	cmd.Stdout, cmd.Stderr = output, output
	_ = cmd.Run() // the output says how it ended
	return "$ " + command + "\n" + tidyOutput(output.all.String())
}

var (
	// What the guide leaves out, as it says at its top.
	leftOut = regexp.MustCompile(`(?m)^(.*: (Refreshing state|Creating|Modifying|Destroying|Reading)\.\.\..*|.*: Read complete after .*|Saved the plan to: .*|.*: Still \w+ing\.\.\. .*|(Acquiring|Releasing) state lock\. .*)\n`) // the last two on a slow machine
	legend  = regexp.MustCompile(`(?m)^Terraform used the selected providers to generate the following execution$[^:]*:(\n {2}\S+ [a-z].*)+\n`)
	// What differs from run to run, and the word that stands for it.
	varying = []struct {
		pattern *regexp.Regexp
		word    string
	}{
		{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "REVISION"},
		{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.]*Z`), "TIME"},
		{regexp.MustCompile(`\baction-\d+\b`), "ACTION"},
		{regexp.MustCompile(`after \d+s`), "after 0s"},
	}
	writtenLine = regexp.MustCompile(`^\S*talq_action\S*: \w+ complete after`)
	blankLines  = regexp.MustCompile(`\n{3,}`)
)

// tidyOutput takes out what differs from run to run and what says nothing.
// Writes that are under way at once end in any order, so their lines are sorted by
// address; those of one address are in the order in which it happened.
func tidyOutput(text string) string {
	text = legend.ReplaceAllString(text, "")
	text = leftOut.ReplaceAllString(text, "")
	for _, v := range varying {
		text = v.pattern.ReplaceAllString(text, v.word)
	}
	lines := strings.Split(text, "\n")
	for from := 0; from < len(lines); from++ {
		to := from
		for to < len(lines) && writtenLine.MatchString(lines[to]) {
			to++
		}
		slices.SortStableFunc(lines[from:to], func(a, b string) int { return strings.Compare(address(a), address(b)) })
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return blankLines.ReplaceAllString(strings.Trim(strings.Join(lines, "\n"), "\n"), "\n\n") + "\n"
}

// address is that of the resource whose write a line tells of.
func address(line string) string {
	before, _, _ := strings.Cut(line, ": ")
	return before
}

// guideAgent is the agent of the recipe one-agent, live.
func guideAgent(t *testing.T) (acctest.World, *acctest.Workspace) {
	t.Helper()
	w := acctest.NewWorld(t)
	ws := recipe(t, "one-agent", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply()
	w.ForgetJournal()
	return w, ws
}

func guideDraft(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	w.SetPublished(w.Agent, false)
	ws.Terraform("plan", "-refresh=false", "-detailed-exitcode").Exits(0) // as the guide says, such a plan is blind
	outputs := map[string]string{
		"exit-code":  shown(ws, "terraform plan -detailed-exitcode > plan.txt; echo $?"),
		"json":       shown(ws, `terraform plan -json | grep planned_change | grep -o '"@message":"[^"]*"'`),
		"draft-plan": shown(ws, "terraform plan -out=live.tfplan"),
	}
	w.ForgetJournal()
	outputs["draft-apply"] = shown(ws, "terraform apply live.tfplan")
	if requests := w.Journal(); len(requests) != 1 || requests[0].Op != fakeapi.OpPublish {
		t.Errorf("the apply made the requests %v; the guide says that it publishes and does no more", requests)
	}
	return outputs
}

func guideEdit(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	outputs := map[string]string{"edit-plan": shown(ws, "terraform plan -out=edit.tfplan")}
	w.ForgetJournal()
	outputs["edit-apply"] = shown(ws, "terraform apply edit.tfplan")
	w.ExpectOnAgent(t, w.Agent, 1, []int{0}, 1)
	if reads := len(w.Journal()) - len(w.Writes()); reads > 1 {
		t.Errorf("the apply of a saved plan made %d reads; the guide says one for each agent", reads)
	}
	return outputs
}

func guideRefusal(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Replace("main.tf", "= 30", "= 45")
	w.Inject(refusal(w.Agent, "transfer-to-reception"))
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	// The refusal comes when Terraform has said that the other write is done, so
	// that what the error says of the agent is the same in each run.
	seen := make(chan struct{})
	w.Before(func(r fakeapi.Request) {
		if r.NodeID == "transfer-to-reception" {
			select {
			case <-seen:
			case <-t.Context().Done():
			}
		}
	})
	outputs := map[string]string{"fail-apply": shownTo(ws, &watched{text: `["look-up-schedule"]: Modifications complete`, seen: seen}, "terraform apply edit.tfplan")}
	w.Before(nil)
	w.ExpectLive(t, w.Agent, false)
	outputs["fail-plan"] = shown(ws, "terraform plan")
	w.ClearFaults()
	w.ForgetJournal()
	ws.Apply()
	w.ExpectOnAgent(t, w.Agent, 1, []int{0}, 1)
	return outputs
}

func guideNotReady(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	w.SetReady(w.Agent, false, "No voice was chosen.")
	plan := shown(ws, "terraform plan -out=edit.tfplan")
	_, warning, ok := strings.Cut(plan, "to destroy.\n")
	if !ok {
		t.Fatalf("no warning in\n%s", plan)
	}
	outputs := map[string]string{
		"unready-plan":  "$ terraform plan -out=edit.tfplan\n…\n" + strings.TrimLeft(warning, "\n"),
		"unready-apply": shown(ws, "terraform apply edit.tfplan"),
	}
	w.ExpectLive(t, w.Agent, false)
	w.SetReady(w.Agent, true)
	w.ForgetJournal()
	ws.Apply()
	w.ExpectOnAgent(t, w.Agent, 0, []int{0}, 1)
	return outputs
}

func guideOneMap(t *testing.T) map[string]string {
	w, frontDesk, emergency, billing := manyAgents(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", guideSnippet(t, "one-map"))
	ws.Write("terraform.tfvars", agentIDs(frontDesk, emergency, billing))
	ws.Apply()
	ws.PlanEmpty()
	ws.Replace("main.tf", "+12025550", "+12025551")
	w.Inject(refusal(emergency, "transfer"))
	// The publications would come at once, if they did not wait for all actions.
	for _, agent := range []string{frontDesk, billing} {
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: emergency}, fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: agent})
	}
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	w.ForgetJournal()
	outputs := map[string]string{"one-map": shown(ws, "terraform apply edit.tfplan")}
	for _, agent := range []string{frontDesk, billing} {
		w.ExpectOnAgent(t, agent, 1, []int{0}, 0)
		w.ExpectLive(t, agent, false)
	}
	return outputs
}

func guideCreateBeforeDestroy(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "action.revision }\n", "action.revision }\n\n  lifecycle {\n    create_before_destroy = true\n  }\n")
	ws.Apply()
	main := filepath.Join(ws.Dir, "main.tf")
	text, err := os.ReadFile(main)
	if err != nil {
		t.Fatal(err)
	}
	removed := regexp.MustCompile(`(?s) {4}look-up-schedule = \{.*?\n {4}\}\n`).ReplaceAllString(string(text), "")
	if removed == string(text) {
		t.Fatal("the action to remove was not found")
	}
	ws.Write("main.tf", removed)
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	outputs := map[string]string{"cbd-apply": shown(ws, "terraform apply edit.tfplan")}
	w.ExpectLive(t, w.Agent, false)
	outputs["cbd-plan"] = shown(ws, "terraform plan")

	t.Log("a replaced action takes over the id of the one before")
	w.ForgetJournal()
	ws.Apply(`-replace=talq_action.this["transfer-to-reception"]`).Says("An action was taken over")
	w.ExpectOnAgent(t, w.Agent, 1, []int{0}, 1)
	return outputs
}

func guideTarget(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Replace("main.tf", "= 30", "= 45")
	ws.Terraform("plan", `-target=talq_action.this["look-up-schedule"]`, "-out=edit.tfplan").Exits(0)
	outputs := map[string]string{"target-apply": shown(ws, `terraform plan -target='talq_action.this["look-up-schedule"]' -out=edit.tfplan > plan.txt && terraform apply edit.tfplan`)}
	w.ExpectLive(t, w.Agent, false)

	t.Log("the publication as the target brings its actions along, one that is gone from the map too")
	ws.Replace("main.tf", "schedule-appointment", "make-appointment")
	w.ForgetJournal()
	ws.Apply("-target=talq_agent_publication.this")
	w.ExpectOnAgent(t, w.Agent, 2, []int{1}, 1)
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()
	return outputs
}

func guideCheck(t *testing.T) map[string]string {
	w := acctest.NewWorld(t)
	ws := recipe(t, "draft-check", ".", w.ProviderBlock(), fmt.Sprintf("agent_ids = { front_desk = %q }\n", w.Agent))
	ws.Apply()
	w.SetPublished(w.Agent, false)
	return map[string]string{"check": shown(ws, "terraform plan")}
}
