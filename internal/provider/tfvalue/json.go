package tfvalue

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// The value of an input is a text in HCL and JSON of the declared type on the
// wire. This file goes from one to the other and compares the two. Numbers are
// kept as they are written, never as float64.

// WireValue returns the JSON that a text stands for under a declared type, or an
// error that says what the text should have been.
func WireValue(inputType, text string) (json.RawMessage, error) {
	switch inputType {
	case "integer", "number", "boolean", "array", "object":
	default:
		return EncodeJSON(text), nil // "string", and words that the pages do not know
	}
	value, err := DecodeJSON([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("it must be %s: %w", wanted[inputType], err)
	}
	fits := false
	switch v := value.(type) {
	case json.Number:
		n, ok := parseNumber(v.String())
		if !ok {
			return nil, fmt.Errorf("it must be %s, and shorter", wanted[inputType])
		}
		if inputType == "integer" && n.IsInt() {
			return json.RawMessage(n.Num().String()), nil
		}
		fits = inputType == "number"
	case bool:
		fits = inputType == "boolean"
	case []any:
		fits = inputType == "array"
	case map[string]any:
		fits = inputType == "object"
	}
	if !fits {
		return nil, fmt.Errorf("it must be %s", wanted[inputType])
	}
	return compact([]byte(text)), nil
}

// wanted says what the text of each JSON type looks like.
var wanted = map[string]string{
	"integer": "a whole number such as 30",
	"number":  "a number such as 2.5",
	"boolean": "true or false",
	"array":   `a JSON list such as jsonencode(["a", "b"])`,
	"object":  `a JSON object such as jsonencode({ key = "value" })`,
}

// EncodeJSON encodes texts, decoded JSON and what holds such. Texts stay as they are: "<" is
// not escaped.
func EncodeJSON(value any) json.RawMessage {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // these always encode
	return bytes.TrimSpace(b.Bytes())
}

// HclValue returns the text that stands in the state for JSON of the API's.
func HclValue(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && len(raw) > 0 && bytes.TrimSpace(raw)[0] == '"' {
		return text
	}
	return escapeMarks(strings.ToValidUTF8(string(compact(raw)), "\ufffd")) // as texts are decoded; the state takes nothing else
}

// escapeMarks writes the accents of JSON that are characters of their own as escapes. Terraform
// normalizes a text as a whole (NFC): one behind the escape \n would become a part of its n.
func escapeMarks(text string) string {
	if !strings.ContainsFunc(text, isMark) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if !isMark(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) }

// SameValue reports whether JSON of the API's says what a text of ours says, so
// that the text may stay as it is: `30` and `30.0`, keys in another order, other
// white space, or a trimmed text are no drift (DESIGN.md, `inputs`; API.md, ruling 9).
func SameValue(inputType, text string, raw json.RawMessage) bool {
	if Trim(HclValue(raw)) == Trim(text) {
		return true
	}
	if _, isJSON := wanted[inputType]; !isJSON {
		return false // a text, and not the same one
	}
	sent, err := WireValue(inputType, text)
	if err != nil {
		return false
	}
	ours, err := DecodeJSON(sent)
	if err != nil {
		return false
	}
	// A server that keeps values as text returns the JSON inside a string.
	theirs, err := DecodeJSON([]byte(HclValue(raw)))
	return err == nil && SameJSON(ours, theirs)
}

// MeansJSON reports whether JSON of the API's says what a text of ours says, as [SameValue]
// does for inputs.
func MeansJSON(text string, raw json.RawMessage) bool {
	ours, errOurs := DecodeJSON([]byte(text))
	theirs, errTheirs := DecodeJSON(raw)
	return errOurs == nil && errTheirs == nil && SameJSON(ours, theirs)
}

// EqualJSON reports whether two texts of ours are the same JSON: they may differ in the
// order of keys and in white space between values, and in nothing else.
func EqualJSON(a, b string) bool {
	first, errFirst := DecodeJSON([]byte(a))
	second, errSecond := DecodeJSON([]byte(b))
	return errFirst == nil && errSecond == nil && reflect.DeepEqual(first, second)
}

// SameJSON compares decoded JSON. Texts count as the same whatever blanks are
// around them, and an empty one like null: Laravel changes both (API.md, ruling 9).
func SameJSON(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && sameNumber(a.String(), b.String())
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !SameJSON(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key := range a {
			other, ok := b[key]
			if !ok || !SameJSON(a[key], other) {
				return false
			}
		}
		return true
	default:
		first, okFirst := textOrNull(a)
		second, okSecond := textOrNull(b)
		return okFirst && okSecond && Trim(first) == Trim(second)
	}
}

func textOrNull(value any) (string, bool) {
	if value == nil {
		return "", true
	}
	text, ok := value.(string)
	return text, ok
}

// sameNumber compares values: `30` and `30.0` are the same.
func sameNumber(a, b string) bool {
	first, okFirst := parseNumber(a)
	second, okSecond := parseNumber(b)
	if !okFirst || !okSecond {
		return a == b
	}
	return first.Cmp(second) == 0
}

// The longest number that is read as one: a few bytes such as 1e999999999 would take
// minutes and gigabytes.
const (
	maxDigits   = 1000
	maxExponent = 400
)

// parseNumber reads a JSON number exactly. It reports false for no number, and for one
// that is too long.
func parseNumber(text string) (*big.Rat, bool) {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(strings.TrimSpace(text)), "e")
	if e, err := strconv.Atoi(exponent); hasExponent && (err != nil || e > maxExponent || e < -maxExponent) {
		return nil, false
	}
	// A Rat would read 1/2, 0x10 and .5 as well.
	unsigned, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	if fraction = strings.TrimRight(fraction, "0"); whole == "" || len(whole+fraction) > maxDigits || strings.Trim(whole+fraction, "0123456789") != "" {
		return nil, false
	}
	n, ok := new(big.Rat).SetString(whole + "." + fraction + "e" + cmp.Or(exponent, "0"))
	if ok && negative {
		n.Neg(n)
	}
	return n, ok
}

// WholeNumber reads a JSON number, or one inside a JSON string, as an int64.
func WholeNumber(raw json.RawMessage) (int64, bool) {
	n, ok := parseNumber(HclValue(raw))
	if !ok || !n.IsInt() || !n.Num().IsInt64() {
		return 0, false
	}
	return n.Num().Int64(), true
}

// DecodeJSON decodes one JSON value with its numbers as they are written.
func DecodeJSON(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, errors.New("this is no JSON")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more after the JSON value")
	}
	return value, nil
}

func compact(raw []byte) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}

// Trim takes off what Laravel's TrimStrings takes off a text: white space and
// invisible marks at both ends.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == 0
	})
}
