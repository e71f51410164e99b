package acctest

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// EventWebhook is the configuration of a talq_agent_webhook under any address, with more
// attributes or blocks. Its name is that address.
func EventWebhook(address, more string) string {
	return fmt.Sprintf(`
resource "talq_agent_webhook" %[1]q {
  agent_id    = "agent-1"
  name        = %[1]q
  webhook_url = "https://example.com/hook"
  events      = ["event_phone_call_started", "event_phone_call_ended"]
  %[2]s
}
`, address, more)
}

// MinimalEventWebhook is the least that a talq_agent_webhook needs.
func MinimalEventWebhook() Values {
	return Values{"agent_id": "agent-1", "name": "CRM", "webhook_url": "https://example.com/hook", "events": []any{"event_phone_call_ended"}}
}

// TakenEventWebhook is what somebody makes in the dashboard, just like [MinimalEventWebhook].
func TakenEventWebhook() map[string]any {
	return map[string]any{"name": "CRM", "webhook_url": "https://example.com/hook", "events": []any{"event_phone_call_ended"}}
}

// OneWebhook returns the only webhook of the world's agent.
func (w World) OneWebhook(t *testing.T) fakeapi.Stored {
	t.Helper()
	all := w.Webhooks(w.Agent)
	if len(all) != 1 {
		t.Fatalf("the agent has %d webhooks, want 1", len(all))
	}
	return all[0]
}
