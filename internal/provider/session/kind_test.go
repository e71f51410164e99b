package session

import "testing"

func TestWordsOfAKind(t *testing.T) {
	for kind, want := range map[Kind][4]string{
		Action:   {"action", "an action", "Action", "An action"},
		Training: {"training", "a training", "Training", "A training"},
		Webhook:  {"webhook", "a webhook", "Webhook", "A webhook"},
	} {
		if got := [4]string{kind.Word(), kind.One(), kind.CapitalWord(), kind.CapitalOne()}; got != want {
			t.Errorf("they are %q, want %q", got, want)
		}
	}
}
