package acctest

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Hold is a talq_action that holds the call. What is left out is as [HoldAction] has it.
type Hold struct {
	Address, NodeID, Agent string
	Description            string // in HCL
	Seconds                int
	More                   string // attributes or blocks in HCL
}

// HCL is the configuration.
func (h Hold) HCL() string {
	return fmt.Sprintf(`
resource "talq_action" %q {
  agent_id      = %q
  node_id       = %q
  name          = "Hold"
  description   = %s
  type          = "hold"
  hold_duration = %d
  %s
}
`, h.Address, cmp.Or(h.Agent, "agent-1"), h.NodeID, cmp.Or(h.Description, `"Holds the call"`), cmp.Or(h.Seconds, 30), h.More)
}

// HoldAction is the configuration of a hold of half a minute on agent-1.
func HoldAction(address, nodeID, more string) string {
	return Hold{Address: address, NodeID: nodeID, More: more}.HCL()
}

// TakenHold is a hold as the dashboard made it, an hour ago.
func TakenHold(nodeID string) map[string]any {
	return map[string]any{
		"node_id": nodeID, "name": "Somebody's", "description": "Made by hand", "type": "hold", "hold_duration": 5,
		"created_at": time.Now().Add(-time.Hour).Format(time.RFC3339),
	}
}

// Secretive is a webhook as somebody made it in the dashboard, with all that no
// answer shows.
func Secretive() map[string]any {
	return map[string]any{
		"node_id": "schedule", "name": "Schedule", "description": "Schedules a meeting", "type": "webhook", "url": "https://api.example.com/schedule",
		"authorization_scheme": "bearer", "custom_headers": []any{map[string]any{"key": "X-Api-Key", "value": "made-by-hand"}},
		"speak_on_send": "One moment.", "speak_on_receive": "Done.", "execution_mode": "during_call", "integration": map[string]any{"id": "calendar"},
		"inputs": []any{map[string]any{"name": "date", "type": "string", "required": true, "description": "Meeting date"}},
	}
}

// Webhook is a talq_action of the type webhook. What is left out is as [Secretive] has it, at
// talq_action.a.
type Webhook struct {
	Address, NodeID, Agent, Description string
	More                                string // attributes or blocks in HCL
}

// HCL is the configuration.
func (h Webhook) HCL() string {
	return fmt.Sprintf(`
resource "talq_action" %q {
  agent_id    = %q
  node_id     = %q
  name        = "Schedule"
  description = %q
  type        = "webhook"
  url         = "https://api.example.com/schedule"
  inputs      = [{ name = "date", required = true, description = "Meeting date" }]
  %s
}
`, cmp.Or(h.Address, "a"), cmp.Or(h.Agent, "agent-1"), cmp.Or(h.NodeID, "schedule"), cmp.Or(h.Description, "Schedules a meeting"), h.More)
}

// Holds is two holds, a and b, and the publication of their agent.
type Holds struct {
	Agent        string // agent-1 if left out
	Seconds      int
	Triggers     []string // the holds that the publication triggers on
	OfB, Publish string   // more of hold b, and of the publication
}

// HCL is the configuration.
func (h Holds) HCL() string {
	var b strings.Builder
	for name, more := range map[string]string{"a": "", "b": h.OfB} {
		b.WriteString(Hold{Address: name, NodeID: name, Agent: h.Agent, Seconds: h.Seconds, More: more}.HCL())
	}
	fmt.Fprintf(&b, "resource \"talq_agent_publication\" \"this\" {\n  agent_id = %q\n  %s\n  triggers = {\n", cmp.Or(h.Agent, "agent-1"), h.Publish)
	for _, name := range h.Triggers {
		fmt.Fprintf(&b, "    %s = talq_action.%s.revision\n", name, name)
	}
	return b.String() + "  }\n}\n"
}

// Held is [Holds] on agent-1.
func Held(seconds int, triggers ...string) string {
	return Holds{Seconds: seconds, Triggers: triggers}.HCL()
}
