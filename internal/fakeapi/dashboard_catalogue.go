package fakeapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// VoiceSeed describes a voice template.
type VoiceSeed struct {
	// ID is counted (template-1, template-2, ...) when empty.
	ID string
	// Name is the display name as well; "Bianca" when empty.
	Name string
	// Language is "en-US" when empty, Tier "basic", Gender "female".
	Language, Tier, Gender string
}

// AddVoice adds a voice template to those of the samples and returns its id. It panics when
// the id is taken.
func (s *Server) AddVoice(seed VoiceSeed) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = seed.ID
	if id == "" {
		id = s.world.newID("template")
	} else if s.world.voice(id) != nil {
		panic(fmt.Sprintf("fakeapi: there is a voice template %q already", id))
	}
	name := cmp.Or(seed.Name, "Bianca")
	s.world.voices = append(s.world.voices, map[string]any{
		"id": id, "name": name, "display_name": name, "gender": cmp.Or(seed.Gender, "female"),
		"language": cmp.Or(seed.Language, "en-US"), "quality_tier": cmp.Or(seed.Tier, "basic"), "cost": "0.10",
	})
	return id
}

// NumberSeed describes a phone number of an environment.
type NumberSeed struct {
	// ID is counted (number-1, number-2, ...) when empty.
	ID string
	// Number is in E.164 form.
	Number string
	// Token is that of the number's environment; the first one when empty.
	Token string
	// Fields are any other fields, by their names in
	// testdata/api/list-phone-numbers.response.json; those left out are as the first one there.
	Fields map[string]any
}

// AddPhoneNumber adds a phone number to an environment and returns its id. It panics when the
// id is taken there or when no environment has the token.
func (s *Server) AddPhoneNumber(seed NumberSeed) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := cmp.Or(seed.Token, environmentToken(1))
	if !s.world.knowsToken(token) {
		panic(fmt.Sprintf("fakeapi: no environment has the token %q", token))
	}
	id = seed.ID
	if id == "" {
		id = s.world.newID("number")
	} else if s.world.number(token, id) != nil {
		panic(fmt.Sprintf("fakeapi: there is a phone number %q already", id))
	}
	fields := maps.Clone(sampleNumbers[0])
	fields["id"] = id
	for _, field := range []string{"number", "formatted_number", "international_number"} {
		fields[field] = seed.Number
	}
	maps.Copy(fields, plain(seed.Fields))
	s.world.numbers = append(s.world.numbers, &number{token, fields})
	return id
}

// RemovePhoneNumber releases a number of an environment, so that no agent has it any more. It
// does nothing when there is none.
func (s *Server) RemovePhoneNumber(token, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.numbers = slices.DeleteFunc(s.world.numbers, func(n *number) bool {
		return n.token == token && n.fields["id"] == id
	})
}
