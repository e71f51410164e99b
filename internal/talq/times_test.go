package talq

import (
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	at := time.Date(2024, 1, 15, 10, 30, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2024-01-15T10:30:00Z":           at,
		"2024-01-15T10:30:00.000000Z":    at,
		"2024-01-15T10:30:00.123456Z":    at.Add(123456 * time.Microsecond),
		"2024-01-15T10:30:00.5Z":         at.Add(500 * time.Millisecond),
		"2024-01-15T12:30:00+02:00":      at,
		"2024-01-15T12:30:00+0200":       at,
		"2024-01-15T12:30:00.250+0200":   at.Add(250 * time.Millisecond),
		"2024-01-15T10:30:00":            at,
		"2024-01-15T10:30:00.25":         at.Add(250 * time.Millisecond),
		"2024-01-15 10:30:00":            at,
		"2024-01-15T10:30:00.123456789Z": at.Add(123456789),
	} {
		if got, ok := ParseTime(text); !ok || !got.Equal(want) {
			t.Errorf("%s: %s, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "now", "2024-01-15", "2024-13-15T10:30:00Z", "1705314600", "2024-01-15T10:30:00Z ", "15.01.2024 10:30"} {
		if got, ok := ParseTime(text); ok {
			t.Errorf("%q was read as %s", text, got)
		}
	}
}

func TestSameInstant(t *testing.T) {
	for name, test := range map[string]struct {
		a, b string
		same bool
	}{
		"same text":               {"2024-01-15T10:30:00Z", "2024-01-15T10:30:00Z", true},
		"with microseconds":       {"2024-01-15T10:30:00Z", "2024-01-15T10:30:00.000000Z", true},
		"with parts, without":     {"2024-01-15T10:30:00.25Z", "2024-01-15T10:30:00Z", true},
		"milli and microseconds":  {"2024-01-15T10:30:00.123Z", "2024-01-15T10:30:00.123456Z", true},
		"nanoseconds":             {"2024-01-15T10:30:00.123456789Z", "2024-01-15T10:30:00.123456Z", true},
		"too many digits":         {"2024-01-15T10:30:00.1234567891234Z", "2024-01-15T10:30:00.123456789Z", true},
		"other zone":              {"2024-01-15T10:30:00Z", "2024-01-15T12:30:00+02:00", true},
		"parts and zone":          {"2024-01-15T10:30:00.5Z", "2024-01-15T12:30:00.500+02:00", true},
		"no zone":                 {"2024-01-15T10:30:00Z", "2024-01-15 10:30:00", true},
		"other second":            {"2024-01-15T10:30:00Z", "2024-01-15T10:30:01Z", false},
		"other second with parts": {"2024-01-15T10:30:00.999Z", "2024-01-15T10:30:01Z", false},
		"other parts":             {"2024-01-15T10:30:00.250Z", "2024-01-15T10:30:00.251Z", false},
		"same text, no time":      {"soon", "soon", true},
		"other text, no time":     {"soon", "later", false},
		"one is no time":          {"2024-01-15T10:30:00Z", "", false},
		"both empty":              {"", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			if SameInstant(test.a, test.b) != test.same || SameInstant(test.b, test.a) != test.same {
				t.Errorf("%s and %s: want %t", test.a, test.b, test.same)
			}
		})
	}
}
