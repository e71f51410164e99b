package tfvalue

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestWireValueGivesTheJSONThatIsSent(t *testing.T) {
	for _, row := range []struct{ kind, text, want string }{
		{"string", "", `""`},
		{"string", "30", `"30"`},
		{"string", "a \"b\" <c> & ü\n", `"a \"b\" <c> & ü\n"`},
		{"colour", "red", `"red"`},
		{"", "{}", `"{}"`},
		{"integer", "30", `30`},
		{"integer", "30.0", `30`},
		{"integer", "-3e2", `-300`},
		{"integer", "-0", `0`},
		{"integer", "0e5", `0`},
		{"integer", pow60, pow60},
		{"integer", beyond, beyond},
		{"integer", "1e400", "1" + strings.Repeat("0", 400)},
		{"number", "30.50", `30.50`},
		{"number", " 1e400 ", `1e400`},
		{"number", beyond + ".5", beyond + ".5"},
		{"boolean", " true", `true`},
		{"array", "[ 1.0, \"<a>\" ]", `[1.0,"<a>"]`},
		{"object", "{\n  \"b\": 1,\n  \"a\": null\n}", `{"b":1,"a":null}`},
	} {
		t.Run(fmt.Sprintf("%q as %s", row.text, row.kind), func(t *testing.T) {
			got, err := WireValue(row.kind, row.text)
			if err != nil || string(got) != row.want {
				t.Errorf("%s, %v; want %s", got, err, row.want)
			}
		})
	}
}

