package pages

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// workflow is what the tests look at of a GitHub Actions workflow.
type workflow struct {
	Name        string            `yaml:"name"`
	On          map[string]any    `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]job    `yaml:"jobs"`
}

type job struct {
	If          string            `yaml:"if"`
	RunsOn      string            `yaml:"runs-on"`
	Timeout     int               `yaml:"timeout-minutes"`
	Environment string            `yaml:"environment"`
	Permissions map[string]string `yaml:"permissions"`
	Env         map[string]string `yaml:"env"`
	Concurrency struct {
		Group  string `yaml:"group"`
		Cancel bool   `yaml:"cancel-in-progress"`
	} `yaml:"concurrency"`
	Steps []step `yaml:"steps"`
}

type step struct {
	ID               string            `yaml:"id"`
	Name             string            `yaml:"name"`
	If               string            `yaml:"if"`
	Uses             string            `yaml:"uses"`
	With             map[string]any    `yaml:"with"`
	WorkingDirectory string            `yaml:"working-directory"`
	Env              map[string]string `yaml:"env"`
	Run              string            `yaml:"run"`
}

// workflows reads the workflows that users copy.
func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", "pipelines", "github", "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no workflow: %v", err)
	}
	found := map[string]workflow{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		found[filepath.Base(file)] = w
	}
	return found
}

var (
	pinned   = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	withTag  = regexp.MustCompile(`(?m)^\s*- uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	ourFiles = regexp.MustCompile(`pipelines/([\w./-]+)`)
)

// TestWorkflowsAreSafe holds the workflows to what keeps a token from leaking.
func TestWorkflowsAreSafe(t *testing.T) {
	t.Parallel()
	for name, w := range workflows(t) {
		text := read(t, "examples/pipelines/github/"+name)
		if _, ok := w.On["pull_request_target"]; ok || w.Name == "" || len(w.On) == 0 || len(w.Jobs) == 0 {
			t.Errorf("%s: its name is %q, it runs on %v, and has %d jobs", name, w.Name, w.On, len(w.Jobs))
		}
		if w.Permissions == nil || len(w.Permissions) > 0 {
			t.Errorf("%s: permissions are %v at the top, want {}", name, w.Permissions)
		}
		if strings.Contains(text, "upload-artifact") || strings.Contains(text, "actions/cache") {
			t.Errorf("%s stores something that others may download", name)
		}
		if got, want := len(withTag.FindAllString(text, -1)), strings.Count(text, "uses: "); got != want {
			t.Errorf("%s: %d of %d actions are pinned with their tag behind", name, got, want)
		}
		for id, j := range w.Jobs {
			checkJob(t, name+": "+id, w, j)
		}
	}
}

func checkJob(t *testing.T, name string, w workflow, j job) {
	t.Helper()
	if j.Environment == "" || j.Timeout == 0 || j.RunsOn == "" || len(j.Permissions) == 0 {
		t.Errorf("%s has the environment %q, the time limit %d, the runner %q, the permissions %v", name, j.Environment, j.Timeout, j.RunsOn, j.Permissions)
	}
	for scope, level := range j.Permissions {
		if level != "read" && !slices.Contains([]string{"issues: write", "pull-requests: write"}, scope+": "+level) {
			t.Errorf("%s has the permission %s: %s", name, scope, level)
		}
	}
	if _, ok := w.On["pull_request"]; ok {
		guarded := strings.Contains(j.If, "github.event.pull_request.head.repo.full_name == github.repository")
		if !guarded && j.If != "github.event_name == 'push'" {
			t.Errorf("%s runs if %q, so for a fork too", name, j.If)
		}
	}
	for _, value := range j.Env {
		if strings.Contains(value, "secrets.") {
			t.Errorf("%s gives a secret to all of its steps", name)
		}
	}
	for _, s := range j.Steps {
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s uses %s", name, s.Uses)
		}
		if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != false {
			t.Errorf("%s leaves the token of the checkout behind", name)
		}
		if strings.HasPrefix(s.Uses, "hashicorp/setup-terraform@") && s.With["terraform_wrapper"] != false {
			t.Errorf("%s uses the wrapper, which hides exit codes", name)
		}
		// What stands in an expression becomes a part of the script.
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: the step %q has an expression in its script", name, s.Name)
		}
	}
}

// TestWorkflowsOrder: applies of one state wait for each other, and none is cut off.
func TestWorkflowsOrder(t *testing.T) {
	t.Parallel()
	applies := 0
	for name, w := range workflows(t) {
		for id, j := range w.Jobs {
			group := j.Concurrency.Group
			if !slices.ContainsFunc(j.Steps, func(s step) bool { return strings.HasPrefix(s.Run, "terraform apply ") }) {
				if strings.HasPrefix(group, "apply-") {
					t.Errorf("%s: %s is in a group of applies, and could push one out", name, id)
				}
				continue
			}
			applies++
			if !strings.HasPrefix(group, "apply-") || j.Concurrency.Cancel {
				t.Errorf("%s: %s has the group %q, and cancels others: %v", name, id, group, j.Concurrency.Cancel)
			}
		}
	}
	if applies != 3 {
		t.Errorf("%d jobs apply, want 3", applies)
	}
}

// TestWorkflowScripts: each script is one that a shell understands, and names files
// that are there.
func TestWorkflowScripts(t *testing.T) {
	t.Parallel()
	named := 0
	for name, w := range workflows(t) {
		for _, j := range w.Jobs {
			for _, s := range j.Steps {
				check := exec.CommandContext(t.Context(), "sh", "-n")
				check.Stdin = strings.NewReader(s.Run)
				if output, err := check.CombinedOutput(); err != nil {
					t.Errorf("%s: %q: %v\n%s", name, s.Name, err, output)
				}
				for _, file := range ourFiles.FindAllStringSubmatch(s.Run, -1) {
					named++
					info, err := os.Stat(filepath.Join(root, "examples", "pipelines", file[1]))
					if err != nil {
						t.Errorf("%s: %v", name, err)
					} else if info.Mode()&0o111 == 0 {
						t.Errorf("%s: %s cannot be executed", name, file[1])
					}
				}
			}
		}
	}
	if named == 0 {
		t.Error("no workflow runs a script")
	}
}
