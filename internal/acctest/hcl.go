package acctest

import (
	"fmt"
	"strings"
	"time"
)

// HoldAction is the configuration of a hold under any address.
func HoldAction(address, nodeID, more string) string {
	return fmt.Sprintf(`
resource "talq_action" %q {
  agent_id      = "agent-1"
  node_id       = %q
  name          = "Hold"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
  %s
}
`, address, nodeID, more)
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

// Webhook is the configuration of talq_action.a, a webhook.
func Webhook(nodeID, description string) string {
	return fmt.Sprintf(`
resource "talq_action" "a" {
  agent_id    = "agent-1"
  node_id     = %q
  name        = "Schedule"
  description = %q
  type        = "webhook"
  url         = "https://api.example.com/schedule"
  inputs      = [{ name = "date", required = true, description = "Meeting date" }]
}
`, nodeID, description)
}

// Held is two holds and the publication of their agent, which triggers on the
// given of them.
func Held(seconds int, triggers ...string) string {
	var b strings.Builder
	for _, name := range []string{"a", "b"} {
		b.WriteString(strings.Replace(HoldAction(name, name, ""), "= 30", fmt.Sprintf("= %d", seconds), 1))
	}
	b.WriteString("resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {\n")
	for _, name := range triggers {
		fmt.Fprintf(&b, "    %s = talq_action.%s.revision\n", name, name)
	}
	return b.String() + "  }\n}\n"
}
