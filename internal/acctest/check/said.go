// Package check holds checks that every test may share, unit tests too: it imports nothing of ours.
package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Said are diagnostics.
type Said []Remark

// Remark is one diagnostic; At is "" where it stands on no attribute.
type Remark struct{ Severity, At, Summary, Detail string }

// Head is "error at inputs[0].name: summary".
func (r Remark) Head() string {
	if r.At == "" {
		return r.Severity + ": " + r.Summary
	}
	return r.Severity + " at " + r.At + ": " + r.Summary
}

func (r Remark) String() string { return r.Head() + ": " + r.Detail }

// ReadablePath returns a path as Terraform prints it: inputs[0].name.
func ReadablePath(at *tftypes.AttributePath) string {
	var b strings.Builder
	for i, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(string(step))
		case tftypes.ElementKeyValue:
			element := tftypes.Value(step)
			text := element.String()
			_ = element.As(&text) // it stays empty for what is not a text
			fmt.Fprintf(&b, "[%s]", text)
		default:
			fmt.Fprintf(&b, "[%v]", step)
		}
	}
	return b.String()
}

// heads are sorted: the order of diagnostics promises nothing.
func (s Said) heads() []string {
	heads := []string{}
	for _, r := range s {
		heads = append(heads, r.Head())
	}
	slices.Sort(heads)
	return heads
}

func (s Said) String() string {
	lines := []string{}
	for _, r := range s {
		lines = append(lines, r.String())
	}
	return strings.Join(lines, "\n")
}

// Are expects exactly these diagnostics.
func (s Said) Are(t *testing.T, heads ...string) Said {
	t.Helper()
	wanted := append([]string{}, heads...)
	slices.Sort(wanted)
	if !slices.Equal(s.heads(), wanted) {
		t.Errorf("diagnostics:\n%s\nwant:\n%s", s, strings.Join(wanted, "\n"))
	}
	return s
}

// None expects no diagnostics at all.
func (s Said) None(t testing.TB) {
	t.Helper()
	if len(s) > 0 {
		t.Fatalf("diagnostics where none were expected:\n%s", s)
	}
}

// Hold expects texts somewhere in the diagnostics.
func (s Said) Hold(t *testing.T, texts ...string) Said {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.String(), text) {
			t.Errorf("the diagnostics lack %q:\n%s", text, s)
		}
	}
	return s
}

// Lack expects texts nowhere in the diagnostics.
func (s Said) Lack(t *testing.T, texts ...string) Said {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(s.String(), text) {
			t.Errorf("the diagnostics hold %q:\n%s", text, s)
		}
	}
	return s
}
