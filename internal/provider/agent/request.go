package agent

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// createRequest is the one mapping from plan to the body of a create, which takes neither
// the voice nor the advanced settings. What is null is left out.
func (m *agentModel) createRequest() talq.AgentRequest {
	r := talq.AgentRequest{
		Label: m.Label.ValueString(), Name: m.Name.ValueString(), Description: sentText(m.Description), Language: m.Language.ValueString(),
		InitialMessage: sentText(m.InitialMessage), InterruptSensitivity: m.InterruptSensitivity.ValueString(),
		EndpointingSensitivity: m.EndpointingSensitivity.ValueString(), IVRNavigationMode: m.IVRNavigationMode.ValueString(),
		ConversationSpeed: tfvalue.SentNumber(m.ConversationSpeed), InitialMessageDelay: tfvalue.Whole(m.InitialMessageDelay),
		AskIfHumanPresentOnIdle: m.AskIfHumanPresentOnIdle.ValueBool(), IdleTimeSeconds: tfvalue.Whole(m.IdleTimeSeconds),
		MaxIdleCheckCount: tfvalue.SentWhole(m.MaxIdleCheckCount), MaxCallDurationSeconds: tfvalue.SentWhole(m.MaxCallDurationSeconds),
		SayGoodbyeOnMaxDuration:      sentBool(m.SayGoodbyeOnMaxDuration),
		UserInactivityTimeoutSeconds: tfvalue.SentWhole(m.UserInactivityTimeoutSeconds),
		InitialIdleTimeSeconds:       tfvalue.SentWhole(m.InitialIdleTimeSeconds), InitialMaxIdleCheckCount: tfvalue.SentWhole(m.InitialMaxIdleCheckCount),
		LLMTemperature: tfvalue.SentNumber(m.LLMTemperature), EnableRecording: m.EnableRecording.ValueBool(),
		Direction: m.Direction.ValueString(), WhoSpeaksFirst: m.WhoSpeaksFirst.ValueString(),
	}
	if !m.PhoneNumberIDs.IsNull() {
		r.PhoneNumberIDs = talq.Some(tfvalue.SortedTexts(m.PhoneNumberIDs))
	}
	return r
}

// knowledgeRequest is the body of an update of the knowledge: all of it, as the page
// update-agent-knowledge requires. A first message that is not wished for any more goes out
// as null.
func (m *agentModel) knowledgeRequest(prior *agentModel) talq.KnowledgeRequest {
	r := talq.KnowledgeRequest{
		Description: m.Description.ValueString(), InitialMessage: sentText(m.InitialMessage), InterruptSensitivity: m.InterruptSensitivity.ValueString(),
		AskIfHumanPresentOnIdle: m.AskIfHumanPresentOnIdle.ValueBool(), InitialMessageDelay: tfvalue.Whole(m.InitialMessageDelay),
		LLMTemperature: tfvalue.SentNumber(m.temperature(prior)),
	}
	if m.InitialMessage.IsNull() && !prior.InitialMessage.IsNull() {
		r.InitialMessage = talq.Null[string]()
	}
	return r
}

// temperature is what an update has to send: what the plan has, else what was set before.
func (m *agentModel) temperature(prior *agentModel) types.Number {
	if m.LLMTemperature.IsNull() {
		return prior.LLMTemperature
	}
	return m.LLMTemperature
}

// voiceRequest is the body of an update of the voice: all of it, the language included,
// which some parts of the page update-agent-voice require. A background that is not wished
// for any more goes out as null, and its volume as the API's default. Stability and
// similarity are left out where they are null: the API refuses them for most voices.
func (m *agentModel) voiceRequest(prior *agentModel) talq.VoiceRequest {
	wished, before := voiceOf(m.Voice), voiceOf(prior.Voice)
	r := talq.VoiceRequest{
		VoiceID: wished.TemplateID.ValueString(), ConversationSpeed: tfvalue.SentNumber(m.ConversationSpeed), WhoSpeaksFirst: m.WhoSpeaksFirst.ValueString(),
		Language: sentText(m.Language), AmbientBackground: sentText(wished.AmbientBackground), AmbientVolume: tfvalue.SentNumber(wished.AmbientVolume),
		Similarity: tfvalue.SentNumber(wished.SimilarityBoost), Stability: tfvalue.SentNumber(wished.Stability),
	}
	if wished.AmbientBackground.IsNull() && !before.AmbientBackground.IsNull() {
		r.AmbientBackground = talq.Null[string]()
	}
	if wished.AmbientVolume.IsNull() && !before.AmbientVolume.IsNull() {
		r.AmbientVolume = tfvalue.SentNumber(defaultVolume)
	}
	return r
}

// callingRequest is the body of an update of direction and numbers. Numbers that are not
// wished for any more go out as an empty list; where there are none that anybody knows of,
// nothing is said of them.
func (m *agentModel) callingRequest(prior *agentModel) talq.CallingRequest {
	r := talq.CallingRequest{Direction: m.Direction.ValueString()}
	if !m.PhoneNumberIDs.IsNull() || !prior.PhoneNumberIDs.IsNull() {
		r.PhoneNumberIDs = talq.Some(tfvalue.SortedTexts(m.PhoneNumberIDs))
	}
	return r
}

// advancedRequest is the body of an update of the advanced settings. One that is not wished
// for any more is switched off.
func (m *agentModel) advancedRequest() talq.AdvancedSettingsRequest {
	return talq.AdvancedSettingsRequest{EnableInitialMessageCache: talq.Some(m.messageCache().ValueBool())}
}

func sentText(text types.String) talq.Opt[string] {
	if text.IsNull() {
		return talq.Opt[string]{}
	}
	return talq.Some(text.ValueString())
}

func sentBool(yes types.Bool) talq.Opt[bool] {
	if yes.IsNull() {
		return talq.Opt[bool]{}
	}
	return talq.Some(yes.ValueBool())
}

// nestedFields are the fields of a request that come from inside an attribute.
var nestedFields = map[string]path.Path{
	"voice_id":                     path.Root("voice").AtName("template_id"),
	"ambient_background":           path.Root("voice").AtName("ambient_background"),
	"ambient_volume":               path.Root("voice").AtName("ambient_volume"),
	"stability":                    path.Root("voice").AtName("stability"),
	"similarity":                   path.Root("voice").AtName("similarity_boost"),
	"enable_initial_message_cache": path.Root("advanced_settings").AtName("enable_initial_message_cache"),
}

// attributePath finds the attribute that a field of a request came from.
func attributePath(field string) (path.Path, bool) {
	segments := session.SplitField(field)
	if len(segments) == 0 {
		return path.Empty(), false
	}
	if at, ok := nestedFields[segments[0]]; ok {
		return at, true
	}
	known := slices.ContainsFunc(traits, func(t trait) bool { return t.name == segments[0] })
	return path.Root(segments[0]), known
}
