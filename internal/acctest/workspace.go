package acctest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Text reads a file of the folder.
func (w *Workspace) Text(name string) string {
	w.T.Helper()
	text, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
	if err != nil {
		w.T.Fatal(err)
	}
	return string(text)
}

// Replace changes a text in a file of the recipe, as somebody with an editor does.
func (w *Workspace) Replace(name, old, with string) {
	w.T.Helper()
	text := w.Text(name)
	if !strings.Contains(text, old) {
		w.T.Fatalf("%s lacks %q", name, old)
	}
	w.Write(name, strings.ReplaceAll(text, old, with))
}

// Workspace is a folder in which the real Terraform CLI runs against the
// provider in this process. Unlike a test case of terraform-plugin-testing it
// shows exit codes, warnings and the JSON plan.
type Workspace struct {
	T      *testing.T
	Dir    string
	Attach string
	Env    []string // beside the process's own

	running atomic.Pointer[os.Process] // of the last command
}

// NewWorkspace makes a folder with the given provider block, and serves the
// provider for it.
func NewWorkspace(t *testing.T, block string) *Workspace {
	t.Helper()
	w := &Workspace{T: t, Dir: t.TempDir(), Attach: Serve(t)}
	w.Write("provider.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"+block)
	return w
}

// Write puts a file into the folder, or into one below it.
func (w *Workspace) Write(name, content string) {
	w.T.Helper()
	file := filepath.Join(w.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		w.T.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		w.T.Fatal(err)
	}
}

// RowAddress and rowNode name the block of a table's row, where the rows of a test
// stand side by side in one workspace: a start of the CLI costs more than a row.
func RowAddress(i int) string { return fmt.Sprintf("a%d", i) }

// RowNode is the node id of the i-th row.
func RowNode(i int) string { return fmt.Sprintf("row-%d", i) }

// SideBySide writes a block for each of n rows.
func SideBySide(n int, block func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(block(i))
	}
	return b.String()
}

// Remove takes a file out of the folder.
func (w *Workspace) Remove(name string) {
	w.T.Helper()
	if err := os.Remove(filepath.Join(w.Dir, name)); err != nil {
		w.T.Fatal(err)
	}
}

// Terraform runs the CLI, whatever it ends with.
func (w *Workspace) Terraform(args ...string) Result {
	w.T.Helper()
	cli := CLIPath()
	cmd := exec.Command(cli, args...)
	cmd.Dir = w.Dir
	cmd.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+w.Attach, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_ARGS=-no-color",
		"GOGC=off") // the CLI lives for a fraction of a second: collecting garbage only costs time
	cmd.Env = append(cmd.Env, w.Env...)
	var stdout bytes.Buffer
	var both output
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&stdout, &both), &both
	err := cmd.Start()
	if err == nil {
		w.running.Store(cmd.Process)
		err = cmd.Wait()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.T.Fatalf("cannot run %s: %v", cli, err)
	}
	text := strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(both.text.String())
	return Result{w.T, "terraform " + strings.Join(args, " "), cmd.ProcessState.ExitCode(), strings.Join(strings.Fields(text), " "), stdout.Bytes()}
}

// Interrupt does what Ctrl-C does to the command that is running, if one is.
func (w *Workspace) Interrupt() {
	if process := w.running.Load(); process != nil {
		_ = process.Signal(os.Interrupt) // it may be over
	}
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

// Apply applies the folder's configuration and expects success.
func (w *Workspace) Apply(args ...string) Result {
	w.T.Helper()
	return w.Terraform(append([]string{"apply", "-auto-approve", "-input=false"}, args...)...).Exits(0)
}

// ApplyFails applies and expects an error.
func (w *Workspace) ApplyFails(args ...string) Result {
	w.T.Helper()
	return w.Terraform(append([]string{"apply", "-auto-approve", "-input=false"}, args...)...).Exits(1)
}

// Destroy destroys everything and expects success.
func (w *Workspace) Destroy(args ...string) Result {
	w.T.Helper()
	return w.Terraform(append([]string{"destroy", "-auto-approve", "-input=false"}, args...)...).Exits(0)
}

// PlanEmpty expects a plan without changes.
func (w *Workspace) PlanEmpty(args ...string) Result {
	w.T.Helper()
	return w.Terraform(append([]string{"plan", "-detailed-exitcode", "-input=false"}, args...)...).Exits(0)
}

// PlanFails expects a plan that ends in an error.
func (w *Workspace) PlanFails(args ...string) Result {
	w.T.Helper()
	return w.Terraform(append([]string{"plan", "-input=false"}, args...)...).Exits(1)
}
