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

// temporaryFile is what a file is called, in its own folder, until all of it is written.
const temporaryFile = ".talq-export.tmp"

// manifest is its content.
type manifest struct {
	Comment string            `json:"comment"`
	Files   map[string]string `json:"files"`
	Names   names             `json:"names"`
}

const manifestComment = "terraform-provider-talq export keeps here which files it wrote, by their SHA-256, and which name it gave to what id. Keep it beside them."

func openFolder(name string) (*folder, error) {
	if err := os.MkdirAll(name, 0o755); err != nil { //nolint:gosec // others of the team may read configuration, as after a git clone
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
	if err == nil {
		err = m.Names.check()
	}
	if err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("%s in %s cannot be used, so nobody knows which files are whose: %w", manifestFile, name, err)
	}
	maps.Copy(f.files, m.Files)
	maps.Copy(f.names, m.Names)
	return f, nil
}

func (f *folder) close() { _ = f.root.Close() }

// wrote reports whether an earlier export wrote a file, or this one has.
func (f *folder) wrote(name string) bool { return f.files[name] != "" }

func (f *folder) there(name string) bool {
	_, err := f.root.Stat(name)
	return err == nil
}

// writeAll writes files by their paths, and takes away what was written below a folder and is
// not among them: all of it, or nothing where a file is somebody else's.
func (f *folder) writeAll(files map[string]string, below string) error {
	paths := slices.Collect(maps.Keys(files))
	for name := range f.files {
		if _, stays := files[name]; !stays && strings.HasPrefix(name, below+"/") {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	changed := map[string]bool{}
	var foreign []string
	for _, name := range paths {
		there, err := f.root.ReadFile(name)
		text, stays := files[name]
		switch {
		case errors.Is(err, fs.ErrNotExist):
			changed[name] = stays
		case err != nil:
			return err
		case stays && string(there) == text:
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
		text, stays := files[name]
		if changed[name] {
			f.written++
			if err := f.put(name, text, stays); err != nil {
				return err
			}
		}
		if stays {
			f.files[name] = hash([]byte(text))
		} else {
			delete(f.files, name)
		}
	}
	return nil
}

// put writes a file, or takes it away.
func (f *folder) put(name, text string, stays bool) error {
	if !stays {
		return f.root.Remove(name)
	}
	return f.write(name, text)
}

// write writes a file as a whole or not at all, also where the process is killed or the disk is full.
func (f *folder) write(name, text string) error {
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	temporary := path.Join(path.Dir(name), temporaryFile)
	err := f.root.WriteFile(temporary, []byte(text), 0o644)
	if err == nil {
		err = f.root.Rename(temporary, name)
	}
	if err != nil {
		_ = f.root.Remove(temporary)
	}
	return err
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
