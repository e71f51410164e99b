package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
)

// mirrorFolder is for the built provider; [Main] makes it and takes it away.
var mirrorFolder string

// mirror returns a folder for -plugin-dir with the provider, which it builds once for
// all tests. It is there under both registries' names.
var mirror = sync.OnceValues(func() (string, error) {
	name := "terraform-provider-talq_v1.0.0"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	binary := filepath.Join(mirrorFolder, name)
	build := exec.Command("go", "build", "-buildvcs=false", "-o", binary, "github.com/talqover/terraform-provider-talq")
	build.Env = append(os.Environ(), "GOGC=100") // see cliFound
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, output)
	}
	plugins := filepath.Join(mirrorFolder, "plugins")
	for _, address := range []string{ProviderAddress, otherRegistry(ProviderAddress)} {
		folder := filepath.Join(plugins, filepath.FromSlash(address), "1.0.0", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", err
		}
		if err := os.Link(binary, filepath.Join(folder, name)); err != nil {
			return "", err
		}
	}
	return plugins, nil
})

// OwnProcess lets the CLI start the provider as it does for users, in a process
// for each provider block. The one in this process is shared by all of them, and
// the last that was configured would win.
func (w *Workspace) OwnProcess() {
	w.T.Helper()
	plugins, err := mirror()
	if err != nil {
		w.T.Fatal(err)
	}
	w.Attach = ""
	w.Terraform("init", "-input=false", "-plugin-dir="+plugins).Exits(0)
}