func TestWireValueNamesATooLongNumber(t *testing.T) {
	for _, text := range []string{"1e401", "1e-401", "1e99999999999", "1" + strings.Repeat("0", 1000)} {
		if got, err := WireValue("integer", text); err == nil || !strings.Contains(err.Error(), "and shorter") {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

func TestHCLValue(t *testing.T) {
	for _, row := range []struct{ raw, want string }{
		{`"text"`, "text"},
		{`""`, ""},
		{`"a\u00fc\n"`, "aü\n"},
		{`30`, "30"},
		{`30.0`, "30.0"},
		{beyond, beyond},
		{`true`, "true"},
		{`[ 1, 2 ]`, "[1,2]"},
		{`{ "a": "<b>" }`, `{"a":"<b>"}`},
	} {
		if got := HclValue(json.RawMessage(row.raw)); got != row.want {
			t.Errorf("%s becomes %q, want %q", row.raw, got, row.want)
		}
	}
}

func TestSameValue(t *testing.T) {
	for _, row := range []struct {
		name, kind, text, raw string
		want                  bool
	}{
		{"the same text", "string", "a", `"a"`, true},
		{"another text", "string", "a", `"b"`, false},
		{"other case", "string", "a", `"A"`, false},
		{"a trimmed text", "string", " a\n", `"a"`, true},
		{"blanks inside a text", "string", "a b", `"a  b"`, false},
		{"a text in quotes now", "string", "hello", `"\"hello\""`, false},
		{"an empty text that is the word null now", "string", "", `"null"`, false},
		{"a text with digits as a number", "string", "30", `30`, true},
		{"a word that is no type, the same", "colour", "red", `"red"`, true},
		{"a word that is no type, another", "colour", "red", `"blue"`, false},
		{"a whole number written otherwise", "integer", "30.0", `30`, true},
		{"a whole number as 30.0", "integer", "30", `30.0`, true},
		{"a whole number as 3e1", "integer", "30", `3e1`, true},
		{"a whole number inside a string", "integer", "30", `"30"`, true},
		{"a whole number inside a string as 30.0", "integer", "30", `"30.0"`, true},
		{"another whole number", "integer", "30", `31`, false},
		{"the other sign", "integer", "30", `-30`, false},
		{"2^60 and the next one", "integer", pow60, `1152921504606846977`, false},
		{"2^60 with zeros behind", "integer", pow60, pow60 + `.00`, true},
		{"digits that float64 drops", "number", "0.1", `0.10000000000000000000001`, false},
		{"a number with zeros behind", "number", "2.50", `2.5`, true},
		{"huge exponents that differ", "number", "1e400", `1e401`, false},
		{"huge exponents written otherwise", "number", "1e400", `10e399`, true},
		{"a boolean", "boolean", "true", `true`, true},
		{"a boolean inside a string", "boolean", "true", `"true"`, true},
		{"the other boolean", "boolean", "true", `false`, false},
		{"a boolean as a number", "boolean", "true", `1`, false},
		{"keys in another order", "object", `{"a":1,"b":[2]}`, `{"b": [2.0], "a": 1}`, true},
		{"an object inside a string", "object", `{"a":1}`, `"{\"a\": 1}"`, true},
		{"a key more", "object", `{"a":1}`, `{"a":1,"b":2}`, false},
		{"a key less", "object", `{"a":1,"b":2}`, `{"a":1}`, false},
		{"another key", "object", `{"a":null}`, `{"b":null}`, false},
		{"a trimmed text inside", "object", `{"a":" x "}`, `{"a":"x"}`, true},
		{"an empty text inside that is null", "object", `{"a":""}`, `{"a":null}`, true},
		{"a text inside that is another", "object", `{"a":"x"}`, `{"a":"y"}`, false},
		{"a number inside that is a text", "object", `{"a":1}`, `{"a":"1"}`, false},
		{"an array in place of an object", "object", `{}`, `[]`, false},
		{"an array with other blanks", "array", `[1, 2]`, `[1,2]`, true},
		{"an array in another order", "array", `[1,2]`, `[2,1]`, false},
		{"a longer array", "array", `[1]`, `[1,1]`, false},
		{"a text that is none of its type, the same", "integer", "soon", `"soon"`, true},
		{"a text that is none of its type, another", "integer", "soon", `"late"`, false},
		{"JSON where a text is cut short", "object", `{"a":1}`, `"{\"a\":"`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := SameValue(row.kind, row.text, json.RawMessage(row.raw)); got != row.want {
				t.Errorf("%s %q and %s: %v", row.kind, row.text, row.raw, got)
			}
		})
	}
}

func TestWholeNumber(t *testing.T) {
	for _, row := range []struct {
		raw  string
		want int64
		ok   bool
	}{
		{`30`, 30, true},
		{`30.0`, 30, true},
		{`"30"`, 30, true},
		{`" 30 "`, 30, true},
		{`3e1`, 30, true},
		{`-1`, -1, true},
		{`0`, 0, true},
		{`9223372036854775807`, 9223372036854775807, true},
		{`9223372036854775808`, 0, false},
		{`-9223372036854775808`, -9223372036854775808, true},
		{`30.5`, 0, false},
		{`1e400`, 0, false},
		{`1e999999999`, 0, false},
		{`"thirty"`, 0, false},
		{`""`, 0, false},
		{`true`, 0, false},
		{`null`, 0, false},
		{`[30]`, 0, false},
		{`{"a":30}`, 0, false},
		{``, 0, false},
	} {
		if got, ok := WholeNumber(json.RawMessage(row.raw)); got != row.want || ok != row.ok {
			t.Errorf("%s: %d, %v; want %d, %v", row.raw, got, ok, row.want, row.ok)
		}
	}
}

func TestParseNumberRefusesWhatIsNone(t *testing.T) {
	for _, text := range []string{"", " ", "-", "+1", ".", ".5", "e5", "1e", "1e+", "1e++5", "1e+-5", "1ee5", "--1", "1-", "1.2.3", "1_000", "0x1f", "١", "NaN", "Infinity", "1 2", "1e99999999999"} {
		if n, ok := parseNumber(text); ok {
			t.Errorf("%q is read as %+v", text, n)
		}
	}
}

func TestTrimTakesOffWhatLaravelTakesOff(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"", ""},
		{" \t\n\r\v\f", ""},
		{" a b\n", "a b"},
		{"\u00a0a\u2003", "a"},
		{"\ufeffa\u200b\u200e", "a"},
		{"\x00a\x00", "a"},
		{"a\u200bb", "a\u200bb"},
	} {
		if got := Trim(row.text); got != row.want {
			t.Errorf("%q becomes %q, want %q", row.text, got, row.want)
		}
	}
}

// TestJSONOutlivesNormalization: Terraform normalizes all texts, and an accent behind an escape
// would become a part of its last letter.
func TestJSONOutlivesNormalization(t *testing.T) {
	for raw, want := range map[string]string{
		"{\"a\": \"\\n\u0301\"}":            `{"a":"\n\u0301"}`,
		"{\"\\n\U0001E8D0\": [\"\u00e9\"]}": `{"\n\ud83a\udcd0":["é"]}`,
		"\"\u0301\"":                        "\u0301", // a text, in which there are no escapes
	} {
		if got := HclValue(json.RawMessage(raw)); got != want {
			t.Errorf("%q is %q in the state, want %q", raw, got, want)
		}
	}
}
