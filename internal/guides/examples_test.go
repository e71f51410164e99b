package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const examplesFolder = "../../examples"

// TestExamples validates what the documentation shows, with the real CLI. An
// example that needs a newer one is parsed and checked against the provider's
// schemas instead, and the subtest's name says so.
func TestExamples(t *testing.T) {
	t.Parallel()
	examples := findExamples(t)
	if len(examples) == 0 {
		t.Fatal("there are no examples")
	}
	schemas := newExampleSchemas(t)
	attach := serveWithVault(t, nil)
	at := cliAtHand(t, attach)
	for _, e := range examples {
		needs, err := e.needs()
		if err != nil {
			t.Error(err)
			continue
		}
		if !at.has(needs) {
			t.Run(fmt.Sprintf("%s (only parsed: %s)", e.name, needs), func(t *testing.T) {
				t.Parallel()
				for name, text := range e.files {
					for _, problem := range schemas.check(name, text) {
						t.Error(problem)
					}
				}
			})
			continue
		}
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			w := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: attach}
			if e.whole {
				if err := os.CopyFS(w.Dir, os.DirFS(examplesFolder)); err != nil {
					t.Fatal(err)
				}
				w.Dir = filepath.Join(w.Dir, filepath.FromSlash(e.name))
				w.Terraform("get").Exits(0)
			} else {
				for name, text := range e.files {
					w.Write(name, acctest.LoneImports(t, text))
				}
			}
			if !e.holds(regexp.MustCompile(`(?m)^\s*required_providers\b`)) {
				w.Write("zz_required_providers.tf", requiredProviders)
			}
			args := []string{"validate"}
			if e.isQuery() {
				args = append(args, "-query")
			}
			w.Terraform(args...).Exits(0).SaysNot("Warning:")
		})
	}
}

// requiredProviders completes examples that leave it to the provider's page.
const requiredProviders = "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"

// TestExamplesAreFormatted returns every example to `terraform fmt` as a .tf file:
// an older CLI passes over files of kinds that it does not know.
func TestExamplesAreFormatted(t *testing.T) {
	t.Parallel()
	w := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: "{}"}
	for _, e := range findExamples(t) {
		for name, text := range e.files {
			file := filepath.Join(e.name, name+".tf")
			if err := os.MkdirAll(filepath.Join(w.Dir, e.name), 0o750); err != nil {
				t.Fatal(err)
			}
			w.Write(file, text)
		}
	}
	w.Terraform("fmt", "-check", "-diff", "-recursive").Exits(0)
}

const querySuffix = ".tfquery.hcl"

// example is a configuration of its own: a file that a page shows, or a whole
// folder, which may call modules in folders beside it.
type example struct {
	name  string
	whole bool
	files map[string]string
}

// findExamples returns all examples. In the folders that pages are made from each
// file stands alone; any other folder is one configuration.
func findExamples(t *testing.T) []example {
	t.Helper()
	pages := regexp.MustCompile(`^(provider|(resources|data-sources|ephemeral-resources|list-resources|actions|functions)/[^/]+)$`)
	found := map[string]example{}
	err := filepath.WalkDir(examplesFolder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || (filepath.Ext(path) != ".tf" && !strings.HasSuffix(path, querySuffix)) {
			return err
		}
		relative, err := filepath.Rel(examplesFolder, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, folder := filepath.ToSlash(relative), filepath.ToSlash(filepath.Dir(relative))
		whole := !pages.MatchString(folder)
		if whole {
			name = folder
		}
		if _, ok := found[name]; !ok {
			found[name] = example{name: name, whole: whole, files: map[string]string{}}
		}
		found[name].files[filepath.Base(path)] = string(text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var sorted []example
	for _, e := range found {
		sorted = append(sorted, e)
	}
	slices.SortFunc(sorted, func(a, b example) int { return strings.Compare(a.name, b.name) })
	return sorted
}

// isQuery reports whether an example is for `terraform query`.
func (e example) isQuery() bool {
	for name := range e.files {
		if strings.HasSuffix(name, querySuffix) {
			return true
		}
	}
	return false
}

func (e example) holds(pattern *regexp.Regexp) bool {
	for _, text := range e.files {
		if pattern.MatchString(text) {
			return true
		}
	}
	return false
}

// cli is the CLI under test.
type cli struct {
	product string
	version *version.Version
}

// cliAtHand asks the CLI that the tests run for its name and version.
func cliAtHand(t *testing.T, attach string) cli {
	t.Helper()
	w := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: attach}
	words := strings.Fields(string(w.Terraform("version").Exits(0).Stdout))
	if len(words) < 2 {
		t.Fatalf("the CLI does not tell its version: %q", words)
	}
	found, err := version.NewVersion(words[1])
	if err != nil {
		t.Fatal(err)
	}
	return cli{product: words[0], version: found.Core()}
}

// has reports whether the CLI knows what an example needs.
func (c cli) has(f feature) bool {
	if c.product == "OpenTofu" && f.notInOpenTofu {
		return false
	}
	return c.version.GreaterThanOrEqual(version.Must(version.NewVersion(f.since)))
}
