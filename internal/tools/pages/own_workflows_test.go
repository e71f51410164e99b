package pages

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	use               = regexp.MustCompile(`(?m)^\s+(?:- )?uses: (.+)$`)
	pinnedWithVersion = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	checkout          = regexp.MustCompile(`uses: actions/checkout@[^\n]+\n +with:\n +persist-credentials: false\n`)
	jobHead           = regexp.MustCompile(`(?m)^  ([a-z-]+):\n`)
)

// ownWorkflows returns the texts of the repository's workflows by file name.
func ownWorkflows(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	texts := map[string]string{}
	for _, file := range files {
		name := filepath.Base(file)
		texts[name] = read(t, ".github/workflows/"+name)
	}
	return texts
}

// TestWorkflowsTrustNobody: a tag of somebody else's can be moved, and a right
// that no step needs can only do harm. actionlint does not look at these.
func TestWorkflowsTrustNobody(t *testing.T) {
	t.Parallel()
	versions := map[string]string{}
	for name, text := range ownWorkflows(t) {
		for _, found := range use.FindAllStringSubmatch(text, -1) {
			if !pinnedWithVersion.MatchString(found[1]) {
				t.Errorf("%s uses %s, which is not pinned by a commit with its version behind it", name, found[1])
			}
			action, version, _ := strings.Cut(found[1], "@")
			if other, ok := versions[action]; ok && other != version {
				t.Errorf("%s uses %s at %s, another workflow at %s", name, action, version, other)
			}
			versions[action] = version
		}
		if !strings.Contains(text, "\npermissions: {}\n") {
			t.Errorf("%s gives rights to all its jobs; give each job its own", name)
		}
		if strings.Count(text, "uses: actions/checkout@") != len(checkout.FindAllString(text, -1)) {
			t.Errorf("%s has a checkout that leaves the token behind; begin its settings with persist-credentials: false", name)
		}
		if !strings.Contains(text, "\nconcurrency:\n") {
			t.Errorf("%s says nothing of runs at the same time", name)
		}
		_, jobs, _ := strings.Cut(text, "\njobs:\n")
		for _, key := range []string{"permissions:", "timeout-minutes:"} {
			if all, got := len(jobHead.FindAllString(jobs, -1)), strings.Count(jobs, "\n    "+key); got != all {
				t.Errorf("%s has %d jobs, and %d say %s", name, all, got, key)
			}
		}
	}
}

// TestTheGateWaitsForAll: the main branch is protected with the gate alone.
func TestTheGateWaitsForAll(t *testing.T) {
	t.Parallel()
	_, jobs, _ := strings.Cut(ownWorkflows(t)["checks.yml"], "\njobs:\n")
	var others []string
	for _, found := range jobHead.FindAllStringSubmatch(jobs, -1) {
		if found[1] != "gate" {
			others = append(others, found[1])
		}
	}
	if want := "needs: [" + strings.Join(others, ", ") + "]\n"; len(others) < 3 || !strings.Contains(jobs, want) {
		t.Errorf("the gate lacks %q", want)
	}
}

// TestReleasesAreForAllPlatforms compares what is built with what is checked.
func TestReleasesAreForAllPlatforms(t *testing.T) {
	t.Parallel()
	built := regexp.MustCompile(`(?m)^      - ((?:darwin|freebsd|linux|windows)_\w+)$`).FindAllStringSubmatch(read(t, ".goreleaser.yml"), -1)
	checked := regexp.MustCompile(`\b(?:darwin|freebsd|linux|windows)_\w+`).FindAllString(read(t, "internal/tools/release/check.sh"), -1)
	var names []string
	for _, found := range built {
		names = append(names, found[1])
	}
	slices.Sort(checked)
	if len(names) == 0 || !slices.Equal(names, checked) {
		t.Errorf("built are\n%v\nchecked are\n%v", names, checked)
	}
}
