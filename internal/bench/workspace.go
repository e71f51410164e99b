package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// workspace is the temporary folder with the built provider and the configurations.
type workspace struct {
	root string
	// provider is the built binary.
	provider string
	// cliConfig is the CLI configuration file with the dev override.
	cliConfig string
	cli       string
}

// newWorkspace builds the provider. The caller removes root.
func newWorkspace(ctx context.Context, cli string) (*workspace, error) {
	if cli == "" {
		for _, name := range []string{"terraform", "tofu"} {
			if path, err := exec.LookPath(name); err == nil {
				cli = path
				break
			}
		}
	}
	if cli == "" {
		return nil, errors.New("there is neither terraform nor tofu on PATH; install one of them, 1.11 or newer, or name it with -cli")
	}
	root, err := os.MkdirTemp("", "talq-bench-")
	if err != nil {
		return nil, err
	}
	// The kernel names a running program by its real path.
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	w := &workspace{root: root, cli: cli, provider: filepath.Join(root, "provider", "terraform-provider-talq"), cliConfig: filepath.Join(root, "cli.tfrc")}
	if runtime.GOOS == "windows" {
		w.provider += ".exe"
	}
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", w.provider, "github.com/talqover/terraform-provider-talq") //nolint:gosec // all but the folder is constant
	if output, err := build.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("go build: %w\n%s", err, output), w.remove())
	}
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n",
		"talqover/talq", filepath.ToSlash(filepath.Dir(w.provider)))
	if err := os.WriteFile(w.cliConfig, []byte(override), 0o600); err != nil {
		return nil, errors.Join(err, w.remove())
	}
	return w, nil
}

func (w *workspace) remove() error { return os.RemoveAll(w.root) }

// folder is where one configuration and its state lie.
type folder struct {
	*workspace
	path string
	env  []string
}

// foreign are the beginnings of the variables that would let the user's own set-up, or a
// real account, leak into the runs.
var foreign = []string{"TF_", "TOFU_", "TALQ_", "TALKOVER_"}

// folder makes a folder with a configuration in it.
func (w *workspace) folder(configuration string, variables ...string) (*folder, error) {
	path, err := os.MkdirTemp(w.root, "run-")
	if err != nil {
		return nil, err
	}
	f := &folder{workspace: w, path: path, env: append(variables, "TF_CLI_CONFIG_FILE="+w.cliConfig, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")}
	for _, entry := range os.Environ() {
		isForeign := false
		for _, beginning := range foreign {
			isForeign = isForeign || strings.HasPrefix(strings.ToUpper(entry), beginning)
		}
		if !isForeign {
			f.env = append(f.env, entry)
		}
	}
	return f, os.WriteFile(filepath.Join(path, "main.tf"), []byte(configuration), 0o600)
}

// run runs the CLI and expects it to end with a code. The CPU time is that of
// the CLI and of the processes that it has waited for.
func (f *folder) run(ctx context.Context, code int, args ...string) (text string, cpu time.Duration, err error) {
	command := exec.CommandContext(ctx, f.cli, args...) //nolint:gosec // the CLI that the caller has chosen
	command.Dir, command.Env = f.path, f.env
	// Interrupted, it ends its provider; killed, it would leave it behind.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	output, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return "", 0, ctx.Err()
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return "", 0, err
	}
	if found := command.ProcessState.ExitCode(); found != code {
		return "", 0, fmt.Errorf("%s %s ended with the code %d instead of %d:\n%s", filepath.Base(f.cli), strings.Join(args, " "), found, code, output)
	}
	return string(output), command.ProcessState.UserTime() + command.ProcessState.SystemTime(), nil
}

// machine are the facts that the times depend on.
func (w *workspace) machine(ctx context.Context) (string, error) {
	f, err := w.folder("")
	if err != nil {
		return "", err
	}
	version, _, err := f.run(ctx, 0, "version")
	if err != nil {
		return "", err
	}
	first, _, _ := strings.Cut(version, "\n")
	return fmt.Sprintf("%s/%s, %d cores, %s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), strings.TrimSpace(first)), nil
}

// attributes are those of a realistic action, as an object of HCL has them.
const attributes = `
    node_id              = each.key
    name                 = "Appointment ${each.value}"
    description          = each.value == 0 ? var.first_description : "Books an appointment, once the caller has agreed to a day and a time."
    type                 = "webhook"
    url                  = "https://calendar.example.com/appointments/${each.value}"
    authorization_scheme = "api_key"
    custom_headers       = { "X-Api-Key" = "key-of-the-calendar", "X-Practice" = "bright-smile" }
    speak_on_send        = "One moment, I am booking that for you."
    speak_on_receive     = "Done. We look forward to seeing you."
    inputs = [
      { name = "patient", required = true, description = "The patient's first and last name." },
      { name = "starts_at", required = true, description = "The agreed day and time." },
      { name = "new_patient", type = "boolean", description = "Whether this is the first visit." },
      { name = "minutes", type = "integer", value = "30" },
      { name = "rooms", type = "array", value = jsonencode(["blue", "green"]) },
    ]
`

const firstDescription = `variable "first_description" {
  default = "Books an appointment for a new patient."
}
`

// actionsConfiguration spreads actions over agents, each with its publication. What for_each
// takes is a local value, since Terraform evaluates that once and for_each for each instance.
func actionsConfiguration(actions int, agents []string) string {
	var b strings.Builder
	b.WriteString("terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n\n" + firstDescription)
	for i, agent := range agents {
		fmt.Fprintf(&b, `
locals {
  agent_%[1]d = { for number in range(%[2]d, %[3]d, %[4]d) : "appointment-${number}" => number }
}

resource "talq_action" "agent_%[1]d" {
  for_each = local.agent_%[1]d
    agent_id = %[5]q%[6]s}

resource "talq_agent_publication" "agent_%[1]d" {
  agent_id = %[5]q
  triggers = { for key, action in talq_action.agent_%[1]d : key => action.revision }
}
`, i+1, i, actions, len(agents), agent, attributes)
	}
	return b.String()
}

// floorConfiguration has as many resources that are built into Terraform, with the same
// attributes.
func floorConfiguration(actions int) string {
	return firstDescription + fmt.Sprintf(`
locals {
  agent_1 = { for number in range(%d) : "appointment-${number}" => number }
}

resource "terraform_data" "action" {
  for_each = local.agent_1
  input = {
    agent_id = "agent-1"%s  }
}
`, actions, attributes)
}
