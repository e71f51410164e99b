package main

import (
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

var rows23 = []Row{
	{Says: "The flow is shown as one of the two modes, with `flow_config` as an object or null.", Steps: []string{"flow"},
		Judge: func(s *seen) (Verdict, string) {
			flow := s.action("flow")
			config, there := flow["flow_config"]
			ok := there && (config == nil || object(config) != nil)
			mode := flow["conversation_mode"]
			return verdict(ok && (mode == "llm_driven" || mode == "flow_driven"), "%s, flow_config as assumed: %t", s.shown(mode), ok)
		}},
	{Says: "The check of a flow without faults answers with a 2xx, and `success` is true.", AnyStatus: true, Steps: []string{"valid flow"},
		Judge: all(func(a guard.Answer) bool { return a.OK() && a.Object()["success"] == true }, "valid flow")},
	{Says: "The check of a flow with faults answers 422.", Either: true, AnyStatus: true, Steps: []string{"faulty flow"}, Judge: all(status(422), "faulty flow")},
	{Says: "That answer has `success` false, and a sentence in `errors` names the node.", AnyStatus: true, Steps: []string{"faulty flow"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["faulty flow"]
			return verdict(a.Object()["success"] == false && s.named(nodeLost), "%d %s", a.Status, s.shown(a.Object()))
		}},
	{Says: "A node that leads nowhere is taken.", Either: true, AnyStatus: true, Steps: []string{"faulty flow"}, Judge: faulty(nodeNowhere, false)},
	{Says: "An `action_id` that no action has is refused.", Either: true, AnyStatus: true, Steps: []string{"faulty flow"}, Judge: faulty(nodeAction, true)},
}

// sentences are the errors in an answer, of a list or by field.
func sentences(a guard.Answer) []string {
	var found []string
	errors := a.Object()["errors"]
	items, _ := errors.([]any)
	for _, more := range object(errors) {
		ofField, _ := more.([]any)
		items = append(items, ofField...)
	}
	for _, item := range items {
		if text, ok := item.(string); ok {
			found = append(found, text)
		}
	}
	return found
}

// named says whether the check of the flow that has faults names the node.
func (s *seen) named(node string) bool {
	return slices.ContainsFunc(sentences(s.answers["faulty flow"]), func(text string) bool { return strings.Contains(text, node) })
}

// faulty holds where the node is among the faults, or is not. A server that tells the first
// fault alone does not say.
func faulty(node string, want bool) judge {
	return func(s *seen) (Verdict, string) {
		if n := len(sentences(s.answers["faulty flow"])); n < 2 {
			return Untried, "fewer than two faults were told"
		}
		return verdict(s.named(node) == want, "named: %t", s.named(node))
	}
}
