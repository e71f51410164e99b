// Package pages tests what stands in docs/ and beside it.
package pages

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/tools/providerschema"
)

// root is the repository's folder, as seen from here.
const root = "../../.."

const address = "registry.terraform.io/hashicorp/talq"

// page is where something that the provider serves is described.
type page struct {
	file     string
	sections []string
}

// served lists the pages that the provider needs, going by its schemas.
func served(t *testing.T) []page {
	t.Helper()
	schemas, err := providerschema.Read(t.Context(), address, provider.New("test")())
	if err != nil {
		t.Fatal(err)
	}
	of := schemas.Schemas[address]
	pages := []page{{"docs/index.md", []string{"## Schema"}}}
	add := func(folder string, names []string, sections ...string) {
		for _, name := range names {
			pages = append(pages, page{"docs/" + folder + "/" + strings.TrimPrefix(name, "talq_") + ".md", append(sections, "## Example Usage")})
		}
	}
	add("resources", names(of.ResourceSchemas), "## Schema", "## Import")
	add("data-sources", names(of.DataSourceSchemas), "## Schema")
	add("ephemeral-resources", names(of.EphemeralResourceSchemas), "## Schema")
	add("list-resources", names(of.ListResourceSchemas), "## Schema")
	add("actions", names(of.ActionSchemas), "## Schema")
	add("functions", names(of.Functions), "## Signature")
	return pages
}

func names[T any](of map[string]T) []string { return slices.Sorted(maps.Keys(of)) }

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEverythingServedHasAPage wants a page for each thing that the provider
// serves, with an example on it, and for a resource how to import it.
func TestEverythingServedHasAPage(t *testing.T) {
	t.Parallel()
	for _, p := range served(t) {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(filepath.Join(root, p.file)); err != nil {
				t.Fatalf("it is missing: run make docs, and write its template and examples")
			}
			text := read(t, p.file)
			for _, heading := range p.sections {
				content, ok := section(text, heading)
				switch {
				case !ok:
					t.Errorf("the section %q is missing", heading)
				case (heading == "## Example Usage" || heading == "## Import") && !strings.Contains(content, "```"):
					t.Errorf("the section %q shows no code", heading)
				}
			}
			if !strings.Contains(text, "```terraform") {
				t.Error("there is no example in Terraform's language")
			}
		})
	}
}

// section returns what stands under a heading of the second level, code included.
func section(text, heading string) (string, bool) {
	_, after, ok := strings.Cut(text, "\n"+heading+"\n")
	content, _, _ := strings.Cut(after, "\n## ")
	return content, ok
}

// TestTypeTable compares the table of types on the page with the one that the
// validator walks.
func TestTypeTable(t *testing.T) {
	t.Parallel()
	if !strings.Contains(read(t, "docs/resources/action.md"), "\n"+action.TypeTableMarkdown()) {
		t.Errorf("docs/resources/action.md lacks the table; run make docs. It is\n%s", action.TypeTableMarkdown())
	}
}
