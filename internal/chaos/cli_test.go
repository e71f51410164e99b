package chaos

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// source is what configurations call the provider.
const source = "talqover/talq"

// openCLI returns the [opener] of storms through the CLI: it builds the provider, and
// writes the CLI configuration that makes the CLI take it.
func openCLI(t *testing.T) opener {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("storms through the CLI look for the provider's process to kill it, which works on Linux only")
	}
	cli, err := exec.LookPath("terraform")
	if err != nil {
		if cli, err = exec.LookPath("tofu"); err != nil {
			t.Skip("storms through the CLI need terraform or tofu on PATH")
		}
	}
	folder := t.TempDir()
	binary, config := filepath.Join(folder, "terraform-provider-talq"), filepath.Join(folder, "cli.tfrc")
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", binary, "github.com/talqover/terraform-provider-talq")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the provider does not build: %v\n%s", err, output)
	}
	overrides := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, folder)
	if err := os.WriteFile(config, []byte(overrides), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(server *fakeapi.Server) driver {
		return &commandLine{cli: cli, binary: binary, config: config, folder: t.TempDir(), baseURL: server.BaseURL(), token: server.Token()}
	}
}

// commandLine drives the real CLI in a folder of its own.
type commandLine struct {
	cli, binary, config, folder, baseURL, token string

	interrupt atomic.Pointer[context.CancelFunc] // of the last command
}

// apply implements [driver].
func (d *commandLine) apply(ctx context.Context, c configuration, settings settings) run {
	if r := d.write(c, settings); len(r.errors) > 0 {
		return r
	}
	_, r := d.command(ctx, "apply", "-auto-approve", "-input=false", "-no-color")
	return r
}

// plan implements [driver].
func (d *commandLine) plan(ctx context.Context, c configuration, settings settings) ([]string, run) {
	if r := d.write(c, settings); len(r.errors) > 0 {
		return nil, r
	}
	code, r := d.command(ctx, "plan", "-detailed-exitcode", "-input=false", "-no-color")
	if code != 2 {
		return nil, r
	}
	return strings.Split(strings.TrimSpace(r.output), "\n"), run{output: r.output}
}

// state implements [driver].
func (d *commandLine) state(ctx context.Context) (map[string]attributes, error) {
	output, err := d.prepare(ctx, "show", "-json").Output()
	if err != nil {
		return nil, fmt.Errorf("show -json: %w", err)
	}
	var state tfjson.State
	state.UseJSONNumber(true)
	if err := json.Unmarshal(output, &state); err != nil {
		return nil, err
	}
	known := map[string]attributes{}
	if state.Values == nil || state.Values.RootModule == nil {
		return known, nil
	}
	for _, r := range state.Values.RootModule.Resources {
		if r.Tainted {
			return nil, fmt.Errorf("%s is tainted", r.Address)
		}
		known[r.Address] = r.AttributeValues
	}
	return known, nil
}

// takeOver implements [driver].
func (d *commandLine) takeOver(ctx context.Context, address, id string) run {
	_, r := d.command(ctx, "import", "-input=false", "-no-color", address, id)
	return r
}

// forget implements [driver].
func (d *commandLine) forget(ctx context.Context, address string) run {
	_, r := d.command(ctx, "state", "rm", address)
	return r
}

// cut implements [driver]. Of a killed provider Terraform lives on, and reports that it has
// died.
func (d *commandLine) cut(kill bool) {
	if kill {
		killAll(d.binary)
		return
	}
	(*d.interrupt.Load())()
}

// killAll kills every process that runs an executable. Those that end meanwhile, and those
// of other people, are passed over.
func killAll(executable string) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe") // the pattern is well formed
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != executable {
			continue
		}
		id, _ := strconv.Atoi(filepath.Base(filepath.Dir(link))) // the pattern has digits there
		if process, err := os.FindProcess(id); err == nil {
			_ = process.Kill()
		}
	}
}

// write writes the configuration. The token is in the file: the fake's opens nothing.
func (d *commandLine) write(c configuration, settings settings) (r run) {
	head := fmt.Sprintf("terraform {\n  required_providers {\n    talq = { source = %q }\n  }\n}\n"+
		"provider \"talq\" {\n  base_url        = %q\n  token           = %q\n  max_retries     = %d\n  request_timeout = %d\n}\n",
		source, d.baseURL, d.token, settings.retries, settings.timeout)
	if err := os.WriteFile(filepath.Join(d.folder, "main.tf"), []byte(head+c.hcl()), 0o600); err != nil {
		r.fail("the configuration cannot be written: %v", err)
	}
	return r
}

// prepare makes a command without what would change a run from this process's environment.
func (d *commandLine) prepare(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, d.cli, args...)
	command.Dir = d.folder
	command.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, "TF_") || strings.HasPrefix(entry, "TALQ_") || strings.HasPrefix(entry, "TALKOVER_")
	})
	command.Env = append(command.Env, "TF_CLI_CONFIG_FILE="+d.config, "CHECKPOINT_DISABLE=1")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 5 * time.Minute
	return command
}

// command runs the CLI. Exit code 2 is how -detailed-exitcode reports changes.
func (d *commandLine) command(ctx context.Context, args ...string) (code int, r run) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.interrupt.Store(&cancel)
	output, err := d.prepare(ctx, args...).CombinedOutput()
	r.output = string(output)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return 2, r
	case err != nil:
		said := strings.Split(r.output, "Error: ")
		for _, text := range said[min(1, len(said)-1):] {
			r.fail("%s %s: %v\n%s", filepath.Base(d.cli), args[0], err, text)
		}
		return 1, r
	}
	return 0, r
}
