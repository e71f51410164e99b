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
	name  string
	part  part
	value func(*agentModel) attr.Value
	// hidden from every answer.
	hidden bool
	// vital for a create, though the schema lets it be null: an import does not bring it.
	vital bool
}

// traits are all attributes that a person sets, except deletion_protection, of which the
// API knows nothing. What differs, what is sent, and what cannot be read goes by them.
var traits = []trait{
	{name: "label", value: func(m *agentModel) attr.Value { return m.Label }},
	{name: "name", value: func(m *agentModel) attr.Value { return m.Name }},
	{name: "description", part: knowledge, value: func(m *agentModel) attr.Value { return m.Description }},
	{name: "initial_message", part: knowledge, value: func(m *agentModel) attr.Value { return m.InitialMessage }},
	{name: "interrupt_sensitivity", part: knowledge, value: func(m *agentModel) attr.Value { return m.InterruptSensitivity }},
	{name: "initial_message_delay", part: knowledge, value: func(m *agentModel) attr.Value { return m.InitialMessageDelay }},
	{name: "ask_if_human_present_on_idle", part: knowledge, value: func(m *agentModel) attr.Value { return m.AskIfHumanPresentOnIdle }},
	{name: "llm_temperature", part: knowledge, hidden: true, vital: true, value: func(m *agentModel) attr.Value { return m.LLMTemperature }},
	{name: "language", part: voice, value: func(m *agentModel) attr.Value { return m.Language }},
	{name: "conversation_speed", part: voice, value: func(m *agentModel) attr.Value { return m.ConversationSpeed }},
	{name: "who_speaks_first", part: voice, value: func(m *agentModel) attr.Value { return m.WhoSpeaksFirst }},
	{name: "voice", part: voice, value: func(m *agentModel) attr.Value { return m.Voice }},
	{name: "direction", part: calling, value: func(m *agentModel) attr.Value { return m.Direction }},
	{name: "phone_number_ids", part: calling, value: func(m *agentModel) attr.Value { return emptyIsNull(m.PhoneNumberIDs) }},
	{name: "advanced_settings", part: advanced, hidden: true, value: func(m *agentModel) attr.Value { return m.messageCache() }},
	{name: "endpointing_sensitivity", hidden: true, vital: true, value: func(m *agentModel) attr.Value { return m.EndpointingSensitivity }},
	{name: "ivr_navigation_mode", hidden: true, vital: true, value: func(m *agentModel) attr.Value { return m.IVRNavigationMode }},
	{name: "idle_time_seconds", hidden: true, vital: true, value: func(m *agentModel) attr.Value { return m.IdleTimeSeconds }},
	{name: "max_idle_check_count", hidden: true, value: func(m *agentModel) attr.Value { return m.MaxIdleCheckCount }},
	{name: "max_call_duration_seconds", hidden: true, value: func(m *agentModel) attr.Value { return m.MaxCallDurationSeconds }},
	{name: "say_goodbye_on_max_duration", hidden: true, value: func(m *agentModel) attr.Value { return m.SayGoodbyeOnMaxDuration }},
	{name: "user_inactivity_timeout_seconds", hidden: true, value: func(m *agentModel) attr.Value { return m.UserInactivityTimeoutSeconds }},
	{name: "initial_idle_time_seconds", hidden: true, value: func(m *agentModel) attr.Value { return m.InitialIdleTimeSeconds }},
	{name: "initial_max_idle_check_count", hidden: true, value: func(m *agentModel) attr.Value { return m.InitialMaxIdleCheckCount }},
	{name: "enable_recording", hidden: true, vital: true, value: func(m *agentModel) attr.Value { return m.EnableRecording }},
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
