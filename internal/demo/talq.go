package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"

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

// checkWrites says whether exactly these writes arrived since it was last asked, the last of
// them at the end, and whether the agent then is a draft or live. What does not depend on each
// other is written in whatever order. A refused write counts, too.
func (s *story) checkWrites(ctx context.Context, status string, want ...fakeapi.Op) error {
	if err := s.talq.Settle(ctx); err != nil {
		return err
	}
	var got []fakeapi.Op
	for _, request := range s.talq.Requests(fakeapi.Match{}) {
		if request.Method != http.MethodGet {
			got = append(got, request.Op)
		}
	}
	s.talq.ForgetJournal()
	if len(got) > 0 && len(want) > 0 {
		if err := same("the last write that Talq received", want[len(want)-1], got[len(got)-1]); err != nil {
			return err
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	return errors.Join(
		same("the writes that Talq received", want, got),
		same("the agent's status in Talq", status, s.status()),
	)
}

// status is what Talq says of the agent, "" while there is none.
func (s *story) status() string {
	if s.agent == "" {
		return ""
	}
	return s.talq.AgentStatus(s.agent)
}

// compared are the attributes that Talq holds by the same name and in the same form, by the
// type of the resource.
var compared = map[string][]string{
	"talq_agent": {
		"label", "name", "description", "language", "direction", "who_speaks_first", "initial_message", "interrupt_sensitivity",
		"endpointing_sensitivity", "ivr_navigation_mode", "initial_message_delay", "conversation_speed", "llm_temperature",
		"idle_time_seconds", "ask_if_human_present_on_idle", "enable_recording", "phone_number_ids",
	},
	"talq_training": {"node_id", "subject", "instructions"},
	"talq_action": {
		"node_id", "name", "description", "type", "url", "authorization_scheme", "speak_on_send", "speak_on_receive",
		"execution_mode", "hold_duration", "transfer_to", "current_status", "inputs",
	},
}

// checkHolds says whether Talq holds the agent, its trainings and its actions as the plan
// that made them has them, and no others.
func (s *story) checkHolds() error {
	planned := map[string]int{}
	for _, resource := range s.made.ResourceChanges {
		if resource.Mode != tfjson.ManagedResourceMode || compared[resource.Type] == nil {
			continue
		}
		planned[resource.Type]++
		want, held := object(resource.Change.After), s.held(resource.Type, attribute(resource.Change, "node_id"))
		for _, name := range compared[resource.Type] {
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
	return errors.Join(
		same("the number of agents in Talq", planned["talq_agent"], len(s.talq.Agents())),
		same("the number of trainings in Talq", planned["talq_training"], len(s.talq.Trainings(s.agent))),
		same("the number of actions in Talq", planned["talq_action"], len(s.talq.Actions(s.agent))),
	)
}

// held are the fields of the agent, or of its training or action with that node id.
func (s *story) held(kind, nodeID string) map[string]any {
	switch kind {
	case "talq_agent":
		agent, _ := s.talq.Agent(s.agent)
		return agent.Fields
	case "talq_training":
		for _, training := range s.talq.Trainings(s.agent) {
			if training.NodeID == nodeID {
				return training.Fields
			}
		}
		return nil
	default:
		return s.action(nodeID).Fields
	}
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
