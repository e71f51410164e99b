package fakeapi

import "net/http"

// Behaviour says how the server answers where API.md and API-AGENT.md leave it open. The zero value is
// what the vendor's current pages suggest. [Open] lists the points with their answers.
type Behaviour struct {
	// UpsertStatus is 200 (also for 0) or 201 (API.md, ruling 3).
	UpsertStatus int
	// DeleteStatus is 200 with a body (also for 0) or 204 without (API.md, ruling 3).
	DeleteStatus int
	// ResetLeftOut resets an optional field that an update leaves out to its default, where
	// the zero value keeps it (API.md, ruling 5). An update of a webhook keeps it in any case
	// (update-webhook: "only provided fields will be updated").
	ResetLeftOut bool
	// TrimStrings cuts white space off both ends of every string of a body, at any depth,
	// before it is validated (API.md, ruling 9).
	TrimStrings bool
	// EmptyToNull turns every empty string of a body into null, at any depth, after
	// trimming and before it is validated (API.md, ruling 9).
	EmptyToNull bool
	// TransferHold says when transfer_to and hold_duration get an entry of their own in
	// input_schema (API.md, ruling 1).
	TransferHold TransferHold
	// TransferAs is the form of the value of the transfer_to entry of a transfer.
	TransferAs ValueForm
	// HoldAs is the form of the value of the hold_duration entry of a hold.
	HoldAs ValueForm
	// Undocumented says whether and where the fields come back that are "never read back"
	// (API.md, ruling 2).
	Undocumented Undocumented
	// ListReversed lists actions, trainings and webhooks newest first, versions of a flow oldest
	// first, and an agent's phone numbers back to front (API.md, ruling 10).
	ListReversed bool
	// InputsReversed returns the entries of input_schema back to front (API.md, ruling 10).
	InputsReversed bool
	// PageSize is the largest page of the listings of actions, trainings and phone numbers;
	// ?per_page= asks for less, ?page= for another. 0 lists them whole, without meta (API.md,
	// ruling 4).
	PageSize int
	// Microseconds shows times as 2024-01-15T10:30:00.123456Z instead of whole seconds.
	Microseconds bool
	// MixedTimes shows the answers of upserts, creates and updates in the form that all others do not have:
	// the same instant, in whole seconds, with and without a fraction (API.md, ruling 3).
	MixedTimes bool
	// PublishTouchesActions moves the updated_at of an agent's actions when it is published.
	PublishTouchesActions bool
	// RetryAfter is the form of the Retry-After header of a 429.
	RetryAfter RetryAfter
	// ResetAs is the form of the X-RateLimit-Reset header.
	ResetAs ResetForm
	// ReuseIDs gives an action or training that is created under the node id of a deleted one
	// that one's id.
	ReuseIDs bool
	// UntouchedWhenEqual leaves updated_at alone when an upsert or an update changes nothing.
	UntouchedWhenEqual bool
	// ListedAgentsLack names the keys that an agent lacks in GET /agents ("any part of it
	// may be missing", API.md, Endpoints).
	ListedAgentsLack []string

	// ErrorCodes says where an error code of the pages stands in the refusals of API-AGENT.md.
	ErrorCodes ErrorCodes
	// Decimals is the form of conversation_speed, llm_temperature and the numbers of a voice.
	Decimals Decimals
	// TemperatureShown shows llm_temperature in the answer to a knowledge update, where the
	// page has it among the fields and not in the sample.
	TemperatureShown bool
	// IdleUpTo300 takes idle_time_seconds up to 300 instead of 60.
	IdleUpTo300 bool
	// ReadyWithoutNumber makes an agent ready to publish that has no phone number.
	ReadyWithoutNumber bool
	// AdvancedDrafts puts an agent into draft when its advanced settings are written.
	AdvancedDrafts bool
	// TrainingsKeepPublished leaves the agent alone when a training of it is written.
	TrainingsKeepPublished bool
	// NumberTaken says what becomes of a phone number that another agent has.
	NumberTaken NumberTaken
	// VoiceSpeed is the range of conversation_speed in a voice update.
	VoiceSpeed VoiceSpeed
	// VoiceNeedsLanguage makes language a required field of a voice update.
	VoiceNeedsLanguage bool
	// HighTiers are the quality tiers that need similarity and stability; nil means pro and
	// ultra.
	HighTiers []string
	// LikenessIgnored ignores similarity and stability for any other tier, where the zero
	// value refuses them.
	LikenessIgnored bool
	// LikenessBelow1 refuses a similarity or a stability of 1.
	LikenessBelow1 bool
	// SimilarityAsSent shows a voice's similarity_boost under the name of the request,
	// similarity.
	SimilarityAsSent bool

	// WebhookCreateStatus is 200 (also for 0; the OpenAPI file) or 201 (the pages name none).
	WebhookCreateStatus int
	// WebhooksDraft puts an agent into draft when a webhook of it is written.
	WebhooksDraft bool
	// WebhookNull says what a null does in the body of a create or an update of a webhook.
	WebhookNull WebhookNull
	// EventsReversed shows the events of a webhook back to front.
	EventsReversed bool
	// TestNeedsURL wants the body {"url": ...} for the test of a webhook, as the OpenAPI file
	// has it; the page has no body.
	TestNeedsURL bool
	// FailedTestStatus is the status of the answer to a test of a webhook that failed: 200
	// (also for 0; the OpenAPI file names no other), 422 or 500.
	FailedTestStatus int

	// FlowDrafts puts an agent into draft when its flow is saved, where update-agent-flow says
	// that its status stays.
	FlowDrafts bool
	// InvalidFlowStatus is the status of the answer to the validation of a flow that has faults:
	// 422 (also for 0), as that of the update, or 200 (validate-agent-flow names none).
	InvalidFlowStatus int
	// FlowKept keeps the last flow_config of an agent that goes back to llm_driven, and shows
	// it, where get-agent-flow says that it is null.
	FlowKept bool
	// FlowBesideRefused refuses a flow_config beside llm_driven, where the zero value ignores it.
	FlowBesideRefused bool
	// FlowForm is the form in which a flow_config comes back.
	FlowForm FlowForm
	// NodesNeedNext refuses nodes of the types say, ask and action that lead nowhere.
	NodesNeedNext bool
	// ActionsUnchecked ignores action_id: the pages do not say which field of a node names an
	// action. The zero value requires it of nodes of the type action, and refuses one that is no
	// id of an action of the agent.
	ActionsUnchecked bool
	// VersionsCounted calls the versions of a flow 1.0.0, 1.1.0 and so on, where the zero value
	// takes the name from meta.version and counts only where there is none.
	VersionsCounted bool
	// VersionsShowFlow shows the flow_config of each version: the page says that it can be
	// fetched, and no page says how.
	VersionsShowFlow bool
}

