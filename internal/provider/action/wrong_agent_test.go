package action_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestWrongAgentID: the plan replaces the actions, so the old agent loses them
// before the new one is found missing. The error must name both.
func TestWrongAgentID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	ws.Write("main.tf", acctest.Holds{Agent: "agent-l", Seconds: 10, Triggers: []string{"a", "b"}}.HCL())

	ws.ApplyFails().Says("agent_id is wrong", "is already deleted", "This run also writes to other agents", `"agent-1"`).
		SaysNot("Nothing was removed from the state", "terraform state rm")
}

// TestWrongAgentIDOfAPublication: at the first publish nothing is in the state,
// so there is nothing to take out of it. A later one may well need that.
func TestWrongAgentIDOfAPublication(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	publication := func(agentID string) string {
		return "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"" + agentID + "\"\n  triggers = {}\n}\n"
	}
	ws.Write("main.tf", publication("agent-l"))
	ws.ApplyFails().Says("Could not publish the agent agent-l", "1. agent_id is wrong").SaysNot("terraform state rm")

	ws.Write("main.tf", publication("agent-1"))
	ws.Apply()
	w.SetPublished(w.Agent, false)
	ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
	w.RemoveAgent(w.Agent)
	ws.Terraform("apply", "saved.tfplan").Exits(1).Says("Could not publish the agent agent-1", "terraform state rm").SaysNot("agent_id is wrong")
}
