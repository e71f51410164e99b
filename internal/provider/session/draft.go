package session

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// AddWriteError reports a write on something of an agent that failed, and what that makes of
// the agent. It notes first what the write may have done, so that the message knows it.
func (s *Session) AddWriteError(diags *diag.Diagnostics, op Operation, agentID string, err error) {
	if !talq.IsCertain(err) {
		s.Run.NotePerhapsDraft(agentID)
	}
	op.aftermath = s.DraftNow(agentID)
	AddAPIError(diags, op, err)
}

// DraftNow says whether an agent takes calls, for the end of an error.
func (s *Session) DraftNow(agentID string) string {
	return draftAfterFailure(agentID, s.Run.Liveness(agentID)) + otherDrafts(s.Run.otherDrafts(agentID))
}

// otherDrafts names the agents beside the failed one that this run writes to,
// such as the one whose actions a wrong agent_id replaced.
func otherDrafts(agentIDs []string) string {
	if len(agentIDs) == 0 {
		return ""
	}
	return fmt.Sprintf(" This run also writes to other agents, which take no calls from then on until they are published: %s.", tfvalue.Quoted(agentIDs))
}

// draftAfterFailure says whether the agent takes calls after a write that
// failed, and what is the quickest way back.
func draftAfterFailure(agentID string, known Liveness) string {
	switch {
	case known.Drafted:
		return fmt.Sprintf("Earlier writes of this run have put agent %s into draft: it takes no calls until it is published. "+
			"The quickest way back is to publish it in the dashboard. Or correct the error and apply again: a talq_agent_publication then publishes it.", agentID)
	case known.writing > 1: // the failed one is still counted
		return fmt.Sprintf("Other writes of this run on agent %s are under way. Each that succeeds puts it into draft, and then it takes no calls until it is published. "+
			"The next plan shows whether it is a draft. The quickest way back is to publish it in the dashboard.", agentID)
	case known.Perhaps:
		return fmt.Sprintf("It is not known whether this run has put agent %s into draft, where it takes no calls until it is published: look at it in the dashboard.", agentID)
	case known.Published:
		return fmt.Sprintf("This run has published agent %s, and nothing has put it into draft since: it is published and takes calls.", agentID)
	default:
		return fmt.Sprintf("So far this run has changed nothing on agent %s. If an earlier run has left it a draft, it still is one.", agentID)
	}
}
