package action_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestQueryThroughTheCLI takes an agent's actions into a configuration: found,
// generated, imported as they are. It needs Terraform 1.14; CI
// has 1.11.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	w.SetPublished(w.Agent, true)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_action\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")

	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0).
		Says("Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)", "Support / Wait (hold)")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	ws.Remove("find.tfquery.hcl")
	ws.Terraform("plan").Exits(0).Says("4 to import, 0 to add, 0 to change")
	ws.Apply().Says("4 imported, 0 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
}

// TestQueryOfHostileActions imports 500 of them as they are generated, and writes nothing.
func TestQueryOfHostileActions(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	hostileActions(w, 500)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_action\" \"all\" {\n  provider         = talq\n  include_resource = true\n  limit            = 1000\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")
	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0)
	ws.Remove("find.tfquery.hcl")
	ws.Apply().Says("500 imported, 0 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
}
