package talq

import "encoding/json"

// Statuses of an agent (API.md). A draft agent takes no calls.
const (
	AgentDraft     = "draft"
	AgentPublished = "published"
)

// Agent is an agent as the pages get-agent and list-agents show it, and as the answers
// to its writes show a part of it. Anything but the id may be missing from an answer.
// A number is kept as it was written, never as a float.
type Agent struct {
	ID               string            `json:"id"`
	Name             Lenient[string]   `json:"name"`
	Label            Lenient[string]   `json:"label"`
	Description      Lenient[string]   `json:"description"`
	Language         Lenient[string]   `json:"language"`
	Direction        Lenient[string]   `json:"direction"`
	CurrentStatus    Opt[string]       `json:"current_status"`
	IsSandbox        Lenient[bool]     `json:"is_sandbox"`
	IsReadyToPublish Lenient[bool]     `json:"is_ready_to_publish"`
	CreatedAt        Lenient[string]   `json:"created_at"`
	UpdatedAt        Lenient[string]   `json:"updated_at"`
	Actions          Lenient[[]Action] `json:"actions"`

	InitialMessage          Lenient[string]        `json:"initial_message"`
	InterruptSensitivity    Lenient[string]        `json:"interrupt_sensitivity"`
	ConversationSpeed       Lenient[json.Number]   `json:"conversation_speed"`
	InitialMessageDelay     Lenient[json.Number]   `json:"initial_message_delay"` // seconds
	AskIfHumanPresentOnIdle Lenient[bool]          `json:"ask_if_human_present_on_idle"`
	WhoSpeaksFirst          Lenient[string]        `json:"who_speaks_first"`
	Voice                   Lenient[Voice]         `json:"voice"`
	Trainings               Lenient[[]Training]    `json:"trainings"`
	PhoneNumbers            Lenient[[]PhoneNumber] `json:"phone_numbers"`

	// No page shows these of an agent, except AdvancedSettings in the answer to its
	// own write. They are read where an answer carries them after all (API.md, ruling 2).
	EndpointingSensitivity       Lenient[string]           `json:"endpointing_sensitivity"`
	IVRNavigationMode            Lenient[string]           `json:"ivr_navigation_mode"`
	IdleTimeSeconds              Lenient[json.Number]      `json:"idle_time_seconds"`
	MaxIdleCheckCount            Lenient[json.Number]      `json:"max_idle_check_count"`
	MaxCallDurationSeconds       Lenient[json.Number]      `json:"max_call_duration_seconds"`
	SayGoodbyeOnMaxDuration      Lenient[bool]             `json:"say_goodbye_on_max_duration"`
	UserInactivityTimeoutSeconds Lenient[json.Number]      `json:"user_inactivity_timeout_seconds"`
	InitialIdleTimeSeconds       Lenient[json.Number]      `json:"initial_idle_time_seconds"`
	InitialMaxIdleCheckCount     Lenient[json.Number]      `json:"initial_max_idle_check_count"`
	LLMTemperature               Lenient[json.Number]      `json:"llm_temperature"`
	EnableRecording              Lenient[bool]             `json:"enable_recording"`
	AdvancedSettings             Lenient[AdvancedSettings] `json:"advanced_settings"`

	whole bool // read by a call of its own, not as a part of a list, which may leave parts out
}

// Voice is how an agent sounds.
type Voice struct {
	ID                Lenient[string]      `json:"id"` // not the template's, which a request names
	Name              Lenient[string]      `json:"name"`
	Label             Lenient[string]      `json:"label"`
	Stability         Lenient[json.Number] `json:"stability"`
	SimilarityBoost   Lenient[json.Number] `json:"similarity_boost"` // a request's similarity
	AmbientBackground Lenient[string]      `json:"ambient_background"`
	AmbientVolume     Lenient[json.Number] `json:"ambient_volume"` // no page shows it
	Template          Lenient[struct {
		ID   Lenient[string] `json:"id"`
		Name Lenient[string] `json:"name"`
	}] `json:"template"`
}

// AdvancedSettings are switched by [Client.UpdateAdvancedSettings].
type AdvancedSettings struct {
	EnableInitialMessageCache Lenient[bool] `json:"enable_initial_message_cache"`
}

// Status returns the agent's current_status, "" where the answer had none.
func (a Agent) Status() string {
	if a.CurrentStatus.Value == nil {
		return ""
	}
	return *a.CurrentStatus.Value
}

// PhoneNumberIDs returns the ids of the agent's numbers. It is not Present where the
// answer left out the numbers, or the id of one of them.
func (a Agent) PhoneNumberIDs() Opt[[]string] {
	switch numbers := a.PhoneNumbers; {
	case !numbers.Present:
		return Opt[[]string]{}
	case numbers.Value == nil:
		return Null[[]string]()
	}
	ids := make([]string, 0, len(*a.PhoneNumbers.Value))
	for _, number := range *a.PhoneNumbers.Value {
		if number.ID.or("") == "" {
			return Opt[[]string]{}
		}
		ids = append(ids, *number.ID.Value)
	}
	return Some(ids)
}

// complete reports whether no member was left out that the page get-agent shows, neither
// of the agent nor of its parts.
func (a *Agent) complete() bool {
	return a.Name.Present && a.Label.Present && a.Description.Present && a.Language.Present && a.Direction.Present &&
		a.CurrentStatus.Present && a.IsSandbox.Present && a.IsReadyToPublish.Present && a.CreatedAt.Present && a.UpdatedAt.Present &&
		a.InitialMessage.Present && a.InterruptSensitivity.Present && a.ConversationSpeed.Present && a.InitialMessageDelay.Present &&
		a.AskIfHumanPresentOnIdle.Present && a.WhoSpeaksFirst.Present &&
		a.Voice.Present && (a.Voice.Value == nil || a.Voice.Value.complete()) &&
		actionKind.shows(a) && trainingKind.shows(a) && a.showsPhoneNumbers()
}

func (v *Voice) complete() bool {
	return v.ID.Present && v.Name.Present && v.Label.Present && v.Stability.Present && v.SimilarityBoost.Present &&
		v.AmbientBackground.Present && v.Template.Present
}

func (a *Agent) showsPhoneNumbers() bool {
	if a.PhoneNumbers.Value == nil {
		return false
	}
	for _, n := range *a.PhoneNumbers.Value {
		if !n.ID.Present || !n.Number.Present || !n.CountryCode.Present || !n.FormattedNumber.Present ||
			!n.InternationalNumber.Present || !n.CurrentStatus.Present {
			return false
		}
	}
	return true
}
