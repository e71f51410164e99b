package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestMain lets the tests run the demo as a person does, in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("DEMO_UNDER_TEST") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// demo returns a command that runs the demo with its temporary files in folder. A user's
// own set-up is all around it.
func demo(t *testing.T, folder string, env ...string) (command *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("no terraform on PATH, and a test downloads none")
	}
	if runtime.GOOS == "windows" {
		t.Skip("needs a Unix shell, and to interrupt a process")
	}
	// A command builds the provider, so `go test` would not know else that its cached
	// result is stale.
	nouns, err := filepath.Glob("../provider/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, sources := range append(nouns, "../..", "../talq", "../provider") {
		if _, err := os.ReadDir(sources); err != nil && filepath.Ext(sources) != ".go" {
			t.Fatal(err)
		}
	}
	stderr = &bytes.Buffer{}
	command = exec.CommandContext(t.Context(), os.Args[0])
	command.Stderr = stderr
	command.Env = append(os.Environ(), "DEMO_UNDER_TEST=1", "TMPDIR="+folder, "KEEP=", "CLICOLOR_FORCE=", "TALQ_TOKEN=a-real-token",
		"TALQ_BASE_URL=http://127.0.0.1:1", "TF_CLI_CONFIG_FILE=/nowhere", "TF_CLI_ARGS_plan=-nonsense", "TF_VAR_agent_id=another")
	command.Env = append(command.Env, env...)
	return command, stderr
}

func TestDemoPrintsWhatItsPageSays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	command, stderr := demo(t, folder)
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, output, stderr)
	}
	wantEmpty(t, folder)
	for _, secret := range []string{"a-real-token", "talq_fake_", "not-a-real-key"} {
		if strings.Contains(string(output)+stderr.String(), secret) {
			t.Errorf("%q is in the output:\n%s%s", secret, output, stderr)
		}
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want, err := withOutput(string(readme), string(output)); err != nil || want != string(readme) {
		t.Errorf("README.md shows another output than this (%v). Run make demo-page.\n%s", err, output)
	}
}

// TestAStepThatDoesNothingFails runs a Terraform whose apply succeeds without doing anything.
func TestAStepThatDoesNothingFails(t *testing.T) {
	t.Parallel()
	folder, bin := t.TempDir(), t.TempDir()
	command, stderr := demo(t, folder, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\n[ \"$1\" = apply ] && exit 0\nexec " + quoteForShell(terraform) + " \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "terraform"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	output, err := command.Output()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("the demo ended with %v", err)
	}
	if !strings.Contains(stderr.String(), "failed at step 4: ") || strings.Contains(string(output), "\n5. ") {
		t.Errorf("printed:\n%s%s", output, stderr)
	}
	wantEmpty(t, folder)
}

// TestKeep plays on as a person would, by the very commands that are printed.
func TestKeep(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	command, stderr := demo(t, folder, "KEEP=1")
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var setUp, requests []string
	baseURL := ""
	lines := bufio.NewScanner(stdout)
	for len(requests) < 2 && lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(line, "export "), strings.HasPrefix(line, "cd "):
			setUp = append(setUp, line)
			if value, ok := strings.CutPrefix(line, "export TALQ_BASE_URL="); ok {
				baseURL = strings.Trim(value, "'")
			}
		case strings.HasPrefix(line, "curl "):
			requests = append(requests, line)
		}
	}
	if len(requests) < 2 {
		t.Fatalf("the demo did not say how to play on: %v\n%s", command.Wait(), stderr)
	}
	shell := func(line string, code int, want string) {
		shell := exec.CommandContext(t.Context(), "sh", "-ec", strings.Join(append(setUp, line), "\n"))
		output, err := shell.CombinedOutput()
		if got := shell.ProcessState.ExitCode(); got != code || !strings.Contains(string(output), want) {
			t.Errorf("%s: %v, want the exit code %d and %q in\n%s", line, err, code, want, output)
		}
	}
	shell("terraform fmt -check", 0, "")
	shell("terraform plan -no-color -detailed-exitcode", 0, "No changes")
	if _, err := exec.LookPath("curl"); err == nil {
		shell(requests[0], 0, `"Transfer to reception"`)
		shell(requests[1], 0, `"success":true`)
		shell("terraform plan -no-color -detailed-exitcode", 2, "1 to add, 1 to change")
	}

	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, stdout); err != nil {
		t.Error(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("an interruption after the last step must not fail the demo, which ended with %v\n%s", err, stderr)
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
	folder := t.TempDir()
	command, stderr := demo(t, folder)
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "3. ") {
			if err := command.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := command.Wait(); err == nil || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("the demo ended with %v\n%s", err, stderr)
	}
	wantEmpty(t, folder)
}

func wantEmpty(t *testing.T, folder string) {
	t.Helper()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
