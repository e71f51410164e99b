package webhook_test

import (
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
