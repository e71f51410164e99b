package webhook_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const draftAgain = "Warning: The agent is a draft again"

const publishedFirst = `
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = {}
}
`

// TestWriteAfterThePublication: whether a write of a webhook makes its agent a draft no page
// says, so it is looked at, where this run had published it.
func TestWriteAfterThePublication(t *testing.T) {
	t.Parallel()
	for name, drafts := range map[string]bool{"the agent stays published": false, "the agent is a draft": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{WebhooksDraft: drafts}))
			w.SetPublished(w.Agent, false)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", publishedFirst+acctest.EventWebhook("a", "depends_on = [talq_agent_publication.this]"))
			applied := ws.Apply()
			if !drafts {
				applied.SaysNot("Warning")
				ws.PlanEmpty()
				return
			}
			applied.Says(draftAgain, `before it wrote the webhook "a" (webhook-1) of agent agent-1`, "talq_agent_webhook.this.revision")
			ws.Terraform("plan").Exits(0).Says("0 to add, 1 to change, 0 to destroy")
		})
	}
}

// TestPublicationAfterTheWebhook: the revision orders it, and no read is made for the status.
func TestPublicationAfterTheWebhook(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{WebhooksDraft: true}))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := func(more string) string {
		return acctest.EventWebhook("a", more) + "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = { webhook = talq_agent_webhook.a.revision }\n}\n"
	}
	ws.Write("main.tf", config(""))
	ws.Apply().SaysNot("Warning")
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 2, fakeapi.OpCreateWebhook: 1, fakeapi.OpPublish: 1}) // one listing for the plan, one for the apply

	ws.Write("main.tf", config("timeout = 60"))
	ws.Apply().SaysNot("Warning")
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 1, fakeapi.OpGetAgent: 1, fakeapi.OpUpdateWebhook: 1, fakeapi.OpPublish: 1})
	if got := w.AgentStatus(w.Agent); got != "published" {
		t.Errorf("the agent is %s", got)
	}
	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 1, fakeapi.OpGetAgent: 1})
}
