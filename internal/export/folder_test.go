package export

import (
	"os"
	"path/filepath"
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
