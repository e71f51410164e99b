package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// providerAddress is what the configurations of the tests call the provider by.
const providerAddress = "registry.terraform.io/talqover/talq"

// workspace is a folder in which the real Terraform CLI runs against the
// provider in this process. Unlike a test case of terraform-plugin-testing it
// shows exit codes, warnings and the JSON plan.
type workspace struct {
	t      *testing.T
	dir    string
	attach string
	env    []string // beside the process's own
}

// newWorkspace makes a folder with the given provider block, and serves the
// provider for it.
func newWorkspace(t *testing.T, block string) *workspace {
	t.Helper()
	w := &workspace{t: t, dir: t.TempDir(), attach: serve(t)}
	w.write("provider.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"+block)
	return w
}

// serve starts the provider's server and gives the text by which the CLI finds
// it.
func serve(t *testing.T) string {
	t.Helper()
	return serveAll(t, map[string]func() provider.Provider{providerAddress: func() provider.Provider { return testProvider() }})
}

// serveAll is serve for several providers, by address.
func serveAll(t *testing.T, providers map[string]func() provider.Provider) string {
	t.Helper()
	served := map[string]any{}
	for address, newProvider := range providers {
		served[address] = serveOne(t, address, newProvider)
		served[otherRegistry(address)] = served[address]
	}
	text, err := json.Marshal(served)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// otherRegistry is the address under which OpenTofu looks for a provider: to it, a
// source without a host is one of its own registry.
func otherRegistry(address string) string {
	return strings.Replace(address, "registry.terraform.io/", "registry.opentofu.org/", 1)
}

func serveOne(t *testing.T, address string, newProvider func() provider.Provider) map[string]any {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	configs := make(chan *plugin.ReattachConfig)
	closed := make(chan struct{})
	go func() {
		err := tf6server.Serve(address, func() tfprotov6.ProviderServer {
			server, err := providerserver.NewProtocol6WithError(newProvider())()
			if err != nil {
				t.Error(err)
			}
			return server
		}, tf6server.WithDebug(ctx, configs, closed), tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithLoggingSink(t))
		if err != nil {
			t.Error(err)
		}
	}()
	config := <-configs
	t.Cleanup(func() {
		cancel()
		<-closed
	})
	type at struct{ Network, String string }
	return map[string]any{
		"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
		"Addr": at{config.Addr.Network(), config.Addr.String()},
	}
}

// write puts a file into the folder, or into one below it.
func (w *workspace) write(name, content string) {
	w.t.Helper()
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// rowAddress and rowNode name the block of a table's row, where the rows of a test
// stand side by side in one workspace: a start of the CLI costs more than a row.
func rowAddress(i int) string { return fmt.Sprintf("a%d", i) }

func rowNode(i int) string { return fmt.Sprintf("row-%d", i) }

// sideBySide writes a block for each of n rows.
func sideBySide(n int, block func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(block(i))
	}
	return b.String()
}

// remove takes a file out of the folder.
func (w *workspace) remove(name string) {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.dir, name)); err != nil {
		w.t.Fatal(err)
	}
}

// result is what a command of the CLI ended with.
type result struct {
	t      *testing.T
	what   string
	code   int
	output string // stdout and stderr, white space folded, without the frames of diagnostics
	stdout []byte
}

// cliPath is the CLI that the tests drive: terraform on PATH, or what the
// variable of terraform-plugin-testing names.
func cliPath() string {
	if cli := os.Getenv("TF_ACC_TERRAFORM_PATH"); cli != "" {
		return cli
	}
	return "terraform"
}

// terraform runs the CLI, whatever it ends with.
func (w *workspace) terraform(args ...string) result {
	w.t.Helper()
	cli := cliPath()
	cmd := exec.Command(cli, args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+w.attach, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_ARGS=-no-color",
		"GOGC=off") // the CLI lives for a fraction of a second: collecting garbage only costs time
	cmd.Env = append(cmd.Env, w.env...)
	var stdout bytes.Buffer
	var both output
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&stdout, &both), &both
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("cannot run %s: %v", cli, err)
	}
	text := strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(both.text.String())
	return result{w.t, "terraform " + strings.Join(args, " "), cmd.ProcessState.ExitCode(), strings.Join(strings.Fields(text), " "), stdout.Bytes()}
}

// output takes what two streams write at once.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

// apply applies the folder's configuration and expects success.
func (w *workspace) apply(args ...string) result {
	w.t.Helper()
	return w.terraform(append([]string{"apply", "-auto-approve", "-input=false"}, args...)...).exits(0)
}

// applyFails applies and expects an error.
func (w *workspace) applyFails(args ...string) result {
	w.t.Helper()
	return w.terraform(append([]string{"apply", "-auto-approve", "-input=false"}, args...)...).exits(1)
}

