package talq

import (
	"strings"
	"time"
)

// ParseTime reads a time of the API's: ISO 8601 with or without parts of a
// second (API.md, "The action object"). Without a zone it is taken as UTC.
func ParseTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// SameInstant reports whether two times of the API's are the same, to the
// precision that both have: "…:00.25Z" and "…:00Z" are (API.md, ruling 3).
func SameInstant(a, b string) bool {
	first, okFirst := ParseTime(a)
	second, okSecond := ParseTime(b)
	if !okFirst || !okSecond {
		return a == b
	}
	precision := max(precision(a), precision(b))
	return first.Truncate(precision).Equal(second.Truncate(precision))
}

// precision is the smallest part of a second that a time of the API's has.
func precision(text string) time.Duration {
	step := time.Second
	_, parts, _ := strings.Cut(strings.ReplaceAll(text, ",", "."), ".")
	for _, digit := range parts {
		if digit < '0' || digit > '9' || step == time.Nanosecond {
			break
		}
		step /= 10
	}
	return step
}

func parseTime(member Opt[string]) (time.Time, bool) {
	if member.Value == nil {
		return time.Time{}, false
	}
	return ParseTime(*member.Value)
}
