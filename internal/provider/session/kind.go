package session

import "strings"

// Kind is what an agent has many of: the word for one of them, as messages have it.
type Kind string

// The kinds.
const (
	Action   Kind = "action"
	Training Kind = "training"
	Webhook  Kind = "webhook"
)

// Kinds are all kinds, for tests that walk what is said of each.
var Kinds = []Kind{Action, Training, Webhook}

// HasNodeIDs reports whether each of them is written under a node id.
func (k Kind) HasNodeIDs() bool { return k != Webhook }

// Word returns the word: "action".
func (k Kind) Word() string { return string(k) }

// One returns the word with its article: "an action".
func (k Kind) One() string {
	if strings.ContainsRune("aeiou", rune(k[0])) {
		return "an " + k.Word()
	}
	return "a " + k.Word()
}

// CapitalWord returns the word as a sentence begins with it: "Action".
func (k Kind) CapitalWord() string { return sentence(k.Word()) }

// CapitalOne returns the word with its article as a sentence begins with it: "An action".
func (k Kind) CapitalOne() string { return sentence(k.One()) }
