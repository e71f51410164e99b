package pages

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryFileHasARole wants a line in CONTRIBUTING.md for each file of
// internal/provider, and no line for one that has left.
func TestEveryFileHasARole(t *testing.T) {
	t.Parallel()
	_, rest, ok := strings.Cut(read(t, "CONTRIBUTING.md"), "\n| File | Role |\n")
	if !ok {
		t.Fatal("CONTRIBUTING.md has no table of files")
	}
	table, _, _ := strings.Cut(rest, "\n\n")
	var listed, there []string
	for _, row := range rowOfTable.FindAllStringSubmatch(table, -1) {
		for _, name := range strings.Split(row[1], ",") {
			listed = append(listed, strings.Trim(name, "` "))
		}
	}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		sources, err := filepath.Glob(filepath.Join(root, "internal", "provider", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range sources {
			name, err := filepath.Rel(filepath.Join(root, "internal", "provider"), source)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") {
				there = append(there, filepath.ToSlash(name))
			}
		}
	}
	slices.Sort(there)
	slices.Sort(listed)
	if !slices.Equal(listed, there) {
		t.Errorf("CONTRIBUTING.md gives these files a role:\n%v\ninternal/provider has:\n%v", listed, there)
	}
}
