package webhook_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestRequestsOfAPlan: one listing for each agent that has webhooks in the configuration,
// whatever their number, and none with -refresh=false.
func TestRequestsOfAPlan(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAgents(3)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := func(timeout string) string {
		return fmt.Sprintf(`
resource "talq_agent_webhook" "all" {
  count       = 10
  agent_id    = "agent-${count.index %% 2 + 1}"
  name        = "Webhook ${count.index}"
  webhook_url = "https://example.com/${count.index}"
  events      = ["event_phone_call_ended"]
  timeout     = %s
}
`, timeout)
	}
	ws.Write("main.tf", config("30"))
	ws.Apply().Says("10 added")
	w.Wrote(t, acctest.Ops{fakeapi.OpCreateWebhook: 10})
	// A create looks before it writes. What it reads is shared until another create has written.
	if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpListWebhooks})); n > 2+2*10 {
		t.Errorf("%d listings, more than one for each agent at plan and two for each create", n)
	}
	w.ForgetJournal()

	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 2})
	ws.PlanEmpty("-refresh=false")
	w.Made(t, acctest.Ops{})

	ws.Write("main.tf", config("count.index == 0 ? 60 : 30"))
	ws.Apply().Says("0 added, 1 changed, 0 destroyed")
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 2, fakeapi.OpUpdateWebhook: 1})

	for _, agent := range []string{"agent-1", "agent-2"} {
		w.RemoveWebhook(agent, w.Webhooks(agent)[0].ID)
	}
	ws.Terraform("plan").Exits(0).Says("2 to add")
	// Their plan looks at the events in the listing that the refresh has read.
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 2, fakeapi.OpGetWebhook: 2})

	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 2, fakeapi.OpGetWebhook: 2, fakeapi.OpDeleteWebhook: 8})
}
