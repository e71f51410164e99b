package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestGeneratedConfiguration imports an agent and what it has with nothing written but the import
// blocks: nothing that an import leaves null is required, and nothing is changed. Flows have a
// test of their own, over their forms.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	made := acctest.NewWorkspace(t, w.ProviderBlock())
	made.Write("main.tf", acctest.AllKinds(w.Agent, 1))
	made.Apply()
	hook := acctest.TakenEventWebhook()
	hook["name"], hook["enabled"], hook["webhook_secret"] = "With ${this} and \"that\"", false, "theirs"
	ids := map[string]string{
		"talq_agent.a":         w.Agent,
		"talq_training.a":      w.Agent + "/" + w.AddTraining(w.Agent, map[string]any{"node_id": "prices", "subject": "Prices", "instructions": "Line one\nLine two\n", "current_status": "inactive"}) + "/prices",
		"talq_agent_webhook.a": w.Agent + "/" + w.AddWebhook(w.Agent, hook),
	}
	for node, id := range w.IDsByNode() {
		ids["talq_action."+strings.TrimPrefix(node, "the-")] = w.Agent + "/" + id + "/" + node
	}
	w.SetPublished(w.Agent, true)
	w.ForgetJournal()
	var blocks strings.Builder
	for address, id := range ids {
		fmt.Fprintf(&blocks, "import {\n  to = %s\n  id = %q\n}\n", address, id)
	}
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("imports.tf", blocks.String())

	ws.GenerateConfig("imports.tf", func() {
		ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("7 to import, 0 to add, 0 to change, 0 to destroy")
	})

	ws.Apply().Says("7 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.Wrote(t, acctest.Ops{})
	w.ExpectLive(t, w.Agent, true)
}
