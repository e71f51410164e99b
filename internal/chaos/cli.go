package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// provided is what is built, and source what configurations call it.
const (
	provided = "github.com/talqover/terraform-provider-talq"
	source   = "talqover/talq"
)

// tools are what all storms through the CLI share: the CLI, and a folder with the built
// provider and with the CLI configuration that makes the CLI take it.
type tools struct {
	cli, folder string
}

// openCLI finds terraform or tofu on PATH and builds the provider.
func openCLI(ctx context.Context) (opener, func() error, error) {
	if err := canKill(); err != nil {
		return nil, nil, err
	}
	cli, err := exec.LookPath("terraform")
	if err != nil {
		if cli, err = exec.LookPath("tofu"); err != nil {
			return nil, nil, errors.New("storms through the CLI need terraform or tofu on PATH")
		}
	}
	folder, err := os.MkdirTemp("", "talq-chaos-")
	if err != nil {
		return nil, nil, err
	}
	tidy := func() error { return os.RemoveAll(folder) }
	t := &tools{cli: cli, folder: folder}
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", t.binary(), provided) //nolint:gosec // all but the folder is constant
	if output, err := build.CombinedOutput(); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("the provider does not build: %w\n%s", err, output), tidy())
	}
	overrides := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, filepath.ToSlash(t.providerFolder()))
	if err := os.WriteFile(t.config(), []byte(overrides), 0o600); err != nil {
		return nil, nil, errors.Join(err, tidy())
	}
	return t.open, tidy, nil
}

func (t *tools) providerFolder() string { return filepath.Join(t.folder, "provider") }
func (t *tools) binary() string         { return filepath.Join(t.providerFolder(), "terraform-provider-talq") }
func (t *tools) config() string         { return filepath.Join(t.folder, "cli.tfrc") }

// open is the [opener] of this driver.
func (t *tools) open(_ context.Context, server *fakeapi.Server) (driver, error) {
	folder, err := os.MkdirTemp(t.folder, "storm-")
	if err != nil {
		return nil, err
	}
	return &commandLine{tools: t, folder: folder, baseURL: server.BaseURL(), token: server.Token()}, nil
}

// commandLine drives the real CLI in a folder of its own.
type commandLine struct {
	*tools
	folder, baseURL, token string

	mu      sync.Mutex
	running *os.Process // nil between commands
}

// apply implements [driver].
func (d *commandLine) apply(ctx context.Context, c configuration, settings settings) run {
	if err := d.write(c, settings); err != nil {
		return run{errors: []string{err.Error()}}
	}
	_, r := d.command(ctx, "apply", "-auto-approve", "-input=false", "-no-color")
	return r
}

// plan implements [driver].
func (d *commandLine) plan(ctx context.Context, c configuration, settings settings) ([]string, run) {
	if err := d.write(c, settings); err != nil {
		return nil, run{errors: []string{err.Error()}}
	}
	code, r := d.command(ctx, "plan", "-detailed-exitcode", "-input=false", "-no-color")
	if code != 2 {
		return nil, r
	}
	return strings.Split(strings.TrimSpace(r.output), "\n"), run{output: r.output}
}

// state implements [driver].
func (d *commandLine) state(ctx context.Context) (map[string]attributes, error) {
	show := d.prepare(ctx, "show", "-json")
	output, err := show.Output()
	if err != nil {
		return nil, fmt.Errorf("terraform show: %w", err)
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

// interrupt implements [driver].
func (d *commandLine) interrupt() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running != nil {
		_ = d.running.Signal(os.Interrupt) // it may have ended by itself
	}
}

// kill implements [driver]. Terraform lives on, and reports that the provider has died.
func (d *commandLine) kill() int { return killAll(d.binary()) }

// close implements [driver].
func (d *commandLine) close() error { return os.RemoveAll(d.folder) }

// write writes the configuration. The token is in the file: the fake's opens nothing.
func (d *commandLine) write(c configuration, settings settings) error {
	head := fmt.Sprintf("terraform {\n  required_providers {\n    talq = { source = %q }\n  }\n}\n"+
		"provider \"talq\" {\n  base_url        = %q\n  token           = %q\n  max_retries     = %d\n  request_timeout = %d\n}\n",
		source, d.baseURL, d.token, settings.retries, settings.timeout)
	return os.WriteFile(filepath.Join(d.folder, "main.tf"), []byte(head+c.hcl()), 0o600)
}

func (d *commandLine) prepare(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, d.cli, args...) //nolint:gosec // the CLI on PATH, with arguments from here
	command.Dir = d.folder
	command.Env = d.environment()
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = time.Minute
	return command
}

// environment is this process's without what would change a run.
func (d *commandLine) environment() []string {
	env := []string{"TF_CLI_CONFIG_FILE=" + d.config(), "CHECKPOINT_DISABLE=1"}
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "TALQ_") && !strings.HasPrefix(name, "TALKOVER_") && name != "CHECKPOINT_DISABLE" {
			env = append(env, entry)
		}
	}
	return env
}

// command runs the CLI. With -detailed-exitcode the code 2 is no error.
func (d *commandLine) command(ctx context.Context, args ...string) (code int, r run) {
	var output bytes.Buffer
	command := d.prepare(ctx, args...)
	command.Stdout, command.Stderr = &output, &output
	err := command.Start()
	if err == nil {
		d.remember(command.Process)
		err = command.Wait()
		d.remember(nil)
	}
	r.output = output.String()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return 2, r
	case err != nil:
		r.fail("%s %s: %v\n%s", filepath.Base(d.cli), args[0], err, r.output)
		return 1, r
	}
	return 0, r
}

func (d *commandLine) remember(p *os.Process) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.running = p
}
