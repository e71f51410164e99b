package action_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func TestInputsWrongNames(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, row := range map[string]struct {
		inputs []any
		heads  []string
		says   string
	}{
		"no name":       {[]any{acctest.Values{"type": "string"}}, []string{"error at inputs[0].name: Missing name of an input"}, "Give it one, or remove the input."},
		"an empty name": {[]any{acctest.Values{"name": ""}}, []string{"error at inputs[0].name: Empty text"}, "must not be empty"},
		"a null input":  {[]any{acctest.Values{"name": "a"}, nil}, []string{"error at inputs: Null List Value"}, ""},
		"an empty type": {[]any{acctest.Values{"name": "a", "type": " "}}, []string{"error at inputs[0].type: Empty text"}, ""},
		"one name twice": {[]any{acctest.Values{"name": "a"}, acctest.Values{"name": "b"}, acctest.Values{"name": "a"}},
			[]string{"error at inputs[2].name: Input given twice"}, `more than one input named "a", and names must be unique in the list. Rename one or remove it.`},
		"one name twice except for blanks": {[]any{acctest.Values{"name": "a"}, acctest.Values{"name": "a "}},
			[]string{"error at inputs[1].name: Input given twice"}, `named "a"`},
	} {
		t.Run(name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": row.inputs})).Are(t, row.heads...).Hold(t, row.says)
		})
	}
	t.Run("names that differ by case are two names", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": []any{acctest.Values{"name": "Day"}, acctest.Values{"name": "day"}}})).None(t)
	})
}

func TestInputsThatAnAttributeStandsFor(t *testing.T) {
	p := acctest.NewProtocol(t)
	const reserved = "error at inputs[1].name: Input that has an attribute of its own"
	for _, row := range []struct {
		actionType, input string
		want              []string
	}{
		{"transfer", "transfer_to", []string{reserved}},
		{"transfer", " transfer_to ", []string{reserved}},
		{"transfer", "hold_duration", nil},
		{"hold", "hold_duration", []string{reserved}},
		{"hold", "transfer_to", nil},
		{"webhook", "transfer_to", nil},
		{"webhook", "hold_duration", nil},
		{"external", "transfer_to", nil},
		{"external", "hold_duration", nil},
	} {
		t.Run(fmt.Sprintf("%q on a %s", row.input, row.actionType), func(t *testing.T) {
			got := p.Validate(acctest.ButWith(acctest.Minimal(row.actionType), acctest.Values{"inputs": []any{acctest.Values{"name": "day"}, acctest.Values{"name": row.input}}})).Are(t, row.want...)
			if row.want != nil {
				attribute := map[string]string{"transfer": "transfer_to", "hold": "hold_duration"}[row.actionType]
				got.Hold(t, fmt.Sprintf("type %q", row.actionType), "Remove the input and set "+attribute+".")
			}
		})
	}
}

func TestInputsValuesFitTheirType(t *testing.T) {
	p := acctest.NewProtocol(t)
	good := map[string][]string{
		"string":       {"", " ", "text", "30", "{", "null"},
		"integer":      {"30", "-5", "0", "30.0", "3e2", "300e-2", acctest.Pow60, acctest.Beyond, " 30 ", "1e400"},
		"number":       {"30", "30.5", "-0.25", "1e-3", acctest.Pow60 + ".5", "1e400"},
		"boolean":      {"true", "false", " true "},
		"array":        {"[]", `["a", 1, null]`, "[1.0]\n"},
		"object":       {"{}", `{"a": {"b": [1]}}`},
		"date":         {"", "tomorrow", "{"},
		"String":       {"x"},
		"uuid of some": {"x"},
	}
	for kind, values := range good {
		for _, value := range values {
			t.Run(fmt.Sprintf("%s takes %q", kind, value), func(t *testing.T) {
				p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": []any{acctest.Values{"name": "a", "type": kind, "value": value}}})).None(t)
			})
		}
	}
	bad := map[string]struct {
		values []string
		says   string
	}{
		"integer": {[]string{"", "abc", "30.5", "1e-1", `"30"`, "true", "null", "[1]", "30 31", "30x", "0x1f", "+30", "030", "NaN", "1e401", "1e999999999", "1e99999999999999999999"}, "number"},
		"number":  {[]string{"", "abc", "1,5", `"1"`, "false", "null", "{}", "1 2", ".5", "5.", "1e99999999999999999999"}, "it must be a number such as 2.5"},
		"boolean": {[]string{"", "yes", "1", "TRUE", `"true"`, "null", "true false"}, "it must be true or false"},
		"array":   {[]string{"", "a,b", "{}", `"[]"`, "null", "[1", "[1] 2", "[1]]"}, "it must be a JSON list such as jsonencode"},
		"object":  {[]string{"", "a=b", "[]", `"{}"`, "null", `{"a":1`, `{"a":1} {}`, `{a: 1}`}, "it must be a JSON object such as jsonencode"},
	}
	for kind, row := range bad {
		for _, value := range row.values {
			t.Run(fmt.Sprintf("%s refuses %q", kind, value), func(t *testing.T) {
				p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": []any{acctest.Values{"name": "first"}, acctest.Values{"name": "a", "type": kind, "value": value}}})).
					Are(t, "error at inputs[1].value: Value does not fit the input's type").
					Hold(t, fmt.Sprintf("The value of the input %q is sent as JSON of its type %q", "a", kind), row.says, "Change the value or the type.")
			})
		}
	}
	t.Run("JSON with trailing rest says so", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": []any{acctest.Values{"name": "a", "type": "object", "value": "{} {}"}}})).
			Hold(t, "there is more after the JSON value")
	})
}

func TestInputsWithoutATypeAreTexts(t *testing.T) {
	p := acctest.NewProtocol(t)
	p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"inputs": []any{acctest.Values{"name": "a", "value": "{"}}})).None(t)
}
