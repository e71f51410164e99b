package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAFileIsWrittenAsAWhole: it is replaced, not changed in place, and a write that fails
// leaves nothing beside it.
func TestAFileIsWrittenAsAWhole(t *testing.T) {
	dir := t.TempDir()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if err := f.write("a/b.tf", "first"); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Link(filepath.Join(dir, "a", "b.tf"), link); err != nil {
		t.Fatal(err)
	}
	if err := f.write("a/b.tf", "second"); err != nil {
		t.Fatal(err)
	}
	if held, err := os.ReadFile(link); string(held) != "first" {
		t.Errorf("the file was changed in place: %q, %v", held, err)
	}
	if err := os.Mkdir(filepath.Join(dir, "a", "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := f.write("a/folder", "text"); err == nil {
		t.Error("a folder was replaced")
	}
	if there, _ := os.ReadDir(filepath.Join(dir, "a")); len(there) != 2 {
		t.Errorf("there is more than the file and the folder: %v", there)
	}
}

// TestTwoOfOneName in a manifest are refused: one agent would overwrite the other.
func TestTwoOfOneName(t *testing.T) {
	for manifest, says := range map[string]string{
		`{"names": {"agents": {"a": "sales", "b": "sales"}}}`:                   `of the agents, "a" and "b" have the same name "sales"`,
		`{"names": {"agents": {"a": "front_desk", "b": "front-desk"}}}`:         `of the agents, "a" and "b" have the same name "front-desk"`, // the folder is front-desk
		`{"names": {"agents": {"a": "sales"}, "actions of a": {"b": "sales"}}}`: "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, manifestFile), []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := openFolder(dir)
		switch {
		case err == nil:
			f.close()
			if says != "" {
				t.Errorf("%s is taken", manifest)
			}
		case says == "" || !strings.Contains(err.Error(), says):
			t.Errorf("%s: %s", manifest, err)
		}
	}
}
