package guides_test

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

var updateGuide = flag.Bool("update-guide", false, "write the outputs of real runs into the guides")

// guides is where the templates of the guides are. Each of their outputs is that of
// a real run, which the tests repeat. With Terraform 1.11 this writes them:
//
//	go test ./internal/guides -run TestGuide -update-guide
const guides = "../../templates/guides"

var (
	guideOutput = regexp.MustCompile("(?s)<!-- output: ([a-z-]+) -->\n```text\n(.*?\n)```\n")
	guideFile   = regexp.MustCompile("(?s)<!-- file: ([a-z-]+) -->\n```terraform\n(.*?\n)```\n")
	// guideLock is held by whoever reads or writes a guide.
	guideLock sync.Mutex
)

// TestGuideOutputsHaveTests: what a guide shows as the output of a run has a name of
// its own, by which a test of this package repeats it.
func TestGuideOutputsHaveTests(t *testing.T) {
	t.Parallel()
	var tests strings.Builder
	for _, file := range matching(t, "*_test.go") {
		tests.WriteString(acctest.ReadFile(t, ".", file))
	}
	shownIn := map[string]string{}
	for _, file := range matching(t, guides+"/*.md.tmpl") {
		for _, parts := range guideOutput.FindAllStringSubmatch(acctest.ReadFile(t, ".", file), -1) {
			name := parts[1]
			if shownIn[name] != "" {
				t.Errorf("%s and %s both show an output %q", shownIn[name], file, name)
			}
			shownIn[name] = file
			if !strings.Contains(tests.String(), strconv.Quote(name)+":") && !strings.Contains(tests.String(), "["+strconv.Quote(name)+"]") {
				t.Errorf("%s shows an output %q, which no test repeats", file, name)
			}
		}
	}
	if len(shownIn) < 10 {
		t.Errorf("only %d outputs were found", len(shownIn))
	}
}

// matching returns the files of a pattern.
func matching(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file is %s (%v)", pattern, err)
	}
	return files
}

// needWordsOfTerraform skips the test of a guide where nobody can type its commands, or
// where the CLI words its answers in another way.
func needWordsOfTerraform(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the guides show commands of a Unix shell")
	}
	if have := acctest.CLIVersion(t); !strings.HasPrefix(have, "Terraform v") {
		t.Skipf("the guides show the words of Terraform, and this is %s", have)
	}
}

// compareGuides compares outputs, by their names, with what the guides show, or
// writes them into the guides.
func compareGuides(t *testing.T, got map[string]string) {
	t.Helper()
	guideLock.Lock()
	defer guideLock.Unlock()
	seen := map[string]bool{}
	for _, file := range matching(t, guides+"/*.md.tmpl") {
		text := acctest.ReadFile(t, ".", file)
		updated := guideOutput.ReplaceAllStringFunc(text, func(block string) string {
			parts := guideOutput.FindStringSubmatch(block)
			name, want := parts[1], parts[2]
			if got[name] == "" {
				return block
			}
			seen[name] = true
			if got[name] != want && !*updateGuide {
				t.Errorf("%s shows the output %q as\n%s\na real run gives\n%s\nCorrect the guide's text where it says something else now, and run this test with -update-guide.", file, name, want, got[name])
			}
			return "<!-- output: " + name + " -->\n```text\n" + got[name] + "```\n"
		})
		if *updateGuide && updated != text && !t.Failed() {
			if err := os.WriteFile(file, []byte(updated), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if !seen[name] {
			t.Errorf("no guide shows the output %q", name)
		}
	}
}

// guideSnippet returns a piece of configuration that a guide shows.
func guideSnippet(t *testing.T, name string) string {
	t.Helper()
	guideLock.Lock()
	defer guideLock.Unlock()
	for _, file := range matching(t, guides+"/*.md.tmpl") {
		for _, parts := range guideFile.FindAllStringSubmatch(acctest.ReadFile(t, ".", file), -1) {
			if parts[1] == name {
				return parts[2]
			}
		}
	}
	t.Fatalf("no guide shows a file %q", name)
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
	leftOut = regexp.MustCompile(`(?m)^(.*: (Refreshing state|Creating|Modifying|Destroying|Reading)\.\.\..*|.*: Read complete after .*|Saved the plan to: .*|.*: Still \w+ing\.\.\. .*|(Acquiring|Releasing) state lock\. .*| {4}# action\.\S+)\n`) // "Still" and the lock on a slow machine, the last since Terraform 1.16
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
