package tfvalue

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzWireValue sends what somebody writes. It is valid JSON or refused, and what
// comes back as it was sent is no drift.
func FuzzWireValue(f *testing.F) {
	for _, text := range []string{"", "30", "30.0", " 30 ", "3e1", "1e400", "1e401", "-0", "true", "null", `["a"]`, `{"k":1,"k":2}`, "\xff", "{\"k\":\"\xff\"}", "[[[[", "0x10", "1_000", "９"} {
		for _, kind := range []string{"string", "integer", "number", "boolean", "array", "object"} {
			f.Add(kind, text)
		}
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		sent, err := WireValue(kind, text)
		if err != nil {
			return
		}
		if !json.Valid(sent) {
			t.Fatalf("%q is sent as %s", text, sent)
		}
		if utf8.ValidString(text) && !SameValue(kind, text, sent) {
			t.Errorf("%q comes back as %s, and that is drift", text, sent)
		}
	})
}
