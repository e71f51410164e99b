package fakeapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// voiceRules are the fields of update-agent-voice.
func (b Behaviour) voiceRules() []field {
	likeness := between("0.5", "1")
	if b.LikenessBelow1 {
		likeness = number64(func(n float64) bool { return n >= 0.5 && n < 1 },
			"The :attribute must be at least 0.5 and less than 1.")
	}
	return []field{
		{"voice_id", required, text},
		{"conversation_speed", required, b.voiceSpeed()},
		{"who_speaks_first", required, oneOf(speakers...)},
		{"ambient_background", optional, text},
		{"ambient_volume", optional, between("0", "2")},
		{"language", b.VoiceNeedsLanguage, oneOf(languages...)},
		{"similarity", optional, likeness},
		{"stability", optional, likeness},
	}
}

func (b Behaviour) voiceSpeed() check {
	switch b.VoiceSpeed {
	case VoiceSpeedAbove1:
		return number64(func(n float64) bool { return n > 1 && n < 2 }, "The :attribute must be greater than 1 and less than 2.")
	case VoiceSpeedAsOnCreate:
		return between("0.1", "3.0")
	default:
		return number64(func(n float64) bool { return n >= 1 && n < 2 }, "The :attribute must be at least 1 and less than 2.")
	}
}

// updateVoice is PUT /agents/{id}/voice (update-agent-voice).
func (s *Server) updateVoice(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, b.voiceRules())
	template := s.world.voice(sent["voice_id"])
	switch {
	case template != nil:
		b.checkVoice(template, sent, errors)
	case len(errors) == 0:
		return b.coded(http.StatusNotFound, "VOICE_NOT_FOUND", "Voice template not found")
	}
	if len(errors) > 0 {
		return invalid(errors)
	}
	fields := maps.Clone(a.fields)
	for _, field := range []string{"conversation_speed", "who_speaks_first", "language"} {
		if value := sent[field]; value != nil {
			fields[field] = value
		}
	}
	fields["voice"] = s.newVoice(object(a.fields["voice"]), template, sent)
	s.writeAgent(a, fields, true)
	return done(success(http.StatusOK, "Agent voice updated successfully", s.agentObject(a, true)))
}

// checkVoice holds a body to what its template allows.
func (b Behaviour) checkVoice(template, sent map[string]any, errors fieldErrors) {
	if language := sent["language"]; language != nil && language != template["language"] && errors["language"] == nil {
		errors.add("language", fmt.Sprintf("The voice does not support the language %v.", language))
	}
	for _, field := range []string{"similarity", "stability"} {
		switch high := b.isHighFidelity(template); {
		case high && sent[field] == nil:
			errors.add(field, "The :attribute field is required.")
		case !high && sent[field] != nil && !b.LikenessIgnored:
			errors.add(field, "The :attribute field is prohibited.")
		}
	}
}

// isHighFidelity says whether a template takes similarity and stability. The page says that
// its quality tier decides, not which tiers do.
func (b Behaviour) isHighFidelity(template map[string]any) bool {
	tiers := b.HighTiers
	if tiers == nil {
		tiers = []string{"pro", "ultra"}
	}
	tier, _ := template["quality_tier"].(string)
	return slices.Contains(tiers, tier)
}

// newVoice is an agent's voice after an update.
func (s *Server) newVoice(before, template, sent map[string]any) map[string]any {
	b := s.behaviour
	after := b.merge(before, sent, []string{"ambient_background", "ambient_volume"})
	if after["id"] == nil {
		after["id"] = s.world.newID("voice")
	}
	after["name"] = template["name"]
	after["label"] = fmt.Sprintf("%v Voice", template["name"])
	after["template"] = map[string]any{"id": template["id"], "name": template["name"]}
	after["similarity_boost"], after["stability"] = nil, nil
	if b.isHighFidelity(template) {
		after["similarity_boost"], after["stability"] = sent["similarity"], sent["stability"]
	}
	return after
}

// voiceObject is the voice inside an agent, null where it has none. ambient_volume is not
// among the fields of the page.
func (b Behaviour) voiceObject(a *agent) any {
	voice := object(a.fields["voice"])
	if voice == nil {
		return nil
	}
	shown := maps.Clone(voice)
	shown["ambient_background"] = voice["ambient_background"]
	shown["stability"] = b.decimal(voice["stability"])
	shown["similarity_boost"] = b.decimal(voice["similarity_boost"])
	if b.SimilarityAsSent {
		shown["similarity"] = shown["similarity_boost"]
		delete(shown, "similarity_boost")
	}
	delete(shown, "ambient_volume")
	if b.echoes() {
		shown["ambient_volume"] = b.decimal(orDefault(voice["ambient_volume"], json.Number("1")))
	}
	return shown
}

// voice finds a voice template by its id; nil when there is none.
func (w *world) voice(id any) map[string]any {
	for _, template := range w.voices {
		if template["id"] == id {
			return template
		}
	}
	return nil
}

// listVoices is GET /voice-templates: groups by display name (list-voice-templates).
func (s *Server) listVoices(entry *Request) answer {
	errors := fieldErrors{}
	errors.query(entry.Query, "language", oneOf(languages...))
	errors.query(entry.Query, "quality_tier", oneOf("basic", "pro", "ultra", "beta"))
	errors.query(entry.Query, "gender", oneOf("male", "female"))
	if len(errors) > 0 {
		return invalid(errors)
	}
	groups, order := map[any][]any{}, []any{}
	for _, template := range s.world.voices {
		if !passes(template, entry.Query, "language", "quality_tier", "gender") {
			continue
		}
		name := template["display_name"]
		if groups[name] == nil {
			order = append(order, name)
		}
		shown := maps.Clone(template)
		delete(shown, "display_name")
		groups[name] = append(groups[name], shown)
	}
	shown := []any{}
	for _, name := range order {
		shown = append(shown, map[string]any{"display_name": name, "voices": groups[name]})
	}
	return success(http.StatusOK, "", shown)
}
