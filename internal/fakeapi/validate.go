package fakeapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// fieldErrors are the messages of a 422 by field, nested ones as "inputs.0.name".
type fieldErrors map[string][]string

// add notes a message about a field, whose name stands for ":attribute" as Laravel writes it.
func (e fieldErrors) add(field, message string) {
	name := strings.ReplaceAll(field, "_", " ")
	e[field] = append(e[field], strings.ReplaceAll(message, ":attribute", name))
}

// check is the message about a value that is not null, empty when it is fine.
type check func(value any) string

// field is a rule for one field of an object.
type field struct {
	name     string
	required bool
	check    check
}

const required, optional = true, false

// bodyRules are API.md, The request body of the upsert.
var bodyRules = []field{
	{"node_id", required, text},
	{"name", required, upTo255},
	{"description", required, text},
	{"type", required, oneOf("webhook", "transfer", "hold", "external")},
	{"inputs", optional, list},
	{"integration", optional, isObject},
	{"url", optional, validURL},
	{"authorization_url", optional, validURL},
	{"authorization_scheme", optional, oneOf("none", "bearer", "basic", "api_key", "custom")},
	{"custom_headers", optional, list},
	{"speak_on_send", optional, text},
	{"speak_on_receive", optional, text},
	{"execution_mode", optional, oneOf("during_call", "post_call")},
	{"hold_duration", optional, integerFrom1},
	{"transfer_to", optional, phoneNumber},
	{"current_status", optional, oneOf("active", "inactive")},
}

// hiddenDefaults are the fields that are documented as never read back, with what stands
// where nothing was set (the same table of API.md).
var hiddenDefaults = map[string]any{
	"node_id":              nil,
	"authorization_scheme": "none",
	"custom_headers":       []any{},
	"speak_on_send":        nil,
	"speak_on_receive":     nil,
	"execution_mode":       "during_call",
	"integration":          nil,
}

// HiddenFields are the names of what no answer shows of an action, sorted.
func HiddenFields() []string { return slices.Sorted(maps.Keys(hiddenDefaults)) }

// The items of the arrays, and integration, in the same table of API.md.
var (
	inputRules = []field{
		{"name", required, text},
		{"type", optional, text},
		{"required", optional, boolean},
		{"description", optional, text},
	}
	headerRules = []field{
		{"key", required, text},
		{"value", required, text},
	}
	integrationRules = []field{
		{"id", required, text},
	}
)

// validate holds a body to the rules. after is what the action would be with it.
func validate(sent, after map[string]any) fieldErrors {
	errors := fieldErrors{}
	errors.object("", sent, bodyRules)
	errors.items("inputs", sent["inputs"], inputRules)
	errors.items("custom_headers", sent["custom_headers"], headerRules)
	if integration := object(sent["integration"]); integration != nil {
		errors.object("integration.", integration, integrationRules)
	}
	if sent["execution_mode"] == "post_call" && sent["type"] != "external" {
		errors.add("execution_mode", "The :attribute post_call is only available for external actions.")
	}
	for _, t := range twins {
		if sent["type"] == t.ofType && after[t.field] == nil && t.entryValue(after["inputs"]) == nil {
			errors.add(t.field, "The :attribute field is required when type is "+t.ofType+".")
		}
	}
	return errors
}

func (e fieldErrors) object(prefix string, fields map[string]any, rules []field) {
	for _, rule := range rules {
		value := fields[rule.name]
		switch {
		case rule.required && isBlank(value):
			e.add(prefix+rule.name, "The :attribute field is required.")
		case value == nil:
		default:
			if message := rule.check(value); message != "" {
				e.add(prefix+rule.name, message)
			}
		}
	}
}

func (e fieldErrors) items(field string, value any, rules []field) {
	items, _ := value.([]any)
	for i, item := range items {
		key := fmt.Sprintf("%s.%d", field, i)
		if fields := object(item); fields != nil {
			e.object(key+".", fields, rules)
		} else {
			e.add(key, "The :attribute field must be an object.")
		}
	}
}

func isBlank(value any) bool {
	text, ok := value.(string)
	return value == nil || ok && strings.TrimSpace(text) == ""
}

func text(value any) string {
	if _, ok := value.(string); !ok {
		return "The :attribute field must be a string."
	}
	return ""
}

// upTo255 counts characters, not bytes.
func upTo255(value any) string {
	if s, ok := value.(string); ok && utf8.RuneCountInString(s) > 255 {
		return "The :attribute field must not be greater than 255 characters."
	}
	return text(value)
}

func oneOf(words ...string) check {
	return func(value any) string {
		if word, ok := value.(string); !ok || !slices.Contains(words, word) {
			return "The selected :attribute is invalid."
		}
		return ""
	}
}

func list(value any) string {
	if _, ok := value.([]any); !ok {
		return "The :attribute field must be an array."
	}
	return ""
}

func isObject(value any) string {
	if object(value) == nil {
		return "The :attribute field must be an object."
	}
	return ""
}

func boolean(value any) string {
	if _, ok := value.(bool); !ok {
		return "The :attribute field must be true or false."
	}
	return ""
}

func validURL(value any) string {
	s, _ := value.(string)
	if u, err := url.Parse(s); err != nil || u.Scheme == "" || u.Hostname() == "" || strings.ContainsAny(s, " \t\r\n") {
		return "The :attribute field must be a valid URL."
	}
	return ""
}

func integerFrom1(value any) string {
	number, ok := value.(json.Number)
	digits, negative := strings.CutPrefix(number.String(), "-")
	switch {
	case !ok || !isInteger(digits):
		return "The :attribute field must be an integer."
	case negative || digits == "0":
		return "The :attribute field must be at least 1."
	}
	return ""
}

var (
	e164   = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)
	digits = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
)

func phoneNumber(value any) string {
	if s, ok := value.(string); !ok || !e164.MatchString(s) {
		return "The :attribute field format is invalid."
	}
	return ""
}

// isInteger says whether s is a JSON integer without a sign.
func isInteger(s string) bool {
	return digits.MatchString(s)
}
