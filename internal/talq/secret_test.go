package talq

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "canary-secret"

type holder struct {
	Exported   Secret
	unexported Secret
	pointer    *Secret
	nested     struct{ deep Secret }
	list       []Secret
	byName     map[string]Secret
	any        any
}

func TestSecretIsNeverPrinted(t *testing.T) {
	s := NewSecret(canary)
	h := holder{Exported: s, unexported: s, pointer: &s, list: []Secret{s}, byName: map[string]Secret{"k": s}, any: s}
	h.nested.deep = s
	hexed := fmt.Sprintf("%x", canary)
	for name, value := range map[string]any{
		"alone": s, "pointer": &s, "slice": []Secret{s}, "array": [1]Secret{s}, "map": map[string]Secret{"k": s},
		"map key": map[Secret]int{s: 1}, "struct": h, "pointer to struct": &h, "slice of structs": []holder{h},
		"header": Header{Name: "X", Value: s}, "request": ActionRequest{CustomHeaders: Some([]Header{{"X", s}})},
		"webhook": WebhookRequest{WebhookSecret: Some(s), CustomHeaders: Some([]Header{{"X", s}})},
		"config":  Config{Token: s}, "pointer to config": &Config{Token: s},
		"client": newClient(t, Config{Token: s}), "what a client points to": *newClient(t, Config{Token: s}),
		"call":  request{secrets: []Secret{s}},
		"error": fmt.Errorf("wrapped: %v", s),
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%10.3v", "% x", "%!"} {
			t.Run(name+" with "+verb, func(t *testing.T) {
				text := fmt.Sprintf(verb, value)
				lacks(t, strings.ToLower(text), canary, hexed, "canary")
			})
		}
		t.Run(name+" in JSON", func(t *testing.T) {
			if _, ok := value.(map[Secret]int); ok || strings.Contains(name, "config") || strings.Contains(name, "client") {
				return // a func cannot be in JSON
			}
			text, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			lacks(t, string(text), canary)
		})
		t.Run(name+" in slog", func(t *testing.T) {
			var b bytes.Buffer
			slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", value)
			slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "v", value)
			lacks(t, b.String(), canary)
		})
	}
}

func TestSecretPrints(t *testing.T) {
	s := NewSecret(canary)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, s); got != "(sensitive)" {
			t.Errorf("%s gives %q", verb, got)
		}
	}
	if s.String() != "(sensitive)" {
		t.Error(s.String())
	}
	if text, err := json.Marshal(map[string]Secret{"k": s}); err != nil || string(text) != `{"k":"(sensitive)"}` {
		t.Errorf("%s, %v", text, err)
	}
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", s)
	contains(t, b.String(), "v=(sensitive)")
}

func TestSecretReveals(t *testing.T) {
	if NewSecret(canary).Reveal() != canary || (Secret{}).Reveal() != "" {
		t.Error("Reveal does not return the text")
	}
}
