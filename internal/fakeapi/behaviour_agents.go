package fakeapi

// ErrorCodes says where an error code of the pages stands in a refusal. Their samples of a
// 404 and a 409 have none; that of update-advanced-settings has it in any case.
type ErrorCodes int

// The answers to [ErrorCodes].
const (
	// ErrorCodeAbsent sends none.
	ErrorCodeAbsent ErrorCodes = iota
	// ErrorCodeBeside sends it as "code" beside the message.
	ErrorCodeBeside
	// ErrorCodeInside sends both inside "error" (API.md, Errors).
	ErrorCodeInside
)

// Decimals is the form in which a number comes back that may have a fraction.
type Decimals int

// The answers to [Decimals].
const (
	// DecimalsAsSent keeps the text of the request: 1.0 stays 1.0.
	DecimalsAsSent Decimals = iota
	// DecimalsShortest turns 1.0 into 1.
	DecimalsShortest
	// DecimalsPadded turns 1.0 into 1.00.
	DecimalsPadded
)

// NumberTaken says what a write does that gives an agent the phone number of another one.
type NumberTaken int

// The answers to [NumberTaken].
const (
	// NumberShared lets both have it.
	NumberShared NumberTaken = iota
	// NumberMoved takes it away from the other one.
	NumberMoved
	// NumberRefused answers 422.
	NumberRefused
)

// VoiceSpeed is the range of conversation_speed in a voice update. The page says "greater
// than 1, less than 2", and sends 1.0 in its second example.
type VoiceSpeed int

// The answers to [VoiceSpeed].
const (
	// VoiceSpeedFrom1 takes 1 up to below 2.
	VoiceSpeedFrom1 VoiceSpeed = iota
	// VoiceSpeedAbove1 takes above 1 up to below 2.
	VoiceSpeedAbove1
	// VoiceSpeedAsOnCreate takes 0.1 to 3.
	VoiceSpeedAsOnCreate
)
