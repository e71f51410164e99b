package action

import (
	"context"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// item is the action as the writes by node id take it.
func (m *actionModel) item() upsert.Item {
	return upsert.Item{
		Kind: session.Action, AgentID: m.AgentID, ID: m.ID, NodeID: m.NodeID, Revision: m.Revision, Subject: m.subject(), At: m.attributePath,
	}
}

// answerOf is what they need of the answer to one.
func answerOf(stored talq.Upserted) upsert.Answer {
	return upsert.Answer{ID: stored.ID, Attempts: stored.Attempts, Fresh: stored.Fresh(), Overwrote: stored.Overwrote()}
}

// listIDs returns the ids of all actions of an agent.
func listIDs(ctx context.Context, client *talq.Client, agentID string) (session.IDs, error) {
	listing, err := client.ListActions(ctx, agentID)
	if err != nil {
		return nil, err
	}
	found := session.IDs{}
	for i := range listing.Actions {
		found[listing.Actions[i].ID] = true
	}
	return found, nil
}
