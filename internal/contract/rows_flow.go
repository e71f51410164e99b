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
	{Says: "A flow comes back with what was sent, and with nothing more.", Either: true, Steps: []string{"write flow"},
		Judge: func(s *seen) (Verdict, string) {
			shown := s.action("write flow")["flow_config"]
			return verdict(equal(shown, s.sent["write flow"]["flow_config"]), "%s", s.shown(shown))
		}},
	{Says: "A member of a node that the reference does not name comes back.", Either: true, Steps: []string{"write flow with more"},
		Judge: func(s *seen) (Verdict, string) {
			_, there := s.firstNode("write flow with more")[otherText]
			return verdict(there, "it came back: %t", there)
		}},
	{Says: "An empty object inside a flow comes back as one.", Either: true, Steps: []string{"write flow with more"},
		Judge: func(s *seen) (Verdict, string) {
			value, there := s.firstNode("write flow with more")[otherMember]
			if !there {
				return Untried, "it did not come back"
			}
			return verdict(object(value) != nil, "%s", s.shown(value))
		}},
	{Says: "A version is called what `meta.version` of its flow says.", Either: true, Steps: []string{"write flow", "flow versions"},
		Judge: func(s *seen) (Verdict, string) {
			names := members(s.versions(), "version")
			return verdict(slices.Contains(names, any(ownVersion)), "%s", s.shown(names))
		}},
	{Says: "A version does not show its flow.", Either: true, Steps: []string{"write flow", "flow versions"},
		Judge: func(s *seen) (Verdict, string) {
			if len(s.versions()) == 0 {
				return Untried, "there are no versions"
			}
			return none(object(s.versions()[0]), "flow_config")
		}},
	{Says: "An agent that is `llm_driven` again shows no flow.", Either: true, Steps: []string{"write flow", "llm driven again"},
		Judge: func(s *seen) (Verdict, string) {
			shown := s.action("llm driven again")["flow_config"]
			return verdict(shown == nil, "flow_config is null: %t", shown == nil)
		}},
	{Says: "A flow that is sent beside `llm_driven` is not refused.", Either: true, AnyStatus: true, Steps: []string{"flow beside llm driven"}, Judge: refused("flow beside llm driven", false)},
	{Says: "A write of a flow leaves a published agent published.", Either: true,
		Steps: []string{"publish own", "write flow", "own agent after a flow"}, Judge: afterAWrite("publish own", "own agent after a flow", "published")},
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

func (s *seen) versions() []any {
	versions, _ := s.action("flow versions")["versions"].([]any)
	return versions
}

// firstNode is the first node of the flow in an answer.
func (s *seen) firstNode(key string) map[string]any {
	nodes, _ := object(s.action(key)["flow_config"])["nodes"].([]any)
	if len(nodes) == 0 {
		return nil
	}
	return object(nodes[0])
}
