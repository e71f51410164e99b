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
	"runtime"
	"strconv"
	"strings"
	"time"
)

// module is what is built: the provider.
const module = "github.com/talqover/terraform-provider-talq"

// source is what stands in required_providers.
const source = "talqover/talq"

// configuration is the example that the demo applies.
//
//go:embed config/*.tf
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
	// plan is the saved plan, which an apply carries out.
	plan string
}

// newWorkspace makes the folder, without content yet. An empty parent means the system's
// place for temporary files.
func newWorkspace(parent string) (*workspace, error) {
	root, err := os.MkdirTemp(parent, "talq-demo-")
	if err != nil {
		return nil, err
	}
	w := &workspace{
		root:           root,
		practice:       filepath.Join(root, "practice"),
		providerFolder: filepath.Join(root, "provider"),
		cliFolder:      filepath.Join(root, "cli"),
		cliConfig:      filepath.Join(root, "cli.tfrc"),
		plan:           filepath.Join(root, "demo.tfplan"),
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
	binary := "terraform-provider-talq"
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	// No revision in the binary: it needs none, and asking git for it may fail.
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", filepath.Join(w.providerFolder, binary), module) //nolint:gosec // all but the folder is constant
	// Interrupted, go removes its own temporary files; killed, it would not.
	build.Cancel = func() error { return build.Process.Signal(os.Interrupt) }
	build.WaitDelay = 10 * time.Second
	output, err := build.CombinedOutput()
	if err != nil {
		return &mismatch{expected: "`go build` to build the provider", seen: firstLine(err) + "\n" + strings.TrimSpace(string(output))}
	}
	return nil
}

// writeFiles writes the configuration, the values of its variables, and the dev override
// that makes the CLI take the built provider, without `terraform init`.
func (w *workspace) writeFiles(agentID string) error {
	files, err := fs.Glob(configuration, "config/*.tf")
	if err != nil {
		return err
	}
	for _, name := range files {
		content, err := configuration.ReadFile(name)
		if err != nil {
			return err
		}
		if err := write(filepath.Join(w.practice, filepath.Base(name)), string(content)); err != nil {
			return err
		}
	}
	values := fmt.Sprintf("agent_id     = %q\ncalendar_key = %q\n", agentID, calendarKey)
	if err := write(filepath.Join(w.practice, "terraform.tfvars"), values); err != nil {
		return err
	}
	folder := strconv.Quote(filepath.ToSlash(w.providerFolder))
	return write(w.cliConfig, fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %s\n  }\n  direct {}\n}\n", source, folder))
}

// remove removes the folder with all that is in it. Doing it again does no harm.
func (w *workspace) remove() error {
	return os.RemoveAll(w.root)
}

func write(path, content string) error {
	return os.WriteFile(path, []byte(content), 0o600)
}

// block is a block of the example configuration, as it is written there, line by line.
func block(header string) ([]string, error) {
	content, err := configuration.ReadFile("config/main.tf")
	if err != nil {
		return nil, err
	}
	_, rest, found := strings.Cut("\n"+string(content), "\n"+header+" {\n")
	body, _, closed := strings.Cut(rest, "\n}\n")
	if !found || !closed {
		return nil, fmt.Errorf("the example configuration has no block %q", header)
	}
	return strings.Split(header+" {\n"+body+"\n}", "\n"), nil
}
