package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// The Terraforms that look for a provider hashicorp/talq where an import block stands
// alone, without a resource block: from the first up to, and not including, the second.
// That is hashicorp/terraform#39144. #39185 mends it, and 1.16.3 is the first release
// that has that; 1.17.0-beta1 has not, and is not looked for.
var (
	loneImportFailsFrom  = version.Must(version.NewVersion("1.16.0-alpha"))
	loneImportFailsUntil = version.Must(version.NewVersion("1.16.3"))
)

// LoneImportFails reports whether the CLI at hand is a Terraform that takes no import
// block that stands alone, unless the block names its provider.
func LoneImportFails(t *testing.T) bool {
	t.Helper()
	number, terraform := strings.CutPrefix(CLIVersion(t), "Terraform v")
	have, err := version.NewVersion(strings.TrimSpace(number))
	return terraform && err == nil && have.GreaterThanOrEqual(loneImportFailsFrom) && have.LessThan(loneImportFailsUntil)
}

// LoneImports returns a configuration whose import blocks stand alone as the CLI at
// hand takes it: each names its provider where the CLI needs that.
func LoneImports(t *testing.T, config string) string {
	t.Helper()
	if !strings.Contains(config, "import {\n") || !LoneImportFails(t) {
		return config
	}
	return strings.ReplaceAll(config, "import {\n", "import {\n  provider = talq\n")
}

// GenerateConfig runs `terraform plan -generate-config-out=generated.tf` by plan, with
// the import blocks of a file as the CLI at hand takes them. Afterwards they are as
// before: beside a resource block none names its provider, on any CLI.
func (w *Workspace) GenerateConfig(imports string, plan func()) {
	w.T.Helper()
	alone := w.Text(imports)
	w.Write(imports, LoneImports(w.T, alone))
	plan()
	w.Write(imports, alone)
}
