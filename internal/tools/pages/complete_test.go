package pages

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/tools/providerschema"
)

// TestEverythingServedHasExamplesAndTests wants for each type that the provider
// serves a file in examples/, for a resource the three ways to import it, and a
// test of the provider whose configuration uses it.
func TestEverythingServedHasExamplesAndTests(t *testing.T) {
	t.Parallel()
	schemas, err := providerschema.Read(t.Context(), address, provider.New("test")())
	if err != nil {
		t.Fatal(err)
	}
	of := schemas.Schemas[address]
	tests := testSources(t)
	for _, kind := range []struct {
		folder, block string
		files         []string
		names         []string
	}{
		{"resources", "resource", []string{"resource*.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"}, names(of.ResourceSchemas)},
		{"data-sources", "data", []string{"data-source*.tf"}, names(of.DataSourceSchemas)},
		{"ephemeral-resources", "ephemeral", []string{"ephemeral-resource*.tf"}, names(of.EphemeralResourceSchemas)},
		{"list-resources", "list", []string{"list-resource*.tfquery.hcl"}, names(of.ListResourceSchemas)},
		{"actions", "action", []string{"action*.tf"}, names(of.ActionSchemas)},
	} {
		for _, name := range kind.names {
			for _, pattern := range kind.files {
				found, err := filepath.Glob(filepath.Join(root, "examples", kind.folder, name, pattern))
				if err != nil || len(found) == 0 {
					t.Errorf("%s %s has no example %s (%v)", kind.block, name, pattern, err)
				}
			}
			if !uses(tests, kind.block, name) {
				t.Errorf("no test of the provider has a configuration with %s %q", kind.block, name)
			}
		}
	}
	if uses(tests, "resource", "talq_made_up_by_nobody") {
		t.Error("the search for tests finds what is not there")
	}
}

// testSources is the text of all tests of the provider, and of what they share.
func testSources(t *testing.T) string {
	t.Helper()
	var sources []string
	for _, folder := range []string{"acctest", "provider", "provider/*"} {
		found, err := filepath.Glob(filepath.Join(root, "internal", folder, "*.go"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no tests in %s: %v", folder, err)
		}
		sources = append(sources, found...)
	}
	var all strings.Builder
	for _, name := range sources {
		all.WriteString(read(t, strings.TrimPrefix(filepath.ToSlash(name), root+"/")))
	}
	return all.String()
}

// uses reports whether a configuration in a test opens such a block. Within a
// quoted string of Go its quotation marks have backslashes.
func uses(tests, block, name string) bool {
	return regexp.MustCompile(`\b` + block + ` \\?"` + name + `\\?" \\?"`).MatchString(tests)
}
