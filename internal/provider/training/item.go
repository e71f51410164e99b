package training

import (
	"context"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// item is the training as the writes by node id take it.
func (m *trainingModel) item() upsert.Item {
	return upsert.Item{
		Kind: session.Training, AgentID: m.AgentID, ID: m.ID, NodeID: m.NodeID, Revision: m.Revision,
		Subject: upsert.Subject(session.Training, m.Subject, m.NodeID, m.ID, m.AgentID), At: m.attributePath,
	}
}

// answerOf is what they need of the answer to one.
func answerOf(stored talq.UpsertedTraining) upsert.Answer {
	return upsert.Answer{ID: *stored.ID.Value, Attempts: stored.Attempts, Fresh: stored.Fresh(), Overwrote: stored.Overwrote()}
}

// listIDs returns the ids of all trainings of an agent.
func listIDs(ctx context.Context, client *talq.Client, agentID string) (session.IDs, error) {
	listing, err := client.ListTrainings(ctx, agentID)
	if err != nil {
		return nil, err
	}
	found := session.IDs{}
	for i := range listing.Trainings {
		found[*listing.Trainings[i].ID.Value] = true
	}
	return found, nil
}
