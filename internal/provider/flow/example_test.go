package flow_test

import (
	"path/filepath"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestExamplesApply: the API takes the flows of the pages, also one that refuses nodes that lead nowhere.
func TestExamplesApply(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"resources/talq_agent_flow/resource.tf", "resources/talq_agent_flow/resource-json.tf", "functions/flow_mermaid/function.tf"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{NodesNeedNext: true}))
			w.AddAgent(fakeapi.AgentSeed{ID: "550e8400-e29b-41d4-a716-446655440000"})
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.ReadFile(t, filepath.Join("..", "..", "..", "examples"), file))
			ws.Write("terraform.tfvars", "agent_id = \"agent-1\"\n")
			ws.Apply()
			ws.PlanEmpty()
		})
	}
}
