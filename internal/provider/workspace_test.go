package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	tfjson "github.com/hashicorp/terraform-json"
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
	ctx, cancel := context.WithCancel(context.Background())
	configs := make(chan *plugin.ReattachConfig)
	closed := make(chan struct{})
	go func() {
		err := tf6server.Serve(providerAddress, func() tfprotov6.ProviderServer {
			server, err := providerserver.NewProtocol6WithError(testProvider())()
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
	type address struct{ Network, String string }
	text, err := json.Marshal(map[string]any{providerAddress: map[string]any{
		"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
		"Addr": address{config.Addr.Network(), config.Addr.String()},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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

// state gives the attributes of the resources in the state, by address.
func (w *workspace) state() map[string]map[string]any {
	w.t.Helper()
	var state tfjson.State
	if err := json.Unmarshal(w.terraform("show", "-json").exits(0).stdout, &state); err != nil {
		w.t.Fatal(err)
	}
	resources := map[string]map[string]any{}
	if state.Values == nil {
		return resources
	}
	for _, r := range state.Values.RootModule.Resources {
		if r.Tainted {
			w.t.Errorf("%s is tainted", r.Address)
		}
		resources[r.Address] = r.AttributeValues
	}
	return resources
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
