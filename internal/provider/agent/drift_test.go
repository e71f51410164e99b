package agent_test

import (
	"encoding/json"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The bodies that bring each part of whole() back.
const (
	wholeKnowledge = `{"description": "You answer the phone of a dental practice.", "initial_message": "Good morning, dental practice Miller.",
		"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.7, "initial_message_delay": 0}`
	wholeVoice = `{"voice_id": "clara-ultra", "conversation_speed": 1, "who_speaks_first": "agent", "language": "en-US",
		"ambient_background": "office", "stability": 0.8, "similarity": 0.75}`
	wholeCalling = `{"direction": "inbound", "phone_number_ids": ["front-desk"]}`
)

// TestDriftIsRepairedByItsPart: what somebody changes in the dashboard shows in the plan, and
// one call with all fields of its part brings it back.
func TestDriftIsRepairedByItsPart(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		field     string
		value     any
		attribute string
		seen      any
		op        fakeapi.Op
		body      string
	}{
		{"description", "Edited by hand.", "description", "Edited by hand.", fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"initial_message", "Hello there.", "initial_message", "Hello there.", fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"initial_message", nil, "initial_message", nil, fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"interrupt_sensitivity", "low", "interrupt_sensitivity", "low", fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"ask_if_human_present_on_idle", false, "ask_if_human_present_on_idle", false, fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"initial_message_delay", 5, "initial_message_delay", int64(5), fakeapi.OpUpdateKnowledge, wholeKnowledge},
		{"language", "de-DE", "language", "de-DE", fakeapi.OpUpdateVoice, wholeVoice},
		{"conversation_speed", 1.5, "conversation_speed", 1.5, fakeapi.OpUpdateVoice, wholeVoice},
		{"who_speaks_first", "user", "who_speaks_first", "user", fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", map[string]any{"template": map[string]any{"id": "other", "name": "Other"}}, "voice.template_id", "other", fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", map[string]any{"ambient_background": "cafe"}, "voice.ambient_background", "cafe", fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", map[string]any{"ambient_background": nil}, "voice.ambient_background", nil, fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", map[string]any{"stability": json.Number("0.55")}, "voice.stability", 0.55, fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", map[string]any{"similarity_boost": json.Number("0.9")}, "voice.similarity_boost", 0.9, fakeapi.OpUpdateVoice, wholeVoice},
		{"voice", nil, "voice", nil, fakeapi.OpUpdateVoice, wholeVoice},
		{"direction", "outbound", "direction", "outbound", fakeapi.OpUpdateCalling, wholeCalling},
		{"phone_number_ids", []any{"after-hours"}, "phone_number_ids", nil, fakeapi.OpUpdateCalling, wholeCalling},
		{"phone_number_ids", []any{}, "phone_number_ids", nil, fakeapi.OpUpdateCalling, wholeCalling},
	} {
		t.Run(row.attribute, func(t *testing.T) {
			t.Parallel()
			s := staged(t, whole())
			s.EditAgent(s.id, map[string]any{row.field: row.value})
			s = s.restarted(t)
			seen, said := s.Refresh(s.state)
			said.None(t)
			if got := s.inside(seen, row.attribute); row.field != "phone_number_ids" && got != row.seen {
				t.Errorf("%s is seen as %v, want %v", row.attribute, got, row.seen)
			}
			plan := s.Plan(seen, s.config)
			plan.None(t)
			if plan.State.Equal(seen) {
				t.Error("the plan is empty")
			}
			s.ForgetJournal()
			state, said := s.Apply(plan)
			said.None(t)
			sameBody(t, s.World, row.op, row.body)
			s.Made(t, acctest.Ops{row.op: 1})
			if before, after := s.Attribute(s.state, "revision"), s.Attribute(state, "revision"); before == after || after == nil {
				t.Errorf("the revision was %v and is %v", before, after)
			}
			again := s.Plan(state, s.config)
			again.None(t)
			if !again.State.Equal(state) {
				t.Error("the next plan is not empty")
			}
		})
	}
}

// TestSameInAnotherFormIsNoDrift: 1 is 1.0, order means nothing, and texts may be trimmed.
func TestSameInAnotherFormIsNoDrift(t *testing.T) {
	t.Parallel()
	config := acctest.ButWith(whole(), acctest.Values{"description": "You answer the phone.\n", "conversation_speed": 1.2, "phone_number_ids": []any{"front-desk", "after-hours"}})
	s := staged(t, config)
	s.EditAgent(s.id, map[string]any{
		"description": "You answer the phone.", "conversation_speed": json.Number("1.200"), "phone_number_ids": []any{"after-hours", "front-desk"},
		"voice": map[string]any{"stability": json.Number("0.80")}, "initial_message_delay": json.Number("0.0"),
	})
	s = s.restarted(t)
	seen, said := s.Refresh(s.state)
	said.None(t)
	plan := s.Plan(seen, config)
	plan.None(t)
	if !plan.State.Equal(seen) {
		t.Error("the plan is not empty")
	}
}

// TestDriftOfNamesIsAnError: no call renames an agent (API-AGENT.md, ruling 1).
func TestDriftOfNamesIsAnError(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"label", "name"} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			s := staged(t, whole())
			s.EditAgent(s.id, map[string]any{field: "Renamed"})
			s = s.restarted(t)
			seen, said := s.Refresh(s.state)
			said.None(t)
			s.Plan(seen, s.config).Are(t, "error at "+field+": The API cannot change this").
				Hold(t, `"Renamed"`, "Rename the agent in the dashboard, or write its "+field+" into the configuration", "terraform taint ADDRESS")
			plan := s.Plan(seen, acctest.ButWith(s.config, acctest.Values{field: " Renamed "})) // which the API may have trimmed
			plan.None(t)
			s.ForgetJournal()
			state, said := s.Apply(plan)
			said.None(t)
			s.Made(t, acctest.Ops{})
			if s.Attribute(state, "revision") != s.Attribute(s.state, "revision") {
				t.Error("there is a new revision without a write")
			}
			s.Plan(seen, acctest.ButWith(s.config, acctest.Values{field: acctest.Unknown})).None(t)
		})
	}
}

// TestPublishingIsNoDrift: the status belongs to the publication.
func TestPublishingIsNoDrift(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	s.SetPublished(s.id, true)
	s = s.restarted(t)
	seen, said := s.Refresh(s.state)
	said.None(t)
	s.Expect(seen, acctest.Values{"current_status": "published"})
	plan := s.Plan(seen, s.config)
	plan.None(t)
	if !plan.State.Equal(seen) {
		t.Error("the plan is not empty")
	}
}
