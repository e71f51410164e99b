package main

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

var rows22 = []Row{
	{Says: "An agent that is made is a draft, and is shown as it was sent.", Steps: []string{"create agent"},
		Judge: func(s *seen) (Verdict, string) {
			agent := s.action("create agent")
			if agent["current_status"] != "draft" {
				return Fails, "current_status is " + s.shown(agent["current_status"])
			}
			return asSent(s.sent["create agent"], agent, "label", "name", "description", "language", "initial_message", "interrupt_sensitivity",
				"initial_message_delay", "ask_if_human_present_on_idle", "direction", "who_speaks_first")
		}},
	{Says: "A search for its label finds an agent.", Steps: []string{"create agent", "search agent"},
		Judge: func(s *seen) (Verdict, string) {
			agents, _ := s.answers["search agent"].Object()["data"].([]any)
			found := slices.ContainsFunc(agents, func(agent any) bool { return object(agent)["id"] == s.action("create agent")["id"] })
			return verdict(found, "found: %t", found)
		}},
	{Says: "A number with a fraction comes back in the form in which it was sent.", Either: true, Steps: []string{"create agent"},
		Judge: func(s *seen) (Verdict, string) {
			now := s.action("create agent")["conversation_speed"]
			return verdict(now == s.sent["create agent"]["conversation_speed"], "1.0 came back as %s", s.shown(now))
		}},
	{Says: "A create refuses `idle_time_seconds` of 300.", Either: true, AnyStatus: true, Steps: []string{"create idle agent"}, Judge: refused("create idle agent", true)},
	{Says: "A write of knowledge makes it what was sent.", Steps: []string{"knowledge"},
		Judge: func(s *seen) (Verdict, string) {
			return asSent(s.sent["knowledge"], s.action("knowledge"), "description", "initial_message", "interrupt_sensitivity",
				"ask_if_human_present_on_idle", "initial_message_delay")
		}},
	{Says: "The answer to a write of knowledge does not show `llm_temperature`.", Either: true, Steps: []string{"knowledge"},
		Judge: func(s *seen) (Verdict, string) { return none(s.action("knowledge"), "llm_temperature") }},
	{Says: "The answer to a write of the voice shows the id of its template.", Steps: []string{"voices", "voice"},
		Judge: func(s *seen) (Verdict, string) {
			shown := object(object(s.action("voice")["voice"])["template"])["id"]
			return verdict(shown == s.sent["voice"]["voice_id"], "the same: %t", shown == s.sent["voice"]["voice_id"])
		}},
	{Says: "A voice takes a `conversation_speed` of 1.", Either: true, AnyStatus: true, Steps: []string{"voice at speed 1"}, Judge: refused("voice at speed 1", false)},
	{Says: "A voice refuses a `conversation_speed` of 2.", Either: true, AnyStatus: true, Steps: []string{"voice at speed 2"}, Judge: refused("voice at speed 2", true)},
	{Says: "A voice is written without a `language`.", Either: true, AnyStatus: true, Steps: []string{"voice without language"}, Judge: refused("voice without language", false)},
	{Says: "A voice of the tier `basic` refuses `similarity` and `stability`.", Either: true, AnyStatus: true, Steps: []string{"basic with similarity"}, Judge: refused("basic with similarity", true)},
	{Says: "A voice of the tier `pro` needs them.", Either: true, AnyStatus: true, Steps: []string{"pro without similarity"}, Judge: refused("pro without similarity", true)},
	{Says: "A voice of the tier `beta` does not need them.", Either: true, AnyStatus: true, Steps: []string{"beta without similarity"}, Judge: refused("beta without similarity", false)},
	{Says: "A voice of the tier `ultra` takes a `similarity` and a `stability` of 1.", Either: true, AnyStatus: true, Steps: []string{"ultra with similarity 1"}, Judge: refused("ultra with similarity 1", false)},
	{Says: "A phone number that an agent has may be given to another one.", Either: true, AnyStatus: true, Steps: []string{"create second with number"},
		Judge: refused("create second with number", false)},
	{Says: "Then both have it.", Either: true, Steps: []string{"give number", "create second with number", "agent with a number"},
		Judge: func(s *seen) (Verdict, string) {
			numbers, _ := s.action("agent with a number")["phone_numbers"].([]any)
			return verdict(len(numbers) == 1, "the first one has %d", len(numbers))
		}},
	{Says: "A write of advanced settings leaves a published agent published.", Either: true,
		Steps: []string{"publish own again", "advanced settings", "own agent after advanced settings"}, Judge: afterAWrite("publish own again", "own agent after advanced settings", "published")},
	{Says: "The delete of a published agent answers 409 with a text.", AnyStatus: true, Steps: []string{"publish own once more", "delete published"},
		Judge: func(s *seen) (Verdict, string) {
			if !s.answers["publish own once more"].OK() {
				return Untried, "the agent was not published"
			}
			return all(func(a guard.Answer) bool { return a.Status == http.StatusConflict && said(a) != "" }, "delete published")(s)
		}},
	{Says: "A deleted agent answers 404 with a text.", AnyStatus: true, Steps: []string{"delete agent", "deleted agent"},
		Judge: all(func(a guard.Answer) bool { return a.Status == http.StatusNotFound && said(a) != "" }, "deleted agent")},
}

// refused holds where what was sent was refused, or was not. Any other status than that of a
// faulty body says nothing of it.
func refused(key string, want bool) judge {
	return func(s *seen) (Verdict, string) {
		a := s.answers[key]
		if !a.OK() && a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusBadRequest {
			return Untried, fmt.Sprintf("%q was answered %d", key, a.Status)
		}
		return verdict(a.OK() != want, "%d %s", a.Status, s.shown(a.Object()["errors"]))
	}
}
