package acctest

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// Result is what a command of the CLI ended with.
type Result struct {
	t      *testing.T
	What   string
	Code   int
	Output string // stdout and stderr, white space folded, without the frames of diagnostics
	Stdout []byte
}

// cliDiagnostic is one of a command that was run with -json. Without that the CLI
// shows several of one summary as one.
type cliDiagnostic struct{ Severity, Summary, Detail string }

func (r Result) diagnostics() []cliDiagnostic {
	r.t.Helper()
	var all []cliDiagnostic
	for line := range bytes.Lines(r.Stdout) {
		var message struct{ Diagnostic cliDiagnostic }
		if err := json.Unmarshal(line, &message); err != nil {
			r.t.Fatalf("%s: %v in %s", r.What, err, line)
		}
		if message.Diagnostic.Severity != "" {
			all = append(all, message.Diagnostic)
		}
	}
	return all
}

// DiagnosticAbout returns the one error or warning that holds the text, with its
// summary.
func (r Result) DiagnosticAbout(t *testing.T, severity, text string) string {
	t.Helper()
	var found []string
	for _, d := range r.diagnostics() {
		if all := d.Summary + ": " + d.Detail; d.Severity == severity && strings.Contains(all, text) {
			found = append(found, all)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s: %d times %s about %q, want 1: %q", r.What, len(found), severity, text, found)
	}
	return found[0]
}

// Exits expects an exit code.
func (r Result) Exits(code int) Result {
	r.t.Helper()
	if r.Code != code {
		r.t.Fatalf("%s: exit code %d, want %d\n%s", r.What, r.Code, code, r.Output)
	}
	return r
}

// Says expects texts in the output, whatever line breaks are in them.
func (r Result) Says(texts ...string) Result {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.Output, strings.Join(strings.Fields(text), " ")) {
			r.t.Errorf("%s: the output lacks %q\n%s", r.What, text, r.Output)
		}
	}
	return r
}

// SaysNot expects texts not to be in the output.
func (r Result) SaysNot(texts ...string) Result {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.Output, strings.Join(strings.Fields(text), " ")) {
			r.t.Errorf("%s: the output holds %q\n%s", r.What, text, r.Output)
		}
	}
	return r
}
