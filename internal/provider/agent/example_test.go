package agent_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestExampleOfAPractice applies the example of the page: an agent that is live after one
// apply.
func TestExampleOfAPractice(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.ReadFile(t, "../../../examples/resources/talq_agent", "resource.tf"))
	ws.Apply().SaysNot("Warning")
	w.Made(t, acctest.Ops{fakeapi.OpListVoices: 1, fakeapi.OpListNumbers: 1, fakeapi.OpListAgents: 1, fakeapi.OpCreateAgent: 1,
		fakeapi.OpUpdateVoice: 1, fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, "agent-2", true)
	ws.PlanEmpty()
}
