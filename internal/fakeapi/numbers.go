package fakeapi

import (
	"fmt"
	"net/url"
	"slices"
)

// number is a phone number of an environment. fields are those of list-phone-numbers.
type number struct {
	token  string
	fields map[string]any
}

// The fields of a number inside an agent (get-agent), and inside the answer to a calling
// update (update-agent-calling).
var (
	embeddedNumberFields = []string{"id", "number", "country_code", "formatted_number", "international_number", "current_status"}
	callingNumberFields  = []string{"id", "number", "country_code", "formatted_number", "current_status"}
)

// number finds a number of an environment by its id; nil when there is none.
func (w *world) number(token string, id any) *number {
	for _, n := range w.numbers {
		if n.token == token && n.fields["id"] == id {
			return n
		}
	}
	return nil
}

func (a *agent) numberIDs() []any {
	ids, _ := a.fields["phone_number_ids"].([]any)
	return ids
}

// numbersOf are an agent's numbers with some of their fields. One that is gone from the
// environment is gone from the agent.
func (s *Server) numbersOf(a *agent, fields []string) []any {
	shown := []any{}
	for _, id := range a.numberIDs() {
		if n := s.world.number(a.token, id); n != nil {
			part := map[string]any{}
			for _, field := range fields {
				part[field] = n.fields[field]
			}
			shown = append(shown, part)
		}
	}
	if s.behaviour.ListReversed {
		slices.Reverse(shown)
	}
	return shown
}

// checkNumbers holds phone_number_ids to the numbers of the environment. a is the agent that
// gets them, nil for one that is not there yet.
func (s *Server) checkNumbers(token string, a *agent, sent map[string]any, errors fieldErrors) {
	ids, _ := sent["phone_number_ids"].([]any)
	for i, id := range ids {
		key := fmt.Sprintf("phone_number_ids.%d", i)
		switch {
		case s.world.number(token, id) == nil:
			errors.add(key, "The selected :attribute is invalid.")
		case s.behaviour.NumberTaken == NumberRefused && s.world.holder(token, id, a) != nil:
			errors.add(key, "The selected :attribute is assigned to another agent.")
		}
	}
}

// takeNumbers takes an agent's numbers away from other agents, where the behaviour says so.
func (s *Server) takeNumbers(a *agent) {
	if s.behaviour.NumberTaken != NumberMoved {
		return
	}
	for _, id := range a.numberIDs() {
		for other := s.world.holder(a.token, id, a); other != nil; other = s.world.holder(a.token, id, a) {
			left := slices.DeleteFunc(slices.Clone(other.numberIDs()), func(one any) bool { return one == id })
			other.fields = withField(other.fields, "phone_number_ids", left)
		}
	}
}

// holder is an agent of the environment, other than a, that a number is assigned to.
func (w *world) holder(token string, id any, a *agent) *agent {
	for _, other := range w.agents {
		if other != a && other.token == token && slices.Contains(other.numberIDs(), id) {
			return other
		}
	}
	return nil
}

// listNumbers is GET /phone-numbers (list-phone-numbers).
func (s *Server) listNumbers(token string, entry *Request) answer {
	errors := fieldErrors{}
	errors.query(entry.Query, "type", oneOf("voice", "sms", "whatsapp", "mms", "fax"))
	for _, capability := range []string{"has_voice", "has_whatsapp"} {
		errors.query(entry.Query, capability, func(value any) string {
			if value != "true" && value != "false" {
				return boolean(value)
			}
			return ""
		})
	}
	if len(errors) > 0 {
		return invalid(errors)
	}
	shown := []any{}
	for _, n := range s.world.numbers {
		search := entry.Query.Get("search")
		if n.token == token && passes(n.fields, entry.Query, "type", "has_voice", "has_whatsapp") &&
			(contains(n.fields["number"], search) || contains(n.fields["id"], search)) {
			shown = append(shown, n.fields)
		}
	}
	return s.listing(shown, entry.Query)
}

// passes says whether fields have the values that a query asks for.
func passes(fields map[string]any, query url.Values, keys ...string) bool {
	for _, key := range keys {
		if wanted := query.Get(key); wanted != "" && wanted != fmt.Sprint(fields[key]) {
			return false
		}
	}
	return true
}

// addSampleNumbers gives an environment the numbers of the vendor's listing.
func (w *world) addSampleNumbers(token string) {
	for _, fields := range sampleNumbers {
		w.numbers = append(w.numbers, &number{token, fields})
	}
}
