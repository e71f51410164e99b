package export

import (
	"cmp"
	"context"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// account is an agent with all that belongs to it, the oldest first.
type account struct {
	talq.Agent
	actions   []talq.Action
	trainings []talq.Training
	webhooks  []talq.Webhook
	flow      talq.Flow
}

// read reads an agent. The client takes it from the pages of all agents where these show all
// of it; else it makes the agent's own call, and that of a listing which the agent leaves out.
// Webhooks and the flow are in no answer about an agent: they cost a call each.
func (e *exporter) read(ctx context.Context, id string) (account, error) {
	agent, err := e.client.GetAgent(ctx, id)
	if err != nil {
		return account{}, err
	}
	actions, err := e.client.ListActions(ctx, id)
	if err != nil {
		return account{}, err
	}
	trainings, err := e.client.ListTrainings(ctx, id)
	if err != nil {
		return account{}, err
	}
	webhooks, err := e.client.ListWebhooks(ctx, id)
	if err != nil {
		return account{}, err
	}
	flow, err := e.client.GetFlow(ctx, id)
	if err != nil {
		return account{}, err
	}
	seen := account{Agent: agent, actions: slices.Clone(actions.Actions), trainings: slices.Clone(trainings.Trainings), webhooks: slices.Clone(webhooks.Webhooks), flow: flow}
	sortByAge(seen.actions, func(a talq.Action) (talq.Opt[string], string) { return a.CreatedAt, a.ID })
	sortByAge(seen.trainings, func(t talq.Training) (talq.Opt[string], string) { return t.CreatedAt, *t.ID.Value })
	sortByAge(seen.webhooks, func(w talq.Webhook) (talq.Opt[string], string) { return w.CreatedAt.Opt(), w.ID })
	return seen, nil
}

// sortByAge puts what the API lists in any order into one: by the time at which it was made,
// then by id.
func sortByAge[T any](items []T, of func(T) (createdAt talq.Opt[string], id string)) {
	slices.SortFunc(items, func(a, b T) int {
		at, id := of(a)
		otherAt, otherID := of(b)
		if at.Value != nil && otherAt.Value != nil {
			first, known := talq.ParseTime(*at.Value)
			second, otherKnown := talq.ParseTime(*otherAt.Value)
			if known && otherKnown && !first.Equal(second) {
				return first.Compare(second)
			}
		}
		return cmp.Compare(id, otherID)
	})
}
