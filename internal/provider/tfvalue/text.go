package tfvalue

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Quoted quotes words for a message; some are the server's, so it escapes what a terminal would act on.
func Quoted(words []string) string {
	quoted := make([]string, 0, len(words))
	for _, word := range words {
		quoted = append(quoted, strconv.Quote(word))
	}
	return strings.Join(quoted, ", ")
}

// Escaped makes a text that may be the server's fit for a terminal.
func Escaped(text string) string {
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// Listed lists the names of attributes for a message.
func Listed(names []string) string {
	return "`" + strings.Join(names, "`, `") + "`"
}

// Differing names the attributes that differ between two maps of the same names, sorted.
func Differing(ours, theirs map[string]attr.Value) []string {
	var names []string
	for name, value := range ours {
		if !value.Equal(theirs[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// SortedTexts returns the known texts of a set, sorted; never nil.
func SortedTexts(set types.Set) []string {
	texts := []string{}
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && !text.IsUnknown() {
			texts = append(texts, text.ValueString())
		}
	}
	slices.Sort(texts)
	return texts
}

// StateText makes a text of the server's fit for a state. Terraform prints what
// stands there as it is, a text of several lines without any escaping, so
// control characters become their symbols: a name could otherwise clear the
// screen of whoever plans, or hide a line of the plan. Line breaks and tabs stay,
// and so do the marks of scripts that are written from right to left.
func StateText(text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	var b strings.Builder
	for at, r := range text {
		switch {
		case r == '\n' || r == '\t' || strings.HasPrefix(text[at:], "\r\n"):
		case r < ' ':
			r += '\u2400' // "␛" for an escape
		case r == 0x7f:
			r = '\u2421'
		case unicode.IsControl(r):
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// StateTextOf is [StateText] for what may be missing.
func StateTextOf(text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return types.StringValue(StateText(*text))
}
