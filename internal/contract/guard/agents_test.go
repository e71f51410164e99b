package guard

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// agentCalled is an agent of a listing, with what more says.
func agentCalled(id, name, label, more string) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"label":%q,"current_status":"draft","phone_numbers":[]%s}`, id, name, label, more)
}

func TestASweepDeletesAgentsThatARunMade(t *testing.T) {
	const made = "tfacc-made-by-a-run-agent"
	agents := []string{
		agentCalled("1", made, made, ""),
		agentCalled("2", made, made, `,"current_status":"published"`),
		agentCalled("3", made, "Front desk", ""),
		agentCalled("4", "Front desk", made, ""),
		agentCalled("5", "tfacc-agent", "tfacc-agent", ""),
		agentCalled("a/1", made, made, ""), // the given one
	}
	a := &api{agent: draft, actions: noActions, agents: "[" + strings.Join(agents, ",") + "]"}
	if err := clientOf(t, a).Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []string{"DELETE /agents/1", "POST /agents/2/unpublish", "DELETE /agents/2"}; !slices.Equal(a.writes, want) {
		t.Errorf("it sent %v, want %v", a.writes, want)
	}
}

func TestAMadeAgentThatCannotBeDeletedIsNamedAndTheRestIsSwept(t *testing.T) {
	const made = "tfacc-made-by-a-run-agent"
	a := &api{agent: draft, actions: oneOfOurs, agents: "[" + agentCalled("1", made, made, "") + "]", deleteStatus: http.StatusConflict}
	err := clientOf(t, a).Sweep(t.Context())
	if err == nil || !strings.Contains(err.Error(), "deleting an agent whose name begins with tfacc-made-by-a-run- answered 409: delete it in the dashboard") {
		t.Error(err)
	}
	if !slices.Contains(a.writes, "DELETE /agents/a%2F1/actions/1") {
		t.Errorf("it sent %v", a.writes)
	}
}

func TestAMadeAgentWithoutAnIDIsNamedAndTheRestIsSwept(t *testing.T) {
	const made = "tfacc-made-by-a-run-agent"
	a := &api{agent: draft, actions: noActions, agents: "[" + agentCalled("", made, made, "") + "," + agentCalled("1", made, made, "") + "]"}
	err := clientOf(t, a).Sweep(t.Context())
	if err == nil || !strings.Contains(err.Error(), "an agent whose name begins with tfacc-made-by-a-run- has no id: delete it in the dashboard") {
		t.Error(err)
	}
	if want := []string{"DELETE /agents/1"}; !slices.Equal(a.writes, want) {
		t.Errorf("it sent %v, want %v", a.writes, want)
	}
}

func TestAgentsThatCannotBeListedAreNoReasonToLeaveTheRest(t *testing.T) {
	a := &api{agent: draft, actions: oneOfOurs, agents: "null"}
	if err := clientOf(t, a).Sweep(t.Context()); err == nil || !strings.Contains(err.Error(), "listing the agents answered 200") {
		t.Error(err)
	}
	if len(a.writes) != 1 {
		t.Errorf("it sent %v", a.writes)
	}
}

func TestANumberThatAnAgentHasIsRefused(t *testing.T) {
	const made = "tfacc-made-by-a-run-agent"
	has := func(id string) string { return fmt.Sprintf(`,"phone_numbers":[{"id":%q}]`, id) }
	tests := []struct{ name, agent, says string }{
		{"no agent has it", agentCalled("1", "Sales", "Sales", has("other")), ""},
		{"one that a run made has it", agentCalled("1", made, made, has("number")), ""},
		{"somebody's has it", agentCalled("1", "Sales", "Sales", has("number")), "an agent has the phone number"},
		{"the given one has it", agentCalled("a/1", made, made, has("number")), "an agent has the phone number"},
		{"one does not say", agentCalled("1", "Sales", "Sales", `,"phone_numbers":null`), "does not say which phone numbers it has"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := &api{agent: draft + noTrainings, actions: noActions, agents: "[" + test.agent + "]"}
			client := clientOf(t, a)
			client.NumberID = "number"
			_, err := client.Check(t.Context())
			if (err == nil) != (test.says == "") || err != nil && (!strings.Contains(err.Error(), test.says) || !errors.Is(err, ErrRefused)) {
				t.Errorf("%v", err)
			}
			if len(a.writes) > 0 {
				t.Errorf("it sent %v", a.writes)
			}
		})
	}
}
