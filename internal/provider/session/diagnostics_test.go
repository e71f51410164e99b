package session

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDiagnosticsTextsStayWhole(t *testing.T) {
	for text, want := range map[string]string{"": "", "a": "A", "A b": "A b", "über": "Über", "été": "Été", "日本": "日本", "1 b": "1 b"} {
		if got := sentence(text); got != want || !utf8.ValidString(got) {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestDiagnosticsSplitField(t *testing.T) {
	for field, want := range map[string]string{"inputs.0.name": "inputs|0|name", "inputs[0][name]": "inputs|0|name", "inputs[0].name": "inputs|0|name", "a..b.": "a|b", "": ""} {
		if got := strings.Join(SplitField(field), "|"); got != want {
			t.Errorf("%q becomes %q, want %q", field, got, want)
		}
	}
}
