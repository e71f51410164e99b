package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// mismatch is a check that did not hold.
type mismatch struct{ expected, seen string }

func (m *mismatch) Error() string {
	return "expected " + m.expected + ", but saw " + m.seen
}

// same compares what a step should have brought about with what is there.
func same[T any](what string, want, got T) error {
	expected, seen := fmt.Sprint(want), fmt.Sprint(got)
	if expected == seen {
		return nil
	}
	return &mismatch{expected: what + " to be: " + expected, seen: seen}
}

// failure is a step that did not do what it says.
type failure struct {
	number  int
	title   string
	product string
	cause   error
	// output is what the CLI printed in that step.
	output string
}

func (f *failure) Unwrap() error { return f.cause }

// Error tells the step, what was expected and what was seen, and what the CLI printed.
func (f *failure) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The demo failed at step %d: %s\n", f.number, f.title)
	var m *mismatch
	if errors.As(f.cause, &m) {
		fmt.Fprintf(&b, "  expected: %s\n", indent(m.expected, "            "))
		fmt.Fprintf(&b, "  seen:     %s\n", indent(m.seen, "            "))
	} else {
		fmt.Fprintf(&b, "  cause:    %s\n", indent(f.cause.Error(), "            "))
	}
	if output := withoutOverrideWarning(f.output); output != "" {
		fmt.Fprintf(&b, "\nWhat %s printed:\n  | %s\n", f.product, indent(output, "  | "))
	}
	return strings.TrimRight(b.String(), "\n")
}

// indent starts every line but the first with prefix.
func indent(text, prefix string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+prefix)
}

// firstLine is the first line of an error's text: those of a CLI's failure repeat all
// that it printed.
func firstLine(err error) string {
	line, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	return strings.TrimSpace(line)
}

// overrideWarning is what every command prints under a dev override.
var overrideWarning = regexp.MustCompile(`(?s)Warning: Provider development overrides are in effect\n.*?published\s+releases\.\n?`)

func withoutOverrideWarning(output string) string {
	return strings.TrimSpace(overrideWarning.ReplaceAllString(output, ""))
}
