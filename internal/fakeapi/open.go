package fakeapi

import "net/http"

// Point is something that API.md leaves open.
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

// Open lists every point that API.md leaves open with each of its answers, so that tests
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
