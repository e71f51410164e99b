package main

import (
	"encoding/json"
	"fmt"
)

const hiddenOfAgent = "endpointing_sensitivity ivr_navigation_mode idle_time_seconds max_idle_check_count max_call_duration_seconds " +
	"say_goodbye_on_max_duration user_inactivity_timeout_seconds initial_idle_time_seconds initial_max_idle_check_count llm_temperature enable_recording"

// rows21 are judged by a read of the agent: a run writes none of its settings.
var rows21 = []Row{
	{Says: "An agent's answer has no field that the reference leaves out of it.", Either: true, Steps: []string{"agent"},
		Judge: func(s *seen) (Verdict, string) { return none(s.action("agent"), hiddenOfAgent) }},
	{Says: "`conversation_speed` and `initial_message_delay` are JSON numbers.", Steps: []string{"agent"},
		Judge: func(s *seen) (Verdict, string) {
			values := []any{s.action("agent")["conversation_speed"], s.action("agent")["initial_message_delay"]}
			ok := true
			for _, value := range values {
				if value == nil {
					return Untried, "one of them is not set"
				}
				_, isNumber := value.(json.Number)
				ok = ok && isNumber
			}
			return verdict(ok, "%s", s.shown(values))
		}},
	{Says: "A voice shows its similarity as `similarity_boost`.", Steps: []string{"agent"},
		Judge: func(s *seen) (Verdict, string) {
			voice := object(s.action("agent")["voice"])
			if voice == nil {
				return Untried, "the agent has no voice"
			}
			_, documented := voice["similarity_boost"]
			_, asSent := voice["similarity"]
			return verdict(documented && !asSent, "similarity_boost: %t, similarity: %t", documented, asSent)
		}},
	{Says: "An agent without a phone number is not ready to be published.", Either: true, Steps: []string{"agent"},
		Judge: func(s *seen) (Verdict, string) {
			agent := s.action("agent")
			if numbers, ok := agent["phone_numbers"].([]any); !ok || len(numbers) > 0 {
				return Untried, "the agent has a phone number, or does not say"
			}
			return verdict(agent["is_ready_to_publish"] == false, "is_ready_to_publish: %s", fmt.Sprint(agent["is_ready_to_publish"]))
		}},
}
