package talq

import (
	"context"
	"errors"
	"testing"
)

func TestIsGoneAndIsCertain(t *testing.T) {
	api := func(status, attempts int, message string) error {
		return &APIError{Status: status, Attempts: attempts, Message: message, FromAPI: true}
	}
	for _, row := range []struct {
		name                       string
		err                        error
		gone, perhapsOurs, certain bool
	}{
		{"404", api(404, 1, "Action not found"), true, false, true},
		{"404 after a lost answer", api(404, 2, "Action not found"), true, true, false},
		{"404 of another environment", api(404, 1, "Agent not found in this environment."), false, false, true},
		{"404 of a proxy", &APIError{Status: 404, Attempts: 1, Message: "Not Found: the answer was empty."}, false, false, true},
		{"404 of a proxy after a lost answer", &APIError{Status: 404, Attempts: 2, Message: "Not Found: the answer was empty."}, false, false, false},
		{"422", api(422, 1, "No."), false, false, true},
		{"403 after a lost answer", api(403, 2, "No."), false, false, false},
		{"500", api(500, 1, "No."), false, false, false},
		{"success: false under 200", api(200, 1, "No."), false, false, false},
		{"no answer", &UnreachableError{Err: errors.New("cut")}, false, false, false},
		{"unreadable answer", &UnreadableError{Err: errors.New("cut")}, false, false, false},
		{"cancelled", context.Canceled, false, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if gone, ours := IsGone(row.err); gone != row.gone || ours != row.perhapsOurs {
				t.Errorf("gone %v, perhaps ours %v", gone, ours)
			}
			if got := IsCertain(row.err); got != row.certain {
				t.Errorf("certain %v", got)
			}
		})
	}
}
