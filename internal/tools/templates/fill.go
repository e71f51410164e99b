package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// fill copies the tree at from to to and replaces each line that is a marker.
// A marker that no file has is an error: a table that quietly left its page
// would be missed by nobody.
func fill(from, to string, parts map[string]string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	missing := maps.Clone(parts)
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		filled, used := replaceMarkers(string(text), parts)
		for _, marker := range used {
			delete(missing, marker)
		}
		return os.WriteFile(target, []byte(filled), 0o644)
	})
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		names := slices.Sorted(maps.Keys(missing))
		return fmt.Errorf("no template has the line %s", strings.Join(names, ", nor "))
	}
	return nil
}

// replaceMarkers returns the text with every marker line replaced, and the
// markers it found.
func replaceMarkers(text string, parts map[string]string) (string, []string) {
	var used []string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		marker := strings.TrimSpace(line)
		if part, ok := parts[marker]; ok {
			lines[i] = strings.TrimRight(part, "\n")
			used = append(used, marker)
		}
	}
	return strings.Join(lines, "\n"), used
}
