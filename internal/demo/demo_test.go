package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// needCLI skips a test where it would have to download Terraform.
func needCLI(t *testing.T) cli {
	t.Helper()
	c := newChooser(t.TempDir(), &bytes.Buffer{})
	c.install = func(context.Context) (string, error) { return "", errors.New("not in a test") }
	chosen, err := c.choose(t.Context())
	if err != nil {
		t.Skip("no terraform or tofu on PATH that is new enough")
	}
	readSources(t)
	return chosen
}

// readSources opens the files that the built provider consists of. It is built by a
// command, so `go test` would not know else that its cached result is stale.
func readSources(t *testing.T) {
	t.Helper()
	for _, root := range []string{"../../go.mod", "../../main.go", "../provider", "../talq"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			file, err := os.Open(path)
			if err != nil {
				return err
			}
			return file.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// varying is what differs from run to run: times, revisions, addresses and folders.
var varying = regexp.MustCompile(`\d{4}-\d\d-\d\d|\d\d:\d\d|[0-9a-f]{8}-|127\.0\.0\.1|localhost|talq-demo-|\d+(\.\d+)?m?s\b`)

func TestDemo(t *testing.T) {
	t.Parallel()
	needCLI(t)
	folder := t.TempDir()
	var out, notes bytes.Buffer
	if err := run(t.Context(), options{out: &out, notes: &notes, folder: folder}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	wantEmpty(t, folder)
	if found := varying.FindString(out.String()); found != "" || strings.Contains(out.String(), folder) {
		t.Errorf("the output varies from run to run: %q in\n%s", found, out.String())
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := withOutput(string(readme), inTermsOfTerraform(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	if want != string(readme) {
		t.Errorf("README.md shows another output than this. Run `go run ./internal/demo -update-readme`.\n%s", out.String())
	}
}

// TestKeep plays on as a person would, by the very commands that are printed.
func TestKeep(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a Unix shell")
	}
	chosen := needCLI(t)
	folder := t.TempDir()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	out := newWatched("-X DELETE")
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, options{out: out, notes: &bytes.Buffer{}, keep: true, folder: folder}) }()
	select {
	case err := <-ended:
		t.Fatalf("did not wait: %v\n%s", err, out.String())
	case <-out.seen:
	}

	var exports, requests []string
	baseURL := ""
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "export "), strings.HasPrefix(line, "cd "):
			exports = append(exports, line)
			if value, ok := strings.CutPrefix(line, "export TALQ_BASE_URL="); ok {
				baseURL = strings.Trim(value, "'")
			}
		case strings.HasPrefix(line, "curl "):
			requests = append(requests, line)
		}
	}
	plan := chosen.name + " plan"
	if len(exports) != 4 || len(requests) != 2 || !strings.Contains(out.String(), "     "+plan+"\n") {
		t.Fatalf("printed:\n%s", out.String())
	}
	shell := func(command string) (string, int) {
		cmd := exec.CommandContext(t.Context(), "sh", "-ec", strings.Join(append(exports, command), "\n"))
		output, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(output), cmd.ProcessState.ExitCode()
	}
	if output, code := shell(plan + " -no-color -detailed-exitcode"); code != 0 {
		t.Errorf("the first plan: exit code %d\n%s", code, output)
	}
	if _, err := exec.LookPath("curl"); err == nil {
		if output, code := shell(requests[0]); code != 0 || strings.Count(output, `"input_schema"`) != 4 {
			t.Errorf("the listing: exit code %d\n%s", code, output)
		}
		if output, code := shell(requests[1]); code != 0 || !strings.Contains(output, `"success":true`) {
			t.Errorf("the deletion: exit code %d\n%s", code, output)
		}
		if output, code := shell(plan + " -no-color -detailed-exitcode"); code != 2 || !strings.Contains(output, "1 to add, 1 to change") || !strings.Contains(output, `"draft" -> "published"`) {
			t.Errorf("the plan after it: exit code %d\n%s", code, output)
		}
	}

	interrupt()
	if err := <-ended; err != nil {
		t.Errorf("an interruption after the last step is no failure, but gives %v", err)
	}
	wantEmpty(t, folder)
	if response, err := http.Get(baseURL + "/health"); err == nil {
		_ = response.Body.Close()
		t.Error("the stand-in still runs")
	}
}

// TestInterruption ends the demo as soon as its third step, a plan, begins.
func TestInterruption(t *testing.T) {
	t.Parallel()
	needCLI(t)
	folder := t.TempDir()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	out := newWatched("\n3. ")
	go func() {
		<-out.seen
		interrupt()
	}()
	if err := run(ctx, options{out: out, notes: &bytes.Buffer{}, folder: folder}); !errors.Is(err, errInterrupted) {
		t.Errorf("error %v\n%s", err, out.String())
	}
	wantEmpty(t, folder)
}

func TestConfigurationIsFormatted(t *testing.T) {
	t.Parallel()
	chosen := needCLI(t)
	tf, err := tfexec.NewTerraform("config", chosen.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := tf.SetEnv(cleanEnv()); err != nil {
		t.Fatal(err)
	}
	if formatted, files, err := tf.FormatCheck(t.Context()); err != nil || !formatted {
		t.Errorf("not formatted: %v, %v", files, err)
	}
}

func TestReadme(t *testing.T) {
	t.Parallel()
	const block = "# Title\n" + readmeStart + "\n```text\nnew\n```\n" + readmeEnd + "\nrest\n"
	for _, before := range []string{"# Title\n" + readmeStart + "\n" + readmeEnd + "\nrest\n", "# Title\n" + readmeStart + "\n```text\nold\n```\n" + readmeEnd + "\nrest\n", block} {
		if got, err := withOutput(before, "\nnew\n\n"); err != nil || got != block {
			t.Errorf("%q, %v", got, err)
		}
	}
	for _, without := range []string{"", readmeStart, readmeEnd + readmeStart} {
		if _, err := withOutput(without, "new"); err == nil {
			t.Errorf("%q has no place for the output", without)
		}
	}
	if got := inTermsOfTerraform("code for OpenTofu\n3. Ask: tofu plan\n"); got != "code for Terraform\n3. Ask: terraform plan\n" {
		t.Errorf("%q", got)
	}
}

func TestStart(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	if err := start(t.Context(), []string{"-nonsense"}, os.Stdout, &stderr); err == nil || !strings.Contains(stderr.String(), "-update-readme") {
		t.Errorf("error %v, printed %q", err, stderr.String())
	}
	if err := start(t.Context(), []string{"twice"}, os.Stdout, &stderr); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("error %v", err)
	}
	for value, want := range map[string]bool{"": false, "0": false, "1": true, "yes": true} {
		if isOn(value) != want {
			t.Errorf("KEEP=%q", value)
		}
	}
}

func wantEmpty(t *testing.T, folder string) {
	t.Helper()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// watched is an output that tells when a text has been written.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
	want string
	once sync.Once
	seen chan struct{}
}

func newWatched(want string) *watched {
	return &watched{want: want, seen: make(chan struct{})}
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.text.Write(p)
	if strings.Contains(w.text.String(), w.want) {
		w.once.Do(func() { close(w.seen) })
	}
	return n, err
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
