package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	requirement = regexp.MustCompile(`(?m)^\s+(\S+) v\S+$`) // what is indirect has a comment behind it
	tool        = regexp.MustCompile(`(?m)^tool (\S+)$`)
	rowOfTable  = regexp.MustCompile("(?m)^\\| (`[^|]+`) \\|")
)

// TestEveryDependencyHasAReason wants a line in CONTRIBUTING.md for each direct
// dependency, and no line for one that has left.
func TestEveryDependencyHasAReason(t *testing.T) {
	t.Parallel()
	_, chapter, ok := strings.Cut(read(t, "CONTRIBUTING.md"), "\n## Dependencies\n")
	if !ok {
		t.Fatal("CONTRIBUTING.md has no chapter on dependencies")
	}
	parts := strings.Split(chapter, "\nIn `")
	for _, file := range []string{"go.mod", "internal/tools/go.mod", "internal/tools/lint/go.mod"} {
		var listed []string
		for _, part := range parts {
			if !strings.HasPrefix(part, file+"`") {
				continue
			}
			for _, row := range rowOfTable.FindAllStringSubmatch(part, -1) {
				for _, name := range strings.Split(row[1], ",") {
					listed = append(listed, strings.Trim(name, "` "))
				}
			}
		}
		text := read(t, file)
		needed := requirement.FindAllStringSubmatch(text, -1)
		for _, found := range needed {
			if !slices.Contains(listed, found[1]) {
				t.Errorf("%s needs %s, and CONTRIBUTING.md does not say why", file, found[1])
			}
		}
		needed = append(needed, tool.FindAllStringSubmatch(text, -1)...)
		for _, name := range listed {
			if !slices.ContainsFunc(needed, func(found []string) bool { return strings.HasPrefix(found[1], name) }) {
				t.Errorf("CONTRIBUTING.md says why %s needs %s, which it does not", file, name)
			}
		}
	}
}
