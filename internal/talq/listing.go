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
	whole  bool     // the agent's own listing, not its part of a list of agents
	before *Listing // read before this one, which was to confirm what it lacks
}

func newListing(actions []Action) *Listing {
	l := &Listing{Actions: actions, byID: make(map[string]int, len(actions))}
	for i := range actions {
		l.byID[actions[i].ID] = i
	}
	return l
}

// Action gives the action with an id, nil if there is none.
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

// ListActions gives an agent's actions. It is the only way in which a caller sees
// them: the API has no call that reads one. Until this client writes to the agent,
// callers share what was read of it.
//
// Without expected ids it is the agent's own listing, whole. With them any reading
// that shows these actions will do, such as the agent's part of a list of agents;
// one of them that is not in it is gone.
func (c *Client) ListActions(ctx context.Context, agentID string, expected ...string) (*Listing, error) {
	listing, err := c.listings.get(ctx, agentID, func(ctx context.Context) (*Listing, error) {
		if len(expected) == 0 {
			return c.readListing(ctx, agentID, nil)
		}
		return c.readAny(ctx, agentID, expected)
	})
	for err == nil && (!listing.settles(expected) || (len(expected) == 0 && !listing.whole)) {
		seen := listing
		listing, err = c.listings.renew(ctx, agentID, seen, func(ctx context.Context) (*Listing, error) {
			return c.readListing(ctx, agentID, seen)
		})
	}
	return listing, err
}

// readAny reads the actions in the way that costs least.
func (c *Client) readAny(ctx context.Context, agentID string, expected []string) (*Listing, error) {
	var listed *Listing
	enough := func(a *Agent) bool {
		if !showsActions(a) {
			return false
		}
		listed = newListing(*a.Actions.Value)
		return listed.settles(expected)
	}
	agent, err := c.overview.find(ctx, c, agentID, enough)
	if err != nil {
		return nil, err
	}
	if agent == nil && c.overview.pay(agentID) {
		seen, err := c.agents.get(ctx, agentID, func(ctx context.Context) (*seenAgent, error) { return c.readAgent(ctx, agentID) })
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// An error is no answer: the agent's own listing is.
		if err == nil && enough(&seen.Agent) {
			agent = &seen.Agent
		}
	}
	if agent != nil {
		return listed, nil
	}
	return c.readListing(ctx, agentID, listed)
}

// readListing makes the agent's own call, after a reading that left something open.
func (c *Client) readListing(ctx context.Context, agentID string, before *Listing) (*Listing, error) {
	actions, err := all(ctx, c, request{method: http.MethodGet, segments: []string{"agents", agentID, "actions"}},
		func(a Action) string { return a.ID })
	if err != nil {
		return nil, err
	}
	listing := newListing(actions)
	listing.whole = true
	if before != nil {
		listing.before = &Listing{byID: before.byID, Actions: before.Actions} // but not what was before that
	}
	return listing, nil
}

// showsActions reports whether a listed agent has its actions, each with all that
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
