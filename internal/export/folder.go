package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// folder is what is exported into. Nothing is written outside of it, whatever a name or a
// link says.
type folder struct {
	name    string
	root    *os.Root
	files   map[string]string // the hash of each file that was written, by its path
	names   names
	written int
}

// manifestFile remembers what was written: a file that is not in it, or is not as it was
// written, is somebody's.
const manifestFile = ".talq-export.json"

// manifest is its content.
type manifest struct {
	Comment string            `json:"comment"`
	Files   map[string]string `json:"files"`
	Names   names             `json:"names"`
}

const manifestComment = "terraform-provider-talq export keeps here which files it wrote, by their SHA-256, and which name it gave to what id. Keep it beside them."

func openFolder(name string) (*folder, error) {
	if err := os.MkdirAll(name, 0o755); err != nil { //nolint:gosec // a folder of configuration, as git makes it
		return nil, err
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	f := &folder{name: name, root: root, files: map[string]string{}, names: names{}}
	raw, err := root.ReadFile(manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	var m manifest
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("%s in %s cannot be read, so nobody knows which files are the export's: %w", manifestFile, name, err)
	}
	maps.Copy(f.files, m.Files)
	maps.Copy(f.names, m.Names)
	return f, nil
}

func (f *folder) close() { _ = f.root.Close() }

// writeAll writes files by their paths: all of them, or none where one is somebody else's.
func (f *folder) writeAll(files map[string]string) error {
	paths := slices.Sorted(maps.Keys(files))
	changed := map[string]bool{}
	var foreign []string
	for _, name := range paths {
		there, err := f.root.ReadFile(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			changed[name] = true
		case err != nil:
			return err
		case string(there) == files[name]:
		case hash(there) == f.files[name]:
			changed[name] = true
		default:
			foreign = append(foreign, name)
		}
	}
	if len(foreign) > 0 {
		return fmt.Errorf("nothing of it was written, since these files were not written by the export, or were edited since: %s. Move them away, or export into another folder and compare", strings.Join(foreign, ", "))
	}
	for _, name := range paths {
		if changed[name] {
			if err := f.write(name, files[name]); err != nil {
				return err
			}
			f.written++
		}
		f.files[name] = hash([]byte(files[name]))
	}
	return nil
}

func (f *folder) write(name, text string) error {
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	return f.root.WriteFile(name, []byte(text), 0o644)
}

// keepManifest writes the manifest, if it is another one than before.
func (f *folder) keepManifest() error {
	raw, err := json.MarshalIndent(manifest{manifestComment, f.files, f.names}, "", "  ")
	if err != nil {
		return err
	}
	raw = append(raw, '\n')
	if there, err := f.root.ReadFile(manifestFile); err == nil && bytes.Equal(there, raw) {
		return nil
	}
	return f.write(manifestFile, string(raw))
}

func hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
