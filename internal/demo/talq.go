package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// What Talq calls an agent that takes calls, and one that takes none.
const (
	live  = "published"
	draft = "draft"
)

// variables are those that the demo sets, in the order in which a person reads them.
func (s *story) variables() []variable {
	return []variable{
		{"TF_CLI_CONFIG_FILE", s.work.cliConfig},
		{"TALQ_BASE_URL", s.talq.BaseURL()},
		{"TALQ_TOKEN", s.talq.Token()},
	}
}

// action returns the action with that node id, or an empty one.
func (s *story) action(nodeID string) fakeapi.Stored {
	for _, action := range s.talq.Actions(s.agent) {
		if action.NodeID == nodeID {
			return action
		}
	}
	return fakeapi.Stored{}
}

// checkWrites says whether exactly these writes arrived since it was last asked, in this
// order, and whether the agent then is a draft or live. A refused write counts, too.
func (s *story) checkWrites(ctx context.Context, status string, want ...fakeapi.Op) error {
	if err := s.talq.Settle(ctx); err != nil {
		return err
	}
	var got []fakeapi.Op
	for _, request := range s.talq.Journal() {
		if request.Method != http.MethodGet {
			got = append(got, request.Op)
		}
	}
	s.talq.ForgetJournal()
	return errors.Join(
		same("the writes that Talq received", want, got),
		same("the agent's status in Talq", status, s.talq.AgentStatus(s.agent)),
	)
}

// compared are the attributes that Talq holds by the same name and in the same form.
var compared = []string{
	"node_id", "name", "description", "type", "url", "authorization_scheme", "speak_on_send", "speak_on_receive",
	"execution_mode", "hold_duration", "transfer_to", "current_status", "inputs",
}

// checkHolds says whether Talq holds the actions as the plan that made them has them, and
// no other action.
func (s *story) checkHolds() error {
	planned := 0
	for _, resource := range s.made.ResourceChanges {
		if resource.Type != "talq_action" {
			continue
		}
		planned++
		want := object(resource.Change.After)
		held := s.action(attribute(resource.Change, "node_id")).Fields
		for _, name := range compared {
			if err := holds(resource.Address+"."+name, want[name], held[name]); err != nil {
				return err
			}
		}
		headers, sent := object(want["custom_headers"]), list(held["custom_headers"])
		if err := same("the number of custom_headers of "+resource.Address, len(headers), len(sent)); err != nil {
			return err
		}
		for _, header := range sent {
			name, _ := object(header)["key"].(string)
			// The values are secrets, so a failure does not show them.
			if object(header)["value"] != headers[name] {
				return fmt.Errorf("another value than the code has for the header %q of %s in Talq", name, resource.Address)
			}
		}
	}
	return same("the number of actions in Talq", planned, len(s.talq.Actions(s.agent)))
}

// holds compares what the code sets with what Talq holds, which may be more: it keeps
// transfer_to and hold_duration behind the inputs of the code.
func holds(what string, want, held any) error {
	switch want := want.(type) {
	case nil:
		return nil
	case map[string]any:
		for name, value := range want {
			if err := holds(what+"."+name, value, object(held)[name]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		items := list(held)
		if len(items) < len(want) {
			return same("the number of "+what+" in Talq", len(want), len(items))
		}
		for i, value := range want {
			if err := holds(fmt.Sprintf("%s[%d]", what, i), value, items[i]); err != nil {
				return err
			}
		}
		return nil
	default:
		return same(what+" in Talq", want, held)
	}
}

// same compares what a step should have brought about with what is there.
func same(what string, want, got any) error {
	if expected, seen := fmt.Sprint(want), fmt.Sprint(got); expected != seen {
		return fmt.Errorf("expected %s to be %s, but saw %s", what, expected, seen)
	}
	return nil
}
