package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// part is the attributes of an agent that one call changes, and the last segment of that
// call's path (API-AGENT.md, "Agent").
type part string

// The parts, in the order in which they are written.
const (
	knowledge part = "knowledge"
	voice     part = "voice"
	calling   part = "calling"
	advanced  part = "advanced-settings"

	fixed part = "" // no call changes it after the create
)

// parts are those that a call changes.
var parts = []part{knowledge, voice, calling, advanced}

// trait is an attribute that a person sets.
type trait struct {
	name string
	part part
	reading
	value func(*agentModel) attr.Value
	take  func(to, from *agentModel)
}

// reading is what answers show of an attribute.
type reading struct {
	// hidden from every answer.
	hidden bool
	// vital for a create, though the schema lets it be null: an import does not bring it.
	vital bool
}

var (
	shown  = reading{}
	hidden = reading{hidden: true}
	vital  = reading{hidden: true, vital: true}
)

// traitOf makes a trait of its place in a model.
func traitOf[T attr.Value](name string, p part, r reading, at func(*agentModel) *T) trait {
	return trait{
		name: name, part: p, reading: r,
		value: func(m *agentModel) attr.Value { return *at(m) },
		take:  func(to, from *agentModel) { *at(to) = *at(from) },
	}
}

// as compares a trait by another value than its own.
func (t trait) as(value func(*agentModel) attr.Value) trait {
	t.value = value
	return t
}

// traits are all attributes that a person sets, except deletion_protection, of which the
// API knows nothing. What differs, what is sent, and what cannot be read goes by them.
var traits = []trait{
	traitOf("label", fixed, shown, func(m *agentModel) *types.String { return &m.Label }),
	traitOf("name", fixed, shown, func(m *agentModel) *types.String { return &m.Name }),
	traitOf("description", knowledge, shown, func(m *agentModel) *types.String { return &m.Description }),
	traitOf("initial_message", knowledge, shown, func(m *agentModel) *types.String { return &m.InitialMessage }),
	traitOf("interrupt_sensitivity", knowledge, shown, func(m *agentModel) *types.String { return &m.InterruptSensitivity }),
	traitOf("initial_message_delay", knowledge, shown, func(m *agentModel) *types.Number { return &m.InitialMessageDelay }),
	traitOf("ask_if_human_present_on_idle", knowledge, shown, func(m *agentModel) *types.Bool { return &m.AskIfHumanPresentOnIdle }),
	traitOf("llm_temperature", knowledge, vital, func(m *agentModel) *types.Number { return &m.LLMTemperature }),
	traitOf("language", voice, shown, func(m *agentModel) *types.String { return &m.Language }),
	traitOf("conversation_speed", voice, shown, func(m *agentModel) *types.Number { return &m.ConversationSpeed }),
	traitOf("who_speaks_first", voice, shown, func(m *agentModel) *types.String { return &m.WhoSpeaksFirst }),
	traitOf("voice", voice, shown, func(m *agentModel) *types.Object { return &m.Voice }),
	traitOf("direction", calling, shown, func(m *agentModel) *types.String { return &m.Direction }),
	traitOf("phone_number_ids", calling, shown, func(m *agentModel) *types.Set { return &m.PhoneNumberIDs }).as(func(m *agentModel) attr.Value { return emptyIsNull(m.PhoneNumberIDs) }),
	traitOf("advanced_settings", advanced, hidden, func(m *agentModel) *types.Object { return &m.AdvancedSettings }).as(func(m *agentModel) attr.Value { return m.messageCache() }),
	traitOf("endpointing_sensitivity", fixed, vital, func(m *agentModel) *types.String { return &m.EndpointingSensitivity }),
	traitOf("ivr_navigation_mode", fixed, vital, func(m *agentModel) *types.String { return &m.IVRNavigationMode }),
	traitOf("idle_time_seconds", fixed, vital, func(m *agentModel) *types.Number { return &m.IdleTimeSeconds }),
	traitOf("max_idle_check_count", fixed, hidden, func(m *agentModel) *types.Number { return &m.MaxIdleCheckCount }),
	traitOf("max_call_duration_seconds", fixed, hidden, func(m *agentModel) *types.Number { return &m.MaxCallDurationSeconds }),
	traitOf("say_goodbye_on_max_duration", fixed, hidden, func(m *agentModel) *types.Bool { return &m.SayGoodbyeOnMaxDuration }),
	traitOf("user_inactivity_timeout_seconds", fixed, hidden, func(m *agentModel) *types.Number { return &m.UserInactivityTimeoutSeconds }),
	traitOf("initial_idle_time_seconds", fixed, hidden, func(m *agentModel) *types.Number { return &m.InitialIdleTimeSeconds }),
	traitOf("initial_max_idle_check_count", fixed, hidden, func(m *agentModel) *types.Number { return &m.InitialMaxIdleCheckCount }),
	traitOf("enable_recording", fixed, vital, func(m *agentModel) *types.Bool { return &m.EnableRecording }),
}

// emptyIsNull takes no numbers and numbers that are not set for the same: an agent without
// any.
func emptyIsNull(set types.Set) types.Set {
	if !set.IsNull() && !set.IsUnknown() && len(set.Elements()) == 0 {
		return types.SetNull(types.StringType)
	}
	return set
}

// differs reports whether an attribute has two values in two models. An unknown one may.
func (t trait) differs(a, b *agentModel) bool { return !t.value(a).Equal(t.value(b)) }

// differing returns the attributes that a person sets and that differ between two models.
func (m *agentModel) differing(other *agentModel) []trait {
	var found []trait
	for _, t := range traits {
		if t.differs(m, other) {
			found = append(found, t)
		}
	}
	return found
}

// changedParts returns the parts of a plan that differ from the state, in the order in which
// they are written. To say no more of what is vital is no change: there is nothing to send.
func (m *agentModel) changedParts(state *agentModel) []part {
	changed := map[part]bool{}
	for _, t := range m.differing(state) {
		if !t.vital || !t.value(m).IsNull() {
			changed[t.part] = true
		}
	}
	var found []part
	for _, p := range parts {
		if changed[p] {
			found = append(found, p)
		}
	}
	return found
}

func namesOf(found []trait) []string {
	names := make([]string, 0, len(found))
	for _, t := range found {
		names = append(names, t.name)
	}
	return names
}
