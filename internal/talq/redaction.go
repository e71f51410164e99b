package talq

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// This file makes texts of the server's fit for an error: no secret of the
// request's, nothing that a terminal would act on.

// shortSecret is the length in bytes below which a secret is only replaced
// where it stands as a word: the value "1" must not make an error unreadable.
const shortSecret = 6

// secrets are the texts that an error must not repeat, the longest first: a
// secret may be part of another one, whose rest would stay behind.
type secrets []string

// newSecrets adds to each secret the forms in which a server may repeat it.
func newSecrets(list ...Secret) secrets {
	var found secrets
	for _, secret := range list {
		for _, text := range parts(secret.Reveal()) {
			found = append(found, formsOf(text)...)
		}
	}
	slices.SortFunc(found, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	found = slices.Compact(found)
	return slices.DeleteFunc(found, func(text string) bool { return text == "" })
}

// parts returns a secret, and what is secret in it by itself: the credentials
// behind a scheme such as Bearer, and user and password in those of Basic.
func parts(text string) []string {
	found := []string{text, strings.TrimSpace(text)}
	_, credentials, ok := strings.Cut(strings.TrimSpace(text), " ")
	credentials = strings.TrimSpace(credentials)
	if !ok || len(credentials) < shortSecret {
		return found
	}
	found = append(found, credentials)
	decoded, err := base64.StdEncoding.DecodeString(credentials)
	if err != nil || !utf8.Valid(decoded) {
		return found
	}
	found = append(found, string(decoded))
	if _, password, ok := strings.Cut(string(decoded), ":"); ok && len(password) >= shortSecret {
		found = append(found, password)
	}
	return found
}

// formsOf returns a text as it stands in JSON (Go's, and PHP's with its escaped
// slashes and its ASCII), in HTML, in a URL and in base64.
func formsOf(text string) []string {
	goJSON, _ := json.Marshal(text) // a string always can be
	quoted, _ := encodeBody(text)
	plain := strings.Trim(string(quoted), "\n")
	plain = plain[1 : len(plain)-1]
	ascii := asciiJSON(plain)
	slashes := strings.NewReplacer("/", `\/`)
	return []string{
		text, string(goJSON[1 : len(goJSON)-1]), plain, slashes.Replace(plain), ascii, slashes.Replace(ascii),
		html.EscapeString(text), url.QueryEscape(text), url.PathEscape(text),
		base64.RawStdEncoding.EncodeToString([]byte(text)), base64.RawURLEncoding.EncodeToString([]byte(text)),
	}
}

// asciiJSON writes what is beyond ASCII as PHP does.
func asciiJSON(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		if unit < utf8.RuneSelf {
			b.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

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
		if isBlank(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isBlank holds for white space and for what must not reach a terminal.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
