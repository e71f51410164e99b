package talq

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// redacted stands wherever a secret would have been printed.
const redacted = "(sensitive)"

// Secret holds a text that must not be printed: a token, a header's value.
// fmt (with every verb), encoding/json and slog show "(sensitive)" instead;
// only [Secret.Reveal] gives the text. It stands behind a pointer because fmt
// calls no method of a value in an unexported field, but prints what is in it.
type Secret struct{ text *string }

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal gives the text itself, for the wire.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Format prints "(sensitive)" whatever the verb and flags.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String gives "(sensitive)".
func (s Secret) String() string { return redacted }

// MarshalText gives "(sensitive)", in JSON too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue gives "(sensitive)" to slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// shortSecret is the length in bytes below which a secret is only replaced
// where it stands as a word: the value "1" must not make an error unreadable.
const shortSecret = 6

// secrets are the texts that an error must not repeat, the longest first: a
// secret may be part of another one, whose rest would stay behind.
type secrets []string

// newSecrets adds to each secret the forms in which a server may repeat it:
// trimmed, and in JSON, with the slashes escaped that PHP escapes.
func newSecrets(list ...Secret) secrets {
	var found secrets
	for _, secret := range list {
		text := secret.Reveal()
		for _, form := range []string{text, strings.TrimSpace(text)} {
			inJSON, _ := json.Marshal(form) // a string always can be
			escaped := string(inJSON[1 : len(inJSON)-1])
			found = append(found, form, escaped, strings.ReplaceAll(escaped, "/", `\/`))
		}
	}
	slices.SortFunc(found, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	found = slices.Compact(found)
	return slices.DeleteFunc(found, func(text string) bool { return text == "" })
}

// redact replaces each of the secrets in a text.
func (s secrets) redact(text string) string {
	for _, secret := range s {
		if len(secret) >= shortSecret {
			text = strings.ReplaceAll(text, secret, redacted)
		} else {
			text = replaceWord(text, secret)
		}
	}
	return text
}

// printable makes a text of the server's fit for an error. The secrets go
// first: a text that is cut or has lost its control characters may hold a part
// of one that nothing would find any more.
func (s secrets) printable(text string) string { return printable(s.redact(text)) }

// printedError is an error with a text of ours.
type printedError struct {
	text string
	err  error
}

func (e printedError) Error() string { return e.text }

func (e printedError) Unwrap() error { return e.err }

// replaceWord replaces a word where no letter or digit adjoins it.
func replaceWord(text, word string) string {
	var b strings.Builder
	for at := 0; ; {
		next := strings.Index(text[at:], word)
		if next < 0 {
			b.WriteString(text[at:])
			return b.String()
		}
		start, end := at+next, at+next+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		b.WriteString(text[at:start])
		if isWord(before) || isWord(after) {
			b.WriteString(word)
		} else {
			b.WriteString(redacted)
		}
		at = end
	}
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// maxMessage is the length in runes past which a text of the server's is cut.
const maxMessage = 1000

// printable makes a text of the server's fit for a terminal: no escapes or
// other control characters, valid UTF-8, not longer than [maxMessage].
func printable(text string) string {
	var b strings.Builder
	count := 0
	for _, r := range strings.TrimFunc(text, isBlank) {
		if count == maxMessage {
			b.WriteString(" […]")
			break
		}
		count++
		switch {
		case isBlank(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isBlank holds for white space and for what must not reach a terminal.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
