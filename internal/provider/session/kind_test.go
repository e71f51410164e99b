package session

import "testing"

func TestWordsOfAKind(t *testing.T) {
	for kind, want := range map[Kind][3]string{
		Action:   {"an action", "Action", "An action"},
		Training: {"a training", "Training", "A training"},
		Agent:    {"an agent", "Agent", "An agent"},
		Webhook:  {"a webhook", "Webhook", "A webhook"},
	} {
		if got := [3]string{kind.One(), kind.CapitalWord(), kind.CapitalOne()}; got != want {
			t.Errorf("they are %q, want %q", got, want)
		}
	}
}
