package talq

import "encoding/json"

// AgentRequest is the body of a create (page create-agent). Optional members are left
// out unless they are Present. Decimals are optional in Go alone, where the page
// requires them: an empty [json.Number] would be sent as 0.
type AgentRequest struct {
	Label                        string           `json:"label"` // at most 255 characters
	Name                         string           `json:"name"`  // at most 255 characters
	Description                  Opt[string]      `json:"description,omitzero"`
	Language                     string           `json:"language"`
	InitialMessage               Opt[string]      `json:"initial_message,omitzero"`
	InterruptSensitivity         string           `json:"interrupt_sensitivity"`   // low, medium, high
	EndpointingSensitivity       string           `json:"endpointing_sensitivity"` // such as auto
	IVRNavigationMode            string           `json:"ivr_navigation_mode"`     // such as off
	ConversationSpeed            Opt[json.Number] `json:"conversation_speed,omitzero"`
	InitialMessageDelay          int64            `json:"initial_message_delay"` // seconds, 0 to 60
	AskIfHumanPresentOnIdle      bool             `json:"ask_if_human_present_on_idle"`
	IdleTimeSeconds              int64            `json:"idle_time_seconds"` // 1 to 60
	MaxIdleCheckCount            Opt[int64]       `json:"max_idle_check_count,omitzero"`
	MaxCallDurationSeconds       Opt[int64]       `json:"max_call_duration_seconds,omitzero"`
	SayGoodbyeOnMaxDuration      Opt[bool]        `json:"say_goodbye_on_max_duration,omitzero"`
	UserInactivityTimeoutSeconds Opt[int64]       `json:"user_inactivity_timeout_seconds,omitzero"`
	InitialIdleTimeSeconds       Opt[int64]       `json:"initial_idle_time_seconds,omitzero"`
	InitialMaxIdleCheckCount     Opt[int64]       `json:"initial_max_idle_check_count,omitzero"`
	LLMTemperature               Opt[json.Number] `json:"llm_temperature,omitzero"` // 0 to 2
	EnableRecording              bool             `json:"enable_recording"`
	Direction                    string           `json:"direction"`        // inbound, outbound
	WhoSpeaksFirst               string           `json:"who_speaks_first"` // agent, user
	PhoneNumberIDs               Opt[[]string]    `json:"phone_number_ids,omitzero"`
}

// KnowledgeRequest is the body of [Client.UpdateKnowledge] (page
// update-agent-knowledge). The page requires all but the initial message.
type KnowledgeRequest struct {
	Description             string           `json:"description"`              // at least 5 characters
	InitialMessage          Opt[string]      `json:"initial_message,omitzero"` // 5 to 255 characters
	InterruptSensitivity    string           `json:"interrupt_sensitivity"`    // low, medium, high
	AskIfHumanPresentOnIdle bool             `json:"ask_if_human_present_on_idle"`
	LLMTemperature          Opt[json.Number] `json:"llm_temperature,omitzero"` // 0 to 2
	InitialMessageDelay     int64            `json:"initial_message_delay"`    // seconds, 0 to 60
}

// VoiceRequest is the body of [Client.UpdateVoice] (page update-agent-voice). The page
// requires the first three; similarity and stability for high tiers, which others refuse.
type VoiceRequest struct {
	VoiceID           string           `json:"voice_id"` // a template's id
	ConversationSpeed Opt[json.Number] `json:"conversation_speed,omitzero"`
	WhoSpeaksFirst    string           `json:"who_speaks_first"` // agent, user
	Language          Opt[string]      `json:"language,omitzero"`
	AmbientBackground Opt[string]      `json:"ambient_background,omitzero"`
	AmbientVolume     Opt[json.Number] `json:"ambient_volume,omitzero"` // 0 to 2
	Similarity        Opt[json.Number] `json:"similarity,omitzero"`     // read back as similarity_boost
	Stability         Opt[json.Number] `json:"stability,omitzero"`
}

// CallingRequest is the body of [Client.UpdateCalling] (page update-agent-calling).
type CallingRequest struct {
	Direction      string        `json:"direction"` // inbound, outbound
	PhoneNumberIDs Opt[[]string] `json:"phone_number_ids,omitzero"`
}

// AdvancedSettingsRequest is the body of [Client.UpdateAdvancedSettings] (page
// update-advanced-settings).
type AdvancedSettingsRequest struct {
	EnableInitialMessageCache Opt[bool] `json:"enable_initial_message_cache,omitzero"`
}
