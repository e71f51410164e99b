package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// stateText makes a text of the server's fit for a state. Terraform prints what
// stands there as it is, a text of several lines without any escaping, so
// control characters become their symbols: a name could otherwise clear the
// screen of whoever plans, or hide a line of the plan. Line breaks and tabs stay,
// and so do the marks of scripts that are written from right to left.
func stateText(text string) string {
	runes := []rune(text)
	clean := func(at int, r rune) rune {
		switch {
		case r == '\n' || r == '\t', r == '\r' && at+1 < len(runes) && runes[at+1] == '\n':
			return r
		case r < ' ':
			return '\u2400' + r // "␛" for an escape
		case r == 0x7f:
			return '\u2421'
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	for at, r := range runes {
		runes[at] = clean(at, r)
	}
	return string(runes)
}

// stateTextOf is stateText for what may be missing.
func stateTextOf(text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return types.StringValue(stateText(*text))
}
