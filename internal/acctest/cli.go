package acctest

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// CLIVersion is the first line of what the CLI says of itself.
func CLIVersion(t *testing.T) string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), CLIPath(), "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	return first
}

// Never stands for a CLI that lacks something in all its versions.
const Never = ""

// NeedCLI skips a test that the CLI at hand is too old for, and says why.
func NeedCLI(t *testing.T, terraform, openTofu, what string) {
	t.Helper()
	first := CLIVersion(t)
	name, number, _ := strings.Cut(first, " v")
	least, known := map[string]string{"Terraform": terraform, "OpenTofu": openTofu}[name]
	have, err := version.NewVersion(strings.TrimSpace(number))
	if err != nil || !known {
		t.Fatalf("%q is no version of Terraform or OpenTofu (%v)", first, err)
	}
	switch {
	case least == Never:
		t.Skipf("%s is not there in any version of %s, and this is %s", what, name, first)
	case have.Core().LessThan(version.Must(version.NewVersion(least))):
		t.Skipf("%s is not there before %s %s, and this is %s", what, name, least, first)
	}
}

// CLIPath is the CLI that the tests drive: terraform on PATH, or what the
// variable of terraform-plugin-testing names.
func CLIPath() string {
	if cli := os.Getenv("TF_ACC_TERRAFORM_PATH"); cli != "" {
		return cli
	}
	return "terraform"
}
