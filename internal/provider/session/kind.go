package session

import "strings"

// Kind is what a resource manages: the word for one of them, as messages have it.
type Kind string

// The kinds.
const (
	Action   Kind = "action"
	Training Kind = "training"
	Webhook  Kind = "webhook"
	Agent    Kind = "agent"
	Flow     Kind = "flow"
)

// Kinds are what an agent has many of, for tests that walk what is said of each.
var Kinds = []Kind{Action, Training, Webhook}

// HasNodeIDs reports whether each of them is written under a node id.
func (k Kind) HasNodeIDs() bool { return k == Action || k == Training }

// One returns the word with its article: "an action".
func (k Kind) One() string {
	if strings.ContainsRune("aeiou", rune(k[0])) {
		return "an " + string(k)
	}
	return "a " + string(k)
}

// CapitalWord returns the word as a sentence begins with it: "Action".
func (k Kind) CapitalWord() string { return sentence(string(k)) }

// CapitalOne returns the word with its article as a sentence begins with it: "An action".
func (k Kind) CapitalOne() string { return sentence(k.One()) }
