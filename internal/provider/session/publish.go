package session

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// PublishAgain is why an apply after a failed publish does no harm.
const PublishAgain = "What was written is in the state: the next apply publishes, and writes none of it again."

// Publishing is the operation that makes an agent live. The text again says why
// trying once more does no harm.
func Publishing(agentID, again string) Operation {
	return Operation{Verb: verbPublish, Subject: "agent " + agentID, Again: again, aftermath: fmt.Sprintf(
		"As long as agent %s is a draft it takes no calls. The quickest way back is the dashboard.", agentID)}
}

// Publish makes the agent live. It waits for writes of this run on the agent
// that are under way, and keeps others out meanwhile.
func (s *Session) Publish(ctx context.Context, agentID string, op Operation, diags *diag.Diagnostics) {
	unlock, err := s.Run.Lock(ctx, NodeKey{AgentID: agentID})
	if err != nil {
		AddAPIError(diags, op, err)
		return
	}
	defer unlock()
	agent, err := s.Client.Publish(ctx, agentID)
	if err != nil {
		AddAPIError(diags, op, err)
		return
	}
	if status := agent.Status(); status != talq.AgentPublished {
		diags.AddError("The agent is not live", fmt.Sprintf(
			"The API accepted the request to publish agent %s, but answered with the status %q. The agent may take no calls. "+
				"Nothing was stored, so the next apply tries again; look at the agent in the dashboard if it stays like this.", agentID, status))
		return
	}
	s.Run.notePublished(agentID)
}
