package provider

import (
	"strings"
	"testing"
)

// TestWrongAgentID: the plan replaces the actions, so the old agent loses them
// before the new one is found missing. The error must name both.
func TestWrongAgentID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a", "b"))
	ws.apply()
	ws.write("main.tf", strings.ReplaceAll(held(10, "a", "b"), "agent-1", "agent-l"))

	ws.applyFails().says("agent_id is wrong", "is deleted already", "This run also writes to other agents", `"agent-1"`).
		saysNot("Nothing was taken out of the state", "terraform state rm")
}

// TestWrongAgentIDOfAPublication: at the first publish nothing is in the state,
// so there is nothing to take out of it. A later one may well need that.
func TestWrongAgentIDOfAPublication(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	publication := func(agentID string) string {
		return "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"" + agentID + "\"\n  triggers = {}\n}\n"
	}
	ws.write("main.tf", publication("agent-l"))
	ws.applyFails().says("Could not publish the agent agent-l", "1. agent_id is wrong").saysNot("terraform state rm")

	ws.write("main.tf", publication("agent-1"))
	ws.apply()
	w.SetPublished(w.agent, false)
	ws.terraform("plan", "-out=saved.tfplan").exits(0)
	w.RemoveAgent(w.agent)
	ws.terraform("apply", "saved.tfplan").exits(1).says("Could not publish the agent agent-1", "terraform state rm").saysNot("agent_id is wrong")
}
