package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// said are diagnostics.
type said []remark

// remark is one diagnostic; at is "" where it stands on no attribute.
type remark struct{ severity, at, summary, detail string }

// head is "error at inputs[0].name: summary".
func (r remark) head() string {
	if r.at == "" {
		return r.severity + ": " + r.summary
	}
	return r.severity + " at " + r.at + ": " + r.summary
}

func (r remark) String() string { return r.head() + ": " + r.detail }

func (p *protocol) read(diagnostics []*tfprotov6.Diagnostic) said {
	var found said
	for _, d := range diagnostics {
		found = append(found, remark{strings.ToLower(d.Severity.String()), readablePath(d.Attribute), d.Summary, d.Detail})
	}
	return found
}

func readablePath(at *tftypes.AttributePath) string {
	var b strings.Builder
	for i, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(string(step))
		default:
			fmt.Fprintf(&b, "[%v]", step)
		}
	}
	return b.String()
}

// heads are sorted: the order of diagnostics promises nothing.
func (s said) heads() []string {
	heads := []string{}
	for _, r := range s {
		heads = append(heads, r.head())
	}
	slices.Sort(heads)
	return heads
}

func (s said) String() string {
	lines := []string{}
	for _, r := range s {
		lines = append(lines, r.String())
	}
	return strings.Join(lines, "\n")
}

// are expects exactly these diagnostics.
func (s said) are(t *testing.T, heads ...string) said {
	t.Helper()
	wanted := append([]string{}, heads...)
	slices.Sort(wanted)
	if !slices.Equal(s.heads(), wanted) {
		t.Errorf("diagnostics:\n%s\nwant:\n%s", s, strings.Join(wanted, "\n"))
	}
	return s
}

// none expects no diagnostics at all.
func (s said) none(t testing.TB) {
	t.Helper()
	if len(s) > 0 {
		t.Fatalf("diagnostics where none were expected:\n%s", s)
	}
}

// hold expects texts somewhere in the diagnostics.
func (s said) hold(t *testing.T, texts ...string) said {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.String(), text) {
			t.Errorf("the diagnostics lack %q:\n%s", text, s)
		}
	}
	return s
}

// lack expects texts nowhere in the diagnostics.
func (s said) lack(t *testing.T, texts ...string) said {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(s.String(), text) {
			t.Errorf("the diagnostics hold %q:\n%s", text, s)
		}
	}
	return s
}
