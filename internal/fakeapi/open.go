package fakeapi

import "net/http"

// Point is something that API.md or API-AGENT.md leaves open.
type Point struct {
	Name    string
	Answers []Answer
}

// Answer is one way in which the API may behave at a [Point].
type Answer struct {
	Name string
	// Set makes a behaviour answer like this at the point, whatever it did before.
	Set func(*Behaviour)
}

// Open lists every point that API.md and API-AGENT.md leave open with each of its answers, so that tests
// walk one table. The first answer of each is that of the zero [Behaviour].
func Open() []Point {
	return []Point{
		point("status of an upsert", func(b *Behaviour) *int { return &b.UpsertStatus },
			is("200", http.StatusOK), is("201", http.StatusCreated)),
		point("status of a delete", func(b *Behaviour) *int { return &b.DeleteStatus },
			is("200 with a body", http.StatusOK), is("204 without a body", http.StatusNoContent)),
		point("field left out of an update", func(b *Behaviour) *bool { return &b.ResetLeftOut },
			is("kept", false), is("reset", true)),
		point("white space around strings", func(b *Behaviour) *bool { return &b.TrimStrings },
			is("kept", false), is("trimmed", true)),
		point("empty strings", func(b *Behaviour) *bool { return &b.EmptyToNull },
			is("kept", false), is("turned into null", true)),
		point("entry of transfer_to and hold_duration", func(b *Behaviour) *TransferHold { return &b.TransferHold },
			is("appended when missing", TransferHoldAppended),
			is("always appended", TransferHoldAlwaysAppended),
			is("as sent", TransferHoldAsSent)),
		point("value of transfer_to", func(b *Behaviour) *ValueForm { return &b.TransferAs },
			is("as sent", ValueAsSent), is("number", ValueAsNumber)),
		point("value of hold_duration", func(b *Behaviour) *ValueForm { return &b.HoldAs },
			is("as sent", ValueAsSent), is("string", ValueAsString)),
		point("undocumented fields", func(b *Behaviour) *Undocumented { return &b.Undocumented },
			is("absent", UndocumentedAbsent),
			is("echoed", UndocumentedEchoed),
			is("echoed inside config", UndocumentedInConfig),
			is("echoed with masked headers", UndocumentedMasked)),
		point("order of actions", func(b *Behaviour) *bool { return &b.ListReversed },
			is("oldest first", false), is("newest first", true)),
		point("order of inputs", func(b *Behaviour) *bool { return &b.InputsReversed },
			is("as sent", false), is("reversed", true)),
		point("listing of actions", func(b *Behaviour) *int { return &b.PageSize },
			is("whole", 0), is("paged by two", 2)),
		{"times", []Answer{
			{"whole seconds", func(b *Behaviour) { b.Microseconds, b.MixedTimes = false, false }},
			{"microseconds", func(b *Behaviour) { b.Microseconds, b.MixedTimes = true, false }},
			{"microseconds in upserts only", func(b *Behaviour) { b.Microseconds, b.MixedTimes = false, true }},
			{"microseconds but in upserts", func(b *Behaviour) { b.Microseconds, b.MixedTimes = true, true }},
		}},
		point("updated_at of actions at a publish", func(b *Behaviour) *bool { return &b.PublishTouchesActions },
			is("kept", false), is("moved", true)),
		point("updated_at at an upsert that changes nothing", func(b *Behaviour) *bool { return &b.UntouchedWhenEqual },
			is("moved", false), is("kept", true)),
		point("id of an action that is made again", func(b *Behaviour) *bool { return &b.ReuseIDs },
			is("new", false), is("the old one", true)),
		point("Retry-After", func(b *Behaviour) *RetryAfter { return &b.RetryAfter },
			is("absent", RetryAfterAbsent), is("seconds", RetryAfterSeconds), is("date", RetryAfterDate)),
		point("X-RateLimit-Reset", func(b *Behaviour) *ResetForm { return &b.ResetAs },
			is("epoch", ResetEpoch), is("seconds left", ResetSeconds)),
		// Tests pair the answers of points by their places, so what is new stands at the end.
		point("error codes", func(b *Behaviour) *ErrorCodes { return &b.ErrorCodes },
			is("absent", ErrorCodeAbsent), is("beside the message", ErrorCodeBeside), is("around the message", ErrorCodeInside)),
		point("decimals", func(b *Behaviour) *Decimals { return &b.Decimals },
			is("as sent", DecimalsAsSent), is("shortest", DecimalsShortest), is("with two digits", DecimalsPadded)),
		point("temperature in the answer to knowledge", func(b *Behaviour) *bool { return &b.TemperatureShown },
			is("absent", false), is("shown", true)),
		point("longest idle time", func(b *Behaviour) *bool { return &b.IdleUpTo300 },
			is("60", false), is("300", true)),
		point("agent without a number", func(b *Behaviour) *bool { return &b.ReadyWithoutNumber },
			is("not ready", false), is("ready", true)),
		point("agent whose advanced settings are written", func(b *Behaviour) *bool { return &b.AdvancedDrafts },
			is("stays published", false), is("draft", true)),
		point("agent whose training is written", func(b *Behaviour) *bool { return &b.TrainingsKeepPublished },
			is("draft", false), is("stays published", true)),
		point("number of another agent", func(b *Behaviour) *NumberTaken { return &b.NumberTaken },
			is("shared", NumberShared), is("moved", NumberMoved), is("refused", NumberRefused)),
		point("speed in a voice update", func(b *Behaviour) *VoiceSpeed { return &b.VoiceSpeed },
			is("from 1, below 2", VoiceSpeedFrom1), is("above 1, below 2", VoiceSpeedAbove1), is("as on create", VoiceSpeedAsOnCreate)),
		point("language in a voice update", func(b *Behaviour) *bool { return &b.VoiceNeedsLanguage },
			is("optional", false), is("required", true)),
		point("tiers that need similarity and stability", func(b *Behaviour) *[]string { return &b.HighTiers },
			is[[]string]("pro and ultra", nil), is("ultra", []string{"ultra"}), is("pro, ultra and beta", []string{"pro", "ultra", "beta"})),
		point("similarity and stability for other tiers", func(b *Behaviour) *bool { return &b.LikenessIgnored },
			is("refused", false), is("ignored", true)),
		point("similarity and stability of 1", func(b *Behaviour) *bool { return &b.LikenessBelow1 },
			is("taken", false), is("refused", true)),
		point("name of a voice's similarity", func(b *Behaviour) *bool { return &b.SimilarityAsSent },
			is("similarity_boost", false), is("similarity", true)),
		point("status of a webhook's create", func(b *Behaviour) *int { return &b.WebhookCreateStatus },
			is("200", http.StatusOK), is("201", http.StatusCreated)),
		point("agent whose webhook is written", func(b *Behaviour) *bool { return &b.WebhooksDraft },
			is("stays published", false), is("draft", true)),
		point("null in the body of a webhook", func(b *Behaviour) *WebhookNull { return &b.WebhookNull },
			is("resets the field", WebhookNullResets), is("ignored", WebhookNullIgnored), is("refused", WebhookNullRefused)),
		point("order of a webhook's events", func(b *Behaviour) *bool { return &b.EventsReversed },
			is("as sent", false), is("reversed", true)),
		point("body of a webhook's test", func(b *Behaviour) *bool { return &b.TestNeedsURL },
			is("none", false), is("with a URL", true)),
		point("status of a webhook's failed test", func(b *Behaviour) *int { return &b.FailedTestStatus },
			is("200", http.StatusOK), is("422", http.StatusUnprocessableEntity), is("500", http.StatusInternalServerError)),
		point("agent whose flow is saved", func(b *Behaviour) *bool { return &b.FlowDrafts },
			is("stays published", false), is("draft", true)),
		point("status of a flow's failed validation", func(b *Behaviour) *int { return &b.InvalidFlowStatus },
			is("422", http.StatusUnprocessableEntity), is("200", http.StatusOK)),
		point("flow of an agent that is llm driven again", func(b *Behaviour) *bool { return &b.FlowKept },
			is("null", false), is("the last one", true)),
		point("flow sent beside llm driven", func(b *Behaviour) *bool { return &b.FlowBesideRefused },
			is("ignored", false), is("refused", true)),
		point("form of a flow", func(b *Behaviour) *FlowForm { return &b.FlowForm },
			is("as sent", FlowAsSent),
			is("filled up", FlowFilled),
			is("only fields of the page", FlowKnownFields),
			is("empty objects as lists", FlowEmptyAsList)),
		point("node that leads nowhere", func(b *Behaviour) *bool { return &b.NodesNeedNext },
			is("taken", false), is("refused", true)),
		point("action of a node", func(b *Behaviour) *bool { return &b.ActionsUnchecked },
			is("action_id", false), is("not checked", true)),
		point("name of a flow's version", func(b *Behaviour) *bool { return &b.VersionsCounted },
			is("that of meta", false), is("counted", true)),
		point("flow of a version", func(b *Behaviour) *bool { return &b.VersionsShowFlow },
			is("absent", false), is("shown", true)),
	}
}

// named is a value of one field of [Behaviour].
type named[T any] struct {
	name  string
	value T
}

func is[T any](name string, value T) named[T] {
	return named[T]{name, value}
}

// point is a point that one field decides.
func point[T any](name string, field func(*Behaviour) *T, values ...named[T]) Point {
	p := Point{Name: name}
	for _, v := range values {
		p.Answers = append(p.Answers, Answer{v.name, func(b *Behaviour) { *field(b) = v.value }})
	}
	return p
}