// TransferHold says when transfer_to and hold_duration get an entry in input_schema.
type TransferHold int

// The answers to [TransferHold]. Entries that were sent among the inputs always come back.
const (
	// TransferHoldAppended adds an entry where the inputs have none of that name.
	TransferHoldAppended TransferHold = iota
	// TransferHoldAlwaysAppended adds an entry in any case, a second one where one was sent.
	TransferHoldAlwaysAppended
	// TransferHoldAsSent adds none.
	TransferHoldAsSent
)

// ValueForm is the JSON type in which a value of input_schema comes back.
type ValueForm int

// The answers to [ValueForm].
const (
	// ValueAsSent keeps the JSON type of the request.
	ValueAsSent ValueForm = iota
	// ValueAsString turns a number into a string: 30 into "30".
	ValueAsString
	// ValueAsNumber turns a string of digits into a number, without a leading plus.
	ValueAsNumber
)

// Undocumented says where the fields come back that are documented as never read back:
// node_id, authorization_scheme, custom_headers, speak_on_send, speak_on_receive,
// execution_mode and integration. Where nothing was set, the documented default stands. An
// agent, a training and a webhook have no config, so they show their hidden fields when these
// are echoed beside the documented ones, and never otherwise.
type Undocumented int

// The answers to [Undocumented].
const (
	// UndocumentedAbsent leaves them out.
	UndocumentedAbsent Undocumented = iota
	// UndocumentedEchoed puts them beside the documented fields.
	UndocumentedEchoed
	// UndocumentedInConfig puts them into config.
	UndocumentedInConfig
	// UndocumentedMasked is UndocumentedEchoed with each header value, and the secret of a
	// webhook, as "********".
	UndocumentedMasked
)

// RetryAfter is the form of the Retry-After header of a 429.
type RetryAfter int

// The answers to [RetryAfter].
const (
	// RetryAfterAbsent sends no such header.
	RetryAfterAbsent RetryAfter = iota
	// RetryAfterSeconds sends whole seconds, rounded up.
	RetryAfterSeconds
	// RetryAfterDate sends an HTTP date, rounded up to a second.
	RetryAfterDate
)

// ResetForm is the form of the X-RateLimit-Reset header.
type ResetForm int

// The answers to [ResetForm].
const (
	// ResetEpoch sends the end of the window as Unix seconds, rounded up.
	ResetEpoch ResetForm = iota
	// ResetSeconds sends the seconds left, rounded up.
	ResetSeconds
)

// echoes says whether an agent, a training and a webhook show what is documented as hidden.
func (b Behaviour) echoes() bool {
	return b.Undocumented == UndocumentedEchoed || b.Undocumented == UndocumentedMasked
}

func (b Behaviour) upsertStatus() int {
	if b.UpsertStatus == 0 {
		return http.StatusOK
	}
	return b.UpsertStatus
}

func (b Behaviour) deleteStatus() int {
	if b.DeleteStatus == 0 {
		return http.StatusOK
	}
	return b.DeleteStatus
}
