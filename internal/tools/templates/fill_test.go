package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		full := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestFillReplacesMarkerLines(t *testing.T) {
	from := tree(t, map[string]string{
		"index.md.tmpl":            "about <!-- table --> in a sentence\n",
		"resources/action.md.tmpl": "before\n<!-- table -->\nafter\n",
	})
	to := filepath.Join(t.TempDir(), "filled")
	if err := fill(from, to, map[string]string{"<!-- table -->": "| a |\n| - |\n"}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"index.md.tmpl":            "about <!-- table --> in a sentence\n",
		"resources/action.md.tmpl": "before\n| a |\n| - |\nafter\n",
	} {
		got, err := os.ReadFile(filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestFillMakesTheFolderAnew(t *testing.T) {
	to := tree(t, map[string]string{"old.md.tmpl": "left over"})
	if err := fill(tree(t, map[string]string{"index.md.tmpl": ""}), to, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(to, "old.md.tmpl")); !os.IsNotExist(err) {
		t.Errorf("a file of an earlier run is still there: %v", err)
	}
}

func TestFillMissesAMarker(t *testing.T) {
	from := tree(t, map[string]string{"index.md.tmpl": "nothing here\n"})
	err := fill(from, filepath.Join(t.TempDir(), "filled"), map[string]string{"<!-- table -->": "x"})
	if err == nil || !strings.Contains(err.Error(), "<!-- table -->") {
		t.Errorf("got %v, want an error that names the marker", err)
	}
}
