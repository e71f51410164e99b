package training_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestQueryThroughTheCLI takes an agent's trainings into a configuration: found, generated,
// imported as they are. It needs Terraform 1.14.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	w.AddTraining(w.Agent, map[string]any{"node_id": "prices", "subject": "Prices", "instructions": "Theirs\n"})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_training\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")

	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0).Says("Support / Product Knowledge", "Support / Prices")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	ws.Remove("find.tfquery.hcl")
	ws.Apply().Says("2 imported, 0 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
}
