package webhook_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestQueryThroughTheCLI takes an agent's webhooks into a configuration, without an edit by
// hand and without a write. It needs Terraform 1.14.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	w.AddWebhook(w.Agent, acctest.TakenEventWebhook())
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_agent_webhook\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")
	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0).Says("Support / CRM (active)")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListWebhooks: 1})
	ws.Remove("find.tfquery.hcl")
	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.Wrote(t, acctest.Ops{})
}

// TestImportByIdentityThroughTheCLI needs Terraform or OpenTofu 1.12.
func TestImportByIdentityThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.12.0", "1.12.0", "import by identity")
	w := acctest.NewWorld(t)
	id := w.AddWebhook(w.Agent, acctest.TakenEventWebhook())
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fmt.Sprintf(`
resource "talq_agent_webhook" "a" {
  agent_id    = "agent-1"
  name        = "CRM"
  webhook_url = "https://example.com/hook"
  events      = ["event_phone_call_ended"]
}
import {
  to       = talq_agent_webhook.a
  identity = { agent_id = "agent-1", id = %q }
}
`, id))
	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
}

// TestGeneratedConfiguration imports with nothing written but the import block.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	fields := acctest.TakenEventWebhook()
	fields["name"], fields["enabled"], fields["webhook_secret"] = "With ${this} and \"that\"", false, "theirs"
	id := w.AddWebhook(w.Agent, fields)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("import.tf", fmt.Sprintf("import {\n  to = talq_agent_webhook.a\n  id = \"agent-1/%s\"\n}\n", id))

	ws.GenerateConfig("import.tf", func() {
		ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("1 to import, 0 to add, 0 to change, 0 to destroy")
	})

	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.Wrote(t, acctest.Ops{})
}
