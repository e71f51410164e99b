package fakeapi

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"unicode/utf8"
)

// The words of the pages of an agent.
var (
	languages = []string{
		"pt-BR", "pt-PT", "en-US", "en-CA", "es-ES", "fr-FR", "de-DE", "it-IT", "nl-NL", "ja-JP", "ko-KR", "zh-TW",
	}
	sensitivities = []string{"low", "medium", "high"}
	directions    = []string{"inbound", "outbound"}
	speakers      = []string{"agent", "user"}
)

// createRules are the fields of POST /agents (create-agent).
func (b Behaviour) createRules() []field {
	longestIdle := 60
	if b.IdleUpTo300 {
		longestIdle = 300
	}
	return []field{
		{"label", required, upTo255},
		{"description", optional, text},
		{"name", required, upTo255},
		{"language", required, oneOf(languages...)},
		{"initial_message", optional, text},
		{"interrupt_sensitivity", required, oneOf(sensitivities...)},
		{"endpointing_sensitivity", required, upTo255},
		{"ivr_navigation_mode", required, upTo255},
		{"conversation_speed", required, between("0.1", "3.0")},
		{"initial_message_delay", required, integerBetween(0, 60)},
		{"ask_if_human_present_on_idle", required, boolean},
		{"idle_time_seconds", required, integerBetween(1, longestIdle)},
		{"max_idle_check_count", optional, integerBetween(1, 10)},
		{"max_call_duration_seconds", optional, integerBetween(1, 3600)},
		{"say_goodbye_on_max_duration", optional, boolean},
		{"user_inactivity_timeout_seconds", optional, integerBetween(5, 120)},
		{"initial_idle_time_seconds", optional, integerBetween(1, 60)},
		{"initial_max_idle_check_count", optional, integerBetween(0, 10)},
		{"llm_temperature", required, between("0", "2")},
		{"enable_recording", required, boolean},
		{"direction", required, oneOf(directions...)},
		{"who_speaks_first", required, oneOf(speakers...)},
		{"phone_number_ids", optional, list},
	}
}

// knowledgeRules are the fields of update-agent-knowledge, callingRules those of
// update-agent-calling, advancedRules those of update-advanced-settings.
var (
	knowledgeRules = []field{
		{"description", required, textFrom(5)},
		{"initial_message", optional, both(textFrom(5), upTo255)},
		{"interrupt_sensitivity", required, oneOf(sensitivities...)},
		{"ask_if_human_present_on_idle", required, boolean},
		{"llm_temperature", required, between("0", "2")},
		{"initial_message_delay", required, integerBetween(0, 60)},
	}
	callingRules = []field{
		{"direction", required, oneOf(directions...)},
		{"phone_number_ids", optional, list},
	}
	advancedRules = []field{
		{"enable_initial_message_cache", optional, boolean},
	}
)

func names(rules []field) []string {
	all := []string{}
	for _, rule := range rules {
		all = append(all, rule.name)
	}
	return all
}

// query holds a parameter of a query to a check, where it is there and not empty.
func (e fieldErrors) query(query url.Values, key string, check check) {
	value := query.Get(key)
	if value == "" {
		return
	}
	if message := check(value); message != "" {
		e.add(key, message)
	}
}

func both(first, second check) check {
	return func(value any) string {
		if message := first(value); message != "" {
			return message
		}
		return second(value)
	}
}

// textFrom counts characters, not bytes.
func textFrom(least int) check {
	return func(value any) string {
		if s, ok := value.(string); ok && utf8.RuneCountInString(s) < least {
			return fmt.Sprintf("The :attribute field must be at least %d characters.", least)
		}
		return text(value)
	}
}

// between takes numbers from low to high, both included, in the words of the pages.
func between(low, high string) check {
	lowest, _ := strconv.ParseFloat(low, 64)
	highest, _ := strconv.ParseFloat(high, 64)
	return number64(func(n float64) bool { return n >= lowest && n <= highest },
		fmt.Sprintf("The :attribute must be between %s and %s.", low, high))
}

// number64 takes numbers that are within a range, and says the message about others.
func number64(within func(float64) bool, message string) check {
	return func(value any) string {
		number, ok := value.(json.Number)
		if !ok {
			return "The :attribute field must be a number."
		}
		if n, err := number.Float64(); err != nil || !within(n) {
			return message
		}
		return ""
	}
}

func integerBetween(low, high int) check {
	return func(value any) string {
		number, ok := value.(json.Number)
		n, err := number.Int64()
		switch {
		case !ok || err != nil:
			return "The :attribute field must be an integer."
		case n < int64(low) || n > int64(high):
			return fmt.Sprintf("The :attribute must be between %d and %d.", low, high)
		}
		return ""
	}
}
