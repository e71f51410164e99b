package fakeapi

import "time"

// The two forms of an instant in an answer.
const (
	inSeconds      = "2006-01-02T15:04:05Z"
	inMicroseconds = "2006-01-02T15:04:05.000000Z"
)

// resolution is the finest step in which two instants differ in every answer.
func (b Behaviour) resolution() time.Duration {
	if b.Microseconds && !b.MixedTimes {
		return time.Microsecond
	}
	return time.Second
}

// later is the instant of a write at now to something last written at last, the zero time
// when never: strictly after it, at the resolution that answers show.
func (b Behaviour) later(now, last time.Time) time.Time {
	step := b.resolution()
	t := now.UTC().Truncate(step)
	if !t.After(last) {
		t = last.Truncate(step).Add(step)
	}
	return t
}

// stamp writes t as the answer to an upsert, or as any other answer, shows it.
func (b Behaviour) stamp(t time.Time, upsert bool) string {
	if b.Microseconds != (b.MixedTimes && upsert) {
		return t.UTC().Format(inMicroseconds)
	}
	return t.UTC().Format(inSeconds)
}

// webhookStamp writes t as the answer to a write of a webhook, or as any other answer about
// one, shows it. The samples of webhooks have six digits everywhere (create-webhook); where
// the forms are mixed, a write shows none.
func (b Behaviour) webhookStamp(t time.Time, write bool) string {
	if b.MixedTimes && write {
		return t.UTC().Format(inSeconds)
	}
	return t.UTC().Format(inMicroseconds)
}
