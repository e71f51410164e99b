package talq

import (
	"fmt"
	"io"
	"log/slog"
)

// redacted stands wherever a secret would have been printed.
const redacted = "(sensitive)"

// Secret holds a text that must not be printed: a token, a header's value.
// fmt (with every verb), encoding/json and slog show "(sensitive)" instead;
// only [Secret.Reveal] returns the text. It stands behind a pointer because fmt
// calls no method of a value in an unexported field, but prints what is in it.
type Secret struct{ text *string }

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal returns the text itself, for the wire.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Format prints "(sensitive)" whatever the verb and flags.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns "(sensitive)".
func (s Secret) String() string { return redacted }

// MarshalText returns "(sensitive)", in JSON too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue returns "(sensitive)" to slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
