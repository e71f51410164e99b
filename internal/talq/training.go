package talq

import (
	"context"
	"encoding/json"
)

// Training is a subject that an agent is taught, as every answer shows it (pages
// list-trainings and create-training). Members that an answer left out are not Present.
type Training struct {
	ID            Opt[string]     `json:"id"` // has a value always
	Subject       Opt[string]     `json:"subject"`
	Instructions  Opt[string]     `json:"instructions"`
	CurrentStatus Opt[string]     `json:"current_status"` // active or inactive
	CreatedAt     Opt[string]     `json:"created_at"`
	UpdatedAt     Opt[string]     `json:"updated_at"`
	NodeID        Lenient[string] `json:"node_id"` // no page shows it
}

// UnmarshalJSON refuses a training without an id; everything else may be missing.
func (t *Training) UnmarshalJSON(raw []byte) error {
	type members Training // which has no UnmarshalJSON of its own
	var wire members
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	if wire.ID.Value == nil {
		wire.ID = Some("")
	}
	*t = Training(wire)
	return checkID("a training", *t.ID.Value)
}

// complete reports whether no documented member was left out.
func (t *Training) complete() bool {
	return t.Subject.Present && t.Instructions.Present && t.CurrentStatus.Present && t.CreatedAt.Present && t.UpdatedAt.Present
}

var trainingKind = kind[Training]{
	segment:  "trainings",
	id:       func(t Training) string { return *t.ID.Value },
	within:   func(a *Agent) *[]Training { return a.Trainings.Value },
	complete: (*Training).complete,
	kept:     func(c *Client) *shared[inventory[Training]] { return c.trainings },
}

// TrainingListing is the trainings of an agent, active and inactive, as one reading
// showed them. It is shared: do not change it.
type TrainingListing struct {
	Trainings []Training
	shown     *inventory[Training]
}

// Training returns the training with an id, nil if there is none.
func (l *TrainingListing) Training(id string) *Training { return l.shown.find(id) }

// ListTrainings returns an agent's trainings, as [Client.ListActions] does its actions:
// from the one read of the agent, and with the agent's own listing of them where an
// expected id is not there.
func (c *Client) ListTrainings(ctx context.Context, agentID string, expected ...string) (*TrainingListing, error) {
	shown, err := inventoryOf(ctx, c, trainingKind, agentID, expected)
	if err != nil {
		return nil, err
	}
	return &TrainingListing{Trainings: shown.items, shown: shown}, nil
}

// TrainingRequest is the body of an upsert (page create-training).
type TrainingRequest struct {
	NodeID        string `json:"node_id"` // the upsert key; optional on the page, ours always has one
	Subject       string `json:"subject"` // at most 255 characters
	Instructions  string `json:"instructions"`
	CurrentStatus string `json:"current_status,omitempty"` // active (the API's default) or inactive
}

// UpsertedTraining is the answer to an upsert of a training.
type UpsertedTraining struct {
	Training
	Upsert
}

// UpsertTraining creates or updates the training that the request's node id names.
// Sending it again is safe. With an [*UnreadableError] or an
// [*UnreachableError] the server may hold the training anyway.
func (c *Client) UpsertTraining(ctx context.Context, agentID string, training TrainingRequest) (UpsertedTraining, error) {
	stored, a, err := upsert(ctx, c, trainingKind, agentID, training, nil)
	return UpsertedTraining{stored, Upsert{a.attempts, a.startedAt, stored.CreatedAt, stored.UpdatedAt}}, err
}

// DeleteTraining removes a training for good. A 404 comes back as an [*APIError]; see
// [IsGone].
func (c *Client) DeleteTraining(ctx context.Context, agentID, trainingID string) error {
	return c.remove(ctx, agentID, trainingKind.segment, trainingID)
}
