package pages

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryFileOfANounHasARole wants the name of each file of a noun in CONTRIBUTING.md's
// table, and none there that no noun has.
func TestEveryFileOfANounHasARole(t *testing.T) {
	t.Parallel()
	_, rest, ok := strings.Cut(read(t, "CONTRIBUTING.md"), "\n| A noun's file | Role |\n")
	if !ok {
		t.Fatal("CONTRIBUTING.md has no table of a noun's files")
	}
	table, _, _ := strings.Cut(rest, "\n\n")
	listed := map[string]bool{}
	for _, row := range strings.Split(table, "\n") {
		first, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " | ")
		for _, name := range regexp.MustCompile("`([a-z_]+\\.go)`").FindAllStringSubmatch(first, -1) {
			listed[name[1]] = false
		}
	}
	sources, err := filepath.Glob(filepath.Join(root, "internal", "provider", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		folder, name := filepath.Base(filepath.Dir(source)), filepath.Base(source)
		if strings.HasSuffix(name, "_test.go") || folder == "upsert" || folder == "session" || folder == "tfvalue" {
			continue
		}
		for _, role := range []string{"schema.go", "data_source.go"} {
			if strings.HasSuffix(name, "_"+role) {
				name = role
			}
		}
		if _, ok := listed[name]; !ok {
			t.Errorf("CONTRIBUTING.md does not say what %s/%s is for", folder, name)
		}
		listed[name] = true
	}
	for name, there := range listed {
		if !there {
			t.Errorf("CONTRIBUTING.md says what %s is for, and no noun has it", name)
		}
	}
}
