package training_test

import (
	"fmt"
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

// TestImportByIdentityThroughTheCLI needs Terraform or OpenTofu 1.12.
func TestImportByIdentityThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.12.0", "1.12.0", "import by identity")
	w := acctest.NewWorld(t)
	id := w.AddTraining(w.Agent, map[string]any{"node_id": "prices", "subject": "Prices", "instructions": "A cleaning costs 90 euros."})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", "")+fmt.Sprintf("import {\n  to       = talq_training.a\n  identity = { agent_id = \"agent-1\", id = %q }\n}\n", id))
	ws.Apply().Says("1 imported, 0 added, 1 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
}

// TestGeneratedConfiguration imports with nothing written but the import block.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddTraining(w.Agent, map[string]any{"node_id": "prices", "subject": "Prices", "instructions": "Line one\nLine two\n", "current_status": "inactive"})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("import.tf", fmt.Sprintf("import {\n  to = talq_training.a\n  id = \"agent-1/%s/prices\"\n}\n", id))

	ws.GenerateConfig("import.tf", func() {
		ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("1 to import, 0 to add, 0 to change, 0 to destroy")
	})

	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
}
