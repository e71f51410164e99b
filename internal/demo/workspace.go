package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// configuration is the example that the demo applies.
//
//go:embed config
var configuration embed.FS

// workspace is the temporary folder with all that the demo writes.
type workspace struct {
	root string
	// practice holds the configuration and its state.
	practice string
	// providerFolder holds the built provider, cliFolder a downloaded Terraform.
	providerFolder, cliFolder string
	// cliConfig is the CLI configuration file with the dev override.
	cliConfig string
	// planFile is the saved plan, which an apply carries out.
	planFile string
}

// newWorkspace makes the folder, without content yet.
func newWorkspace() (*workspace, error) {
	root, err := os.MkdirTemp("", "talq-demo-")
	if err != nil {
		return nil, err
	}
	w := &workspace{
		root:           root,
		practice:       filepath.Join(root, "practice"),
		providerFolder: filepath.Join(root, "provider"),
		cliFolder:      filepath.Join(root, "cli"),
		cliConfig:      filepath.Join(root, "cli.tfrc"),
		planFile:       filepath.Join(root, "demo.tfplan"),
	}
	for _, folder := range []string{w.practice, w.providerFolder, w.cliFolder} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return nil, errors.Join(err, w.remove())
		}
	}
	return w, nil
}

// buildProvider builds the provider from the source at hand.
func (w *workspace) buildProvider(ctx context.Context) error {
	// No revision in the binary: it needs none, and asking git for it may fail. Go names
	// the binary, as the output is a folder.
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", w.providerFolder+string(filepath.Separator), //nolint:gosec // all but the folder is constant
		"github.com/talqover/terraform-provider-talq")
	// Interrupted, go removes its own temporary files; killed, it would not.
	build.Cancel = func() error { return build.Process.Signal(os.Interrupt) }
	build.WaitDelay = 10 * time.Second
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	return nil
}

// writeFiles writes the configuration, the values of its variables, and the dev override
// that makes the CLI take the built provider, without `terraform init`.
func (w *workspace) writeFiles() error {
	files, err := fs.Sub(configuration, "config")
	if err != nil {
		return err
	}
	if err := os.CopyFS(w.practice, files); err != nil {
		return err
	}
	// The key is the example's secret. It opens nothing.
	values := fmt.Sprintf("calendar_key = %q\n", "not-a-real-key")
	if err := os.WriteFile(filepath.Join(w.practice, "terraform.tfvars"), []byte(values), 0o600); err != nil {
		return err
	}
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"talqover/talq\" = %q\n  }\n  direct {}\n}\n", filepath.ToSlash(w.providerFolder))
	return os.WriteFile(w.cliConfig, []byte(override), 0o600)
}

// remove removes the folder with all that is in it. Doing it again does no harm.
func (w *workspace) remove() error {
	return os.RemoveAll(w.root)
}

// block returns the lines of a resource as the example configuration has it.
func block(address string) ([]string, error) {
	content, err := configuration.ReadFile("config/main.tf")
	if err != nil {
		return nil, err
	}
	kind, name, _ := strings.Cut(address, ".")
	header := regexp.QuoteMeta(fmt.Sprintf("resource %q %q {", kind, name))
	found := regexp.MustCompile(`(?ms)^` + header + `$.*?^\}$`).FindString(string(content))
	if found == "" {
		return nil, fmt.Errorf("the example configuration lacks %s", address)
	}
	return strings.Split(found, "\n"), nil
}
