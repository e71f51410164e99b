package acctest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// cliFound names the CLI that plugin-testing is to run: without a name it downloads one where
// there is none on PATH. To OpenTofu a provider has its address in another registry.
// It reports whether the CLI is OpenTofu.
var cliFound = sync.OnceValues(func() (openTofu bool, err error) {
	file, err := exec.LookPath(CLIPath())
	if err != nil {
		return false, err
	}
	said, err := exec.Command(file, "version").Output()
	if err != nil {
		return false, fmt.Errorf("%s version: %w", file, err)
	}
	if openTofu = strings.HasPrefix(string(said), "OpenTofu"); openTofu {
		err = os.Setenv("TF_ACC_PROVIDER_HOST", "registry.opentofu.org")
	}
	// GOGC is for the CLI's processes: each lives for a fraction of a second.
	return openTofu, errors.Join(err, os.Setenv("TF_ACC_TERRAFORM_PATH", file), os.Setenv("GOGC", "off"))
})

// SkipOpenTofu skips a case that OpenTofu cannot run, whatever its version; what says why.
func SkipOpenTofu(what string) tfversion.TerraformVersionCheck { return skipOpenTofu(what) }

type skipOpenTofu string

// CheckTerraformVersion implements [tfversion.TerraformVersionCheck].
func (s skipOpenTofu) CheckTerraformVersion(_ context.Context, _ tfversion.CheckTerraformVersionRequest, resp *tfversion.CheckTerraformVersionResponse) {
	if openTofu, err := cliFound(); err == nil && openTofu { // Test has seen the error.
		resp.Skip = "OpenTofu has no " + string(s)
	}
}
