package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// longestName is how many characters of a name become one.
const longestName = 40

// nameFor makes of what a person called something a name that HCL and all file systems take:
// "Front desk (Köln)" becomes front_desk_köln. Where nothing is left of it, it is the word.
func nameFor(called, word string) string {
	name := identifier(called, word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if !hclsyntax.ValidIdentifier(name) { // a letter that HCL does not know yet
		name = identifier(called, word, func(r rune) bool { return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) })
	}
	if slices.Contains(reservedOnWindows, strings.TrimRight(name, "0123456789")) {
		name += "_" + word
	}
	return name
}

// reservedOnWindows are names that no file may have there, whatever its extension. Some are
// only with a digit; one more word does no harm to the others.
var reservedOnWindows = []string{"con", "prn", "aux", "nul", "com", "lpt"}

// identifier keeps the characters of a text that are let through, in lower case, with one
// underscore for whatever stood between them.
func identifier(text, word string, keep func(rune) bool) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(cty.NormalizeString(text)) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent that goes with the letter before
		case !keep(r):
			gap = true
		default:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		}
	}
	name := b.String()
	if runes := []rune(name); len(runes) > longestName {
		name = strings.TrimRight(string(runes[:longestName]), "_")
	}
	if first, _ := utf8.DecodeRuneInString(name); name == "" {
		return word
	} else if unicode.IsDigit(first) {
		return word + "_" + name
	}
	return cty.NormalizeString(name)
}

// names gives each thing a name of its own within its scope, and the one that it had in an
// earlier export: another one would be another address, and Terraform would destroy what
// stands at the old.
type names map[string]map[string]string // scope → id → name

// clone returns names that do not change with these.
func (n names) clone() names {
	other := names{}
	for scope, of := range n {
		other[scope] = maps.Clone(of)
	}
	return other
}

// check refuses two things of one scope whose files would be the same, as a merge of two
// manifests may leave them: one would overwrite the other.
func (n names) check() error {
	for _, scope := range slices.Sorted(maps.Keys(n)) {
		seen := map[string]string{}
		for _, id := range slices.Sorted(maps.Keys(n[scope])) {
			name := fileName(n[scope][id])
			if other, taken := seen[name]; taken {
				return fmt.Errorf("of the %s, %q and %q have the same name %q. Take the line of one of them out of names", scope, other, id, n[scope][id])
			}
			seen[name] = id
		}
	}
	return nil
}

func (n names) of(scope, id, called, word string) string {
	if name, ok := n[scope][id]; ok && hclsyntax.ValidIdentifier(name) {
		return name
	}
	taken := map[string]bool{}
	for _, name := range n[scope] {
		taken[fileName(name)] = true
	}
	first := nameFor(called, word)
	name := first
	for i := 2; taken[fileName(name)]; i++ {
		name = fmt.Sprintf("%s_%d", first, i)
	}
	if n[scope] == nil {
		n[scope] = map[string]string{}
	}
	n[scope][id] = name
	return name
}