// destroy destroys everything and expects success.
func (w *workspace) destroy(args ...string) result {
	w.t.Helper()
	return w.terraform(append([]string{"destroy", "-auto-approve", "-input=false"}, args...)...).exits(0)
}

// planEmpty expects a plan without changes.
func (w *workspace) planEmpty(args ...string) result {
	w.t.Helper()
	return w.terraform(append([]string{"plan", "-detailed-exitcode", "-input=false"}, args...)...).exits(0)
}

// planFails expects a plan that ends in an error.
func (w *workspace) planFails(args ...string) result {
	w.t.Helper()
	return w.terraform(append([]string{"plan", "-input=false"}, args...)...).exits(1)
}

// planChanges expects a plan with changes and gives it, by resource address.
func (w *workspace) planChanges(args ...string) map[string]*tfjson.Change {
	w.t.Helper()
	w.terraform(append([]string{"plan", "-detailed-exitcode", "-input=false", "-out=saved.tfplan"}, args...)...).exits(2)
	var plan tfjson.Plan
	if err := json.Unmarshal(w.terraform("show", "-json", "saved.tfplan").exits(0).stdout, &plan); err != nil {
		w.t.Fatal(err)
	}
	changes := map[string]*tfjson.Change{}
	for _, r := range plan.ResourceChanges {
		if !r.Change.Actions.NoOp() && !r.Change.Actions.Read() {
			changes[r.Address] = r.Change
		}
	}
	return changes
}

// state returns the attributes of the root module's resources and data sources in
// the state, by address. It reads the file itself: a start of the CLI costs more
// than all else that a test does.
func (w *workspace) state() map[string]map[string]any {
	w.t.Helper()
	resources := map[string]map[string]any{}
	text, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return resources // nothing was ever stored
	}
	if err != nil {
		w.t.Fatal(err)
	}
	var state struct {
		Version   int
		Resources []struct {
			Module, Mode, Type, Name string
			Instances                []struct {
				Key        any `json:"index_key"`
				Status     string
				Deposed    string
				Attributes map[string]any
			}
		}
	}
	if err := json.Unmarshal(text, &state); err != nil {
		w.t.Fatal(err)
	}
	if state.Version != 4 {
		w.t.Fatalf("the state has version %d, want 4", state.Version)
	}
	for _, r := range state.Resources {
		if r.Module != "" {
			continue
		}
		for _, instance := range r.Instances {
			address := r.Type + "." + r.Name
			if r.Mode == "data" {
				address = "data." + address
			}
			if instance.Key != nil {
				key, err := json.Marshal(instance.Key)
				if err != nil {
					w.t.Fatal(err)
				}
				address += "[" + string(key) + "]"
			}
			if instance.Status != "" || instance.Deposed != "" {
				w.t.Errorf("%s is %s %s", address, instance.Status, instance.Deposed)
			}
			resources[address] = instance.Attributes
		}
	}
	return resources
}

// cliDiagnostic is one of a command that was run with -json. Without that the CLI
// shows several of one summary as one.
type cliDiagnostic struct{ Severity, Summary, Detail string }

func (r result) diagnostics() []cliDiagnostic {
	r.t.Helper()
	var all []cliDiagnostic
	for line := range bytes.Lines(r.stdout) {
		var message struct{ Diagnostic cliDiagnostic }
		if err := json.Unmarshal(line, &message); err != nil {
			r.t.Fatalf("%s: %v in %s", r.what, err, line)
		}
		if message.Diagnostic.Severity != "" {
			all = append(all, message.Diagnostic)
		}
	}
	return all
}

// diagnosticAbout returns the one error or warning that holds the text, with its
// summary.
func (r result) diagnosticAbout(t *testing.T, severity, text string) string {
	t.Helper()
	var found []string
	for _, d := range r.diagnostics() {
		if all := d.Summary + ": " + d.Detail; d.Severity == severity && strings.Contains(all, text) {
			found = append(found, all)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s: %d times %s about %q, want 1: %q", r.what, len(found), severity, text, found)
	}
	return found[0]
}

// exits expects an exit code.
func (r result) exits(code int) result {
	r.t.Helper()
	if r.code != code {
		r.t.Fatalf("%s: exit code %d, want %d\n%s", r.what, r.code, code, r.output)
	}
	return r
}

// says expects texts in the output, whatever line breaks are in them.
func (r result) says(texts ...string) result {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.output, strings.Join(strings.Fields(text), " ")) {
			r.t.Errorf("%s: the output lacks %q\n%s", r.what, text, r.output)
		}
	}
	return r
}

// saysNot expects texts not to be in the output.
func (r result) saysNot(texts ...string) result {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.output, strings.Join(strings.Fields(text), " ")) {
			r.t.Errorf("%s: the output holds %q\n%s", r.what, text, r.output)
		}
	}
	return r
}
