package agent

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// written returns the state after a write that was answered with an agent, or with a part of
// one. What was planned stays as planned, or Terraform would taint the agent; where the API
// stored something else, a warning says so and the next plan shows it.
func (m agentModel) written(a talq.Agent, diags *diag.Diagnostics) agentModel {
	seen := m.stateFromServer(a)
	var others []trait
	for _, t := range seen.differing(&m) {
		if t.name != "voice" || !seen.Voice.IsNull() { // a create shows none yet
			others = append(others, t)
		}
	}
	if len(others) > 0 {
		diags.AddWarning("The API stored something else", fmt.Sprintf(
			"The %s was written, but the API answered with other values than were sent for: %s. The next plan shows them as changes. "+
				"If they are back after another apply, the API changes such values itself: write them into the configuration as it stores them. "+
				"Otherwise somebody edited the agent at the same moment.", m.subject(), tfvalue.Listed(namesOf(others))))
	}
	m.ID = seen.ID
	m.CurrentStatus, m.IsReadyToPublish, m.UpdatedAt = seen.CurrentStatus, seen.IsReadyToPublish, seen.UpdatedAt
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = seen.CreatedAt
	}
	if m.Revision.IsUnknown() {
		m.Revision = types.StringNull()
	}
	return m
}

// withAllBut returns a state that has what a plan has, except the parts that a call has to
// bring about.
func (m agentModel) withAllBut(todo []part, plan *agentModel) agentModel {
	m.take(fixed, plan)
	for _, p := range parts {
		if !slices.Contains(todo, p) {
			m.take(p, plan)
		}
	}
	return m
}

// take makes a part what another model has. What no call changes comes with
// deletion_protection.
func (m *agentModel) take(p part, from *agentModel) {
	switch p {
	case knowledge:
		m.Description, m.InitialMessage, m.InterruptSensitivity = from.Description, from.InitialMessage, from.InterruptSensitivity
		m.InitialMessageDelay, m.AskIfHumanPresentOnIdle, m.LLMTemperature = from.InitialMessageDelay, from.AskIfHumanPresentOnIdle, from.LLMTemperature
	case voice:
		m.Language, m.ConversationSpeed, m.WhoSpeaksFirst, m.Voice = from.Language, from.ConversationSpeed, from.WhoSpeaksFirst, from.Voice
	case calling:
		m.Direction, m.PhoneNumberIDs = from.Direction, from.PhoneNumberIDs
	case advanced:
		m.AdvancedSettings = from.AdvancedSettings
	case fixed:
		m.Label, m.Name, m.DeletionProtection = from.Label, from.Name, from.DeletionProtection
		m.EndpointingSensitivity, m.IVRNavigationMode, m.EnableRecording = from.EndpointingSensitivity, from.IVRNavigationMode, from.EnableRecording
		m.IdleTimeSeconds, m.MaxIdleCheckCount = from.IdleTimeSeconds, from.MaxIdleCheckCount
		m.MaxCallDurationSeconds, m.SayGoodbyeOnMaxDuration = from.MaxCallDurationSeconds, from.SayGoodbyeOnMaxDuration
		m.UserInactivityTimeoutSeconds = from.UserInactivityTimeoutSeconds
		m.InitialIdleTimeSeconds, m.InitialMaxIdleCheckCount = from.InitialIdleTimeSeconds, from.InitialMaxIdleCheckCount
	}
}
