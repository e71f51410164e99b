package talq

import (
	"context"
	"net/http"
)

// Listing is the actions of an agent, active and inactive, as one reading showed
// them. It is shared: do not change it.
type Listing struct {
	Actions []Action

	byID   map[string]int
	before *Listing // read before this one, which was to confirm what it lacks
}

func newListing(actions []Action) *Listing {
	l := &Listing{Actions: actions, byID: make(map[string]int, len(actions))}
	for i := range actions {
		l.byID[actions[i].ID] = i
	}
	return l
}

// Action returns the action with an id, nil if there is none.
func (l *Listing) Action(id string) *Action {
	if i, ok := l.byID[id]; ok {
		return &l.Actions[i]
	}
	return nil
}

// settles reports whether it is certain of each action that it is there, or that
// it is gone: that is believed only when two readings in a row say so, since a
// paged one that changes while it is read can pass over an action.
func (l *Listing) settles(ids []string) bool {
	for _, id := range ids {
		if l.Action(id) == nil && (l.before == nil || l.before.Action(id) != nil) {
			return false
		}
	}
	return true
}

// ListActions returns an agent's actions, as the agent itself shows them. An expected id
// that is not there is looked for in the agent's own listing too: only what both lack is
// gone. Until this client writes to the agent, callers share what was read of it.
func (c *Client) ListActions(ctx context.Context, agentID string, expected ...string) (*Listing, error) {
	listing, err := c.listings.get(ctx, agentID, func(ctx context.Context) (*Listing, error) {
		agent, err := c.sharedAgent(ctx, agentID)
		if err != nil {
			return nil, err
		}
		var shown *Listing
		if agent.Actions.Value != nil {
			shown = newListing(*agent.Actions.Value)
		}
		if !showsActions(&agent.Agent) {
			return c.readListing(ctx, agentID, shown)
		}
		return shown, nil
	})
	for err == nil && !listing.settles(expected) {
		seen := listing
		listing, err = c.listings.renew(ctx, agentID, seen, func(ctx context.Context) (*Listing, error) {
			return c.readListing(ctx, agentID, seen)
		})
	}
	return listing, err
}

// readListing makes the listing's call, after a reading that left something open; before
// is nil where there was none.
func (c *Client) readListing(ctx context.Context, agentID string, before *Listing) (*Listing, error) {
	actions, err := all(ctx, c, request{method: http.MethodGet, segments: []string{"agents", agentID, "actions"}},
		func(a Action) string { return a.ID })
	if err != nil {
		return nil, err
	}
	listing := newListing(actions)
	if before != nil {
		listing.before = &Listing{byID: before.byID, Actions: before.Actions} // but not what was before that
	}
	return listing, nil
}

// showsActions reports whether an agent has its actions, each with all that
// the agent's own listing shows of it (API.md, "The action object").
func showsActions(a *Agent) bool {
	if a.Actions.Value == nil {
		return false
	}
	for i := range *a.Actions.Value {
		if !(*a.Actions.Value)[i].complete() {
			return false
		}
	}
	return true
}

// complete reports whether no documented member was left out.
func (a *Action) complete() bool {
	return a.Name.Present && a.Label.Present && a.Description.Present && a.Type.Present && a.Inputs.Present &&
		a.Config.Present && a.ActionTrigger.Present && a.URL.Present && a.AuthorizationURL.Present &&
		a.CurrentStatus.Present && a.CreatedAt.Present && a.UpdatedAt.Present
}
