package pages

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	requirement = regexp.MustCompile(`(?m)^\s+(\S+) v\S+$`)             // what is indirect has a comment behind it
	tool        = regexp.MustCompile(`(?m)^(?:tool |\t)([^\s"]+/\S+)$`) // one line, or one of a block
	rowOfTable  = regexp.MustCompile("(?m)^\\| (`[^|]+`) \\|")
)

// modules returns the go.mod files of the repository.
func modules(t *testing.T) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{".git", "build", "dist"}, name) {
			return fs.SkipDir
		}
		if err == nil && entry.Name() == "go.mod" {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) < 2 {
		t.Fatalf("%v: %v", files, err)
	}
	return files
}

// TestEveryDependencyHasAReason wants a line in CONTRIBUTING.md for each direct
// dependency, and no line for one that has left.
func TestEveryDependencyHasAReason(t *testing.T) {
	t.Parallel()
	_, chapter, ok := strings.Cut(read(t, "CONTRIBUTING.md"), "\n## Dependencies\n")
	if !ok {
		t.Fatal("CONTRIBUTING.md has no chapter on dependencies")
	}
	parts := strings.Split(chapter, "\nIn `")
	for _, file := range modules(t) {
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
		tools := tool.FindAllStringSubmatch(text, -1)
		for _, found := range tools {
			if !slices.ContainsFunc(listed, func(name string) bool { return strings.HasPrefix(found[1], name) }) {
				t.Errorf("%s runs %s, and CONTRIBUTING.md does not say why", file, found[1])
			}
		}
		needed = append(needed, tools...)
		for _, name := range listed {
			if !slices.ContainsFunc(needed, func(found []string) bool { return strings.HasPrefix(found[1], name) }) {
				t.Errorf("CONTRIBUTING.md says why %s needs %s, which it does not", file, name)
			}
		}
	}
}

// TestDependabotKnowsEveryModule: what it is not told of gets no new versions.
func TestDependabotKnowsEveryModule(t *testing.T) {
	t.Parallel()
	told := read(t, ".github/dependabot.yml")
	for _, file := range modules(t) {
		if folder := path.Join("/", path.Dir(file)); !strings.Contains(told, "\n      - "+folder+"\n") {
			t.Errorf(".github/dependabot.yml does not name %s", folder)
		}
	}
}
