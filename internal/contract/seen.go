package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// seen is what rows are judged by.
type seen struct {
	answers map[string]guard.Answer // by the key of the step; of a listing the first page
	sent    map[string]body
	items   map[string][]any // the actions, trainings and webhooks in an answer, of all pages
	pages   map[string]int
	untried map[string]string // why a step was not made
	// all are the answers to every request, withToken those that the rate limit counts.
	all, withToken []guard.Answer
	clean          *cleaner
}

// judge is the end of a row.
func (s *seen) judge(r Row) (Verdict, string) {
	for _, key := range r.Steps {
		a, made := s.answers[key]
		switch {
		case !made && s.untried[key] != "":
			return Untried, fmt.Sprintf("%q: %s", key, s.untried[key])
		case !made:
			return Untried, fmt.Sprintf("%q: the run ended before it", key)
		case !a.OK() && !r.AnyStatus:
			return Untried, fmt.Sprintf("%q was answered %d", key, a.Status)
		}
	}
	if len(s.withToken) == 0 {
		return Untried, "nothing was sent"
	}
	return r.Judge(s)
}

// action is the one in the answer to an upsert, or what else an answer is about; nil where
// there is none.
func (s *seen) action(key string) map[string]any {
	return object(s.answers[key].Object()["data"])
}

// listed is what a call made, as another answer shows it; nil where it does not.
func (s *seen) listed(key, upsert string) map[string]any {
	if at := s.positions(key, upsert); len(at) > 0 {
		return object(s.items[key][at[0]])
	}
	return nil
}

// positions are where the actions of upserts stand in an answer, one upsert after another.
func (s *seen) positions(key string, upserts ...string) []int {
	var at []int
	for _, upsert := range upserts {
		for i, item := range s.items[key] {
			if id := s.action(upsert)["id"]; id != nil && object(item)["id"] == id {
				at = append(at, i)
			}
		}
	}
	return at
}

// hidden is a hidden field of an action, where it came back.
func (s *seen) hidden(key, field string) (any, bool) {
	if value, ok := s.action(key)[field]; ok {
		return value, true
	}
	value, ok := object(s.action(key)["config"])[field]
	return value, ok
}

func (s *seen) shown(value any) string { return s.clean.short(value) }

func (s *seen) movedByPublish(upsert string) time.Duration {
	return instant(s.listed("list published", upsert), "updated_at").Sub(instant(s.action(upsert), "updated_at")).Abs()
}

func verdict(ok bool, format string, args ...any) (Verdict, string) {
	if ok {
		return Holds, fmt.Sprintf(format, args...)
	}
	return Fails, fmt.Sprintf(format, args...)
}

func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}

// equal says whether two values are the same JSON.
func equal(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// entries are the inputs of a name as they came back.
func entries(action map[string]any, name string) []map[string]any {
	var found []map[string]any
	inputs, _ := action["input_schema"].([]any)
	for _, input := range inputs {
		if object(input)["name"] == name {
			found = append(found, object(input))
		}
	}
	return found
}

// members are the values of one key of each object.
func members[T any](objects []T, key string) []any {
	found := []any{}
	for _, item := range objects {
		found = append(found, object(any(item))[key])
	}
	return found
}

var hiddenFields = strings.Fields("node_id authorization_scheme custom_headers speak_on_send speak_on_receive execution_mode integration")

func present(fields map[string]any) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(fields)), func(key string) bool { return !slices.Contains(hiddenFields, key) })
}

func listOf(names []string, otherwise string) string {
	if len(names) == 0 {
		return otherwise
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// instant is a time of an action; the zero time where there is none.
func instant(action map[string]any, key string) time.Time {
	text, _ := action[key].(string)
	t, _ := time.Parse(time.RFC3339, text) // Zero is no time at all.
	return t
}

// said is the text of an error.
func said(a guard.Answer) string {
	for _, value := range []any{a.Object()["message"], a.Object()["error"], object(a.Object()["error"])["message"]} {
		if text, ok := value.(string); ok && text != "" {
			return text
		}
	}
	return ""
}

// number64 is -1 for what is no whole number.
func number64(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func isNumber(text string) bool { return number64(text) >= 0 }

func remaining(a guard.Answer) int64 { return number64(a.Header.Get("X-RateLimit-Remaining")) }
