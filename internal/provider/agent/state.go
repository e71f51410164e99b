package agent

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// stateOfNewcomer returns an agent of the API's of which no state knows.
func stateOfNewcomer(a talq.Agent) agentModel {
	blank := agentModel{
		PhoneNumberIDs: types.SetNull(types.StringType), Voice: types.ObjectNull(voiceType.AttrTypes),
		AdvancedSettings: types.ObjectNull(advancedType.AttrTypes),
	}
	return blank.stateFromServer(a)
}

// Configuration returns what a configuration says of an agent for which the plan after an
// import is empty, by attribute, and the names of what no answer shows.
func Configuration(a talq.Agent) (attributes map[string]attr.Value, hidden []string) {
	m := stateOfNewcomer(a)
	attributes = map[string]attr.Value{}
	for _, t := range traits {
		attributes[t.name] = t.value(&m)
		if t.hidden && attributes[t.name].IsNull() {
			hidden = append(hidden, t.name)
		}
	}
	attributes["advanced_settings"] = m.AdvancedSettings // of which the trait has the one member
	return attributes, hidden
}

// isImport reports whether a state comes from [agentResource.ImportState] and was not
// read yet.
func (m *agentModel) isImport() bool { return m.Label.IsNull() && m.Name.IsNull() }

// stateFromServer is the one mapping from the API to the state of a resource. What the
// answer holds wins; what it does not hold stays as it was; and where both say the same in
// another form, the form stays.
func (m agentModel) stateFromServer(a talq.Agent) agentModel {
	newcomer := m.isImport()
	if !known(m.ID) { // else it is what was asked for
		m.ID = types.StringValue(a.ID)
	}
	m.Label = tfvalue.TextFromAPI(m.Label, a.Label.Opt())
	m.Name = tfvalue.TextFromAPI(m.Name, a.Name.Opt())
	m.Description = tfvalue.TextFromAPI(m.Description, a.Description.Opt())
	m.Language = tfvalue.TextFromAPI(m.Language, a.Language.Opt())
	m.InitialMessage = tfvalue.TextFromAPI(m.InitialMessage, a.InitialMessage.Opt())
	m.InterruptSensitivity = tfvalue.TextFromAPI(m.InterruptSensitivity, a.InterruptSensitivity.Opt())
	m.ConversationSpeed = tfvalue.NumberFromAPI(m.ConversationSpeed, a.ConversationSpeed)
	m.InitialMessageDelay = tfvalue.NumberFromAPI(m.InitialMessageDelay, a.InitialMessageDelay)
	m.AskIfHumanPresentOnIdle = tfvalue.BoolFromAPI(m.AskIfHumanPresentOnIdle, a.AskIfHumanPresentOnIdle)
	m.Direction = tfvalue.TextFromAPI(m.Direction, a.Direction.Opt())
	m.WhoSpeaksFirst = tfvalue.TextFromAPI(m.WhoSpeaksFirst, a.WhoSpeaksFirst.Opt())
	m.PhoneNumberIDs = tfvalue.SetFromAPI(m.PhoneNumberIDs, a.PhoneNumberIDs())
	m.Voice = voiceFromServer(m.Voice, a.Voice)
	m.CurrentStatus = tfvalue.TextFromAPI(m.CurrentStatus, a.CurrentStatus)
	m.IsReadyToPublish = tfvalue.BoolFromAPI(m.IsReadyToPublish, a.IsReadyToPublish)
	m.CreatedAt = tfvalue.TimeFromAPI(m.CreatedAt, a.CreatedAt.Opt())
	m.UpdatedAt = tfvalue.TimeFromAPI(m.UpdatedAt, a.UpdatedAt.Opt())
	m.seeUndocumented(a, newcomer)
	if m.DeletionProtection.IsNull() {
		m.DeletionProtection = types.BoolValue(true) // the default, so that an import plans empty
	}
	return m
}

// seeUndocumented takes over what an answer holds beyond the pages (API.md, ruling 2). A
// null counts as absent, and where the state has nothing, only an import is filled: else a
// default of the server's would be a change for ever.
func (m *agentModel) seeUndocumented(a talq.Agent, newcomer bool) {
	text := func(to *types.String, got talq.Lenient[string]) {
		if got.Value != nil && (newcomer || known(*to)) {
			*to = tfvalue.TextFromAPI(*to, got.Opt())
		}
	}
	number := func(to *types.Number, got talq.Lenient[json.Number]) {
		if got.Value != nil && (newcomer || known(*to)) {
			*to = tfvalue.NumberFromAPI(*to, got)
		}
	}
	yes := func(to *types.Bool, got talq.Lenient[bool]) {
		if got.Value != nil && (newcomer || known(*to)) {
			*to = tfvalue.BoolFromAPI(*to, got)
		}
	}
	text(&m.EndpointingSensitivity, a.EndpointingSensitivity)
	text(&m.IVRNavigationMode, a.IVRNavigationMode)
	number(&m.IdleTimeSeconds, a.IdleTimeSeconds)
	number(&m.MaxIdleCheckCount, a.MaxIdleCheckCount)
	number(&m.MaxCallDurationSeconds, a.MaxCallDurationSeconds)
	yes(&m.SayGoodbyeOnMaxDuration, a.SayGoodbyeOnMaxDuration)
	number(&m.UserInactivityTimeoutSeconds, a.UserInactivityTimeoutSeconds)
	number(&m.InitialIdleTimeSeconds, a.InitialIdleTimeSeconds)
	number(&m.InitialMaxIdleCheckCount, a.InitialMaxIdleCheckCount)
	number(&m.LLMTemperature, a.LLMTemperature)
	yes(&m.EnableRecording, a.EnableRecording)
	if cache := m.messageCache(); known(cache) && a.AdvancedSettings.Value != nil {
		m.setMessageCache(tfvalue.BoolFromAPI(cache, a.AdvancedSettings.Value.EnableInitialMessageCache))
	}
}

func known(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// messageCache returns the one advanced setting, null where it is not set.
func (m *agentModel) messageCache() types.Bool {
	if m.AdvancedSettings.IsUnknown() {
		return types.BoolUnknown()
	}
	if cache, ok := m.AdvancedSettings.Attributes()["enable_initial_message_cache"].(types.Bool); ok {
		return cache
	}
	return types.BoolNull()
}

func (m *agentModel) setMessageCache(cache types.Bool) {
	m.AdvancedSettings = types.ObjectValueMust(advancedType.AttrTypes, map[string]attr.Value{"enable_initial_message_cache": cache})
}
