package talq

import (
	"context"
	"net/http"
	"slices"
)

// Listing is the actions of an agent, active and inactive, as one reading showed
// them. It is shared: do not change it.
type Listing struct {
	Actions []Action
	shown   *inventory[Action]
}

// Action returns the action with an id, nil if there is none.
func (l *Listing) Action(id string) *Action { return l.shown.find(id) }

// ListActions returns an agent's actions, as the agent itself shows them. An expected id
// that is not there is looked for in the agent's own listing too: only what both lack is
// gone. Until this client writes to the agent, callers share what was read of it.
func (c *Client) ListActions(ctx context.Context, agentID string, expected ...string) (*Listing, error) {
	shown, err := inventoryOf(ctx, c, actionKind, agentID, expected)
	if err != nil {
		return nil, err
	}
	return &Listing{Actions: shown.items, shown: shown}, nil
}

// KeptActions is ListActions without a call: nil where it would make one, or wait for one.
func (c *Client) KeptActions(agentID string) *Listing {
	shown := c.actions.peek(agentID)
	if shown == nil {
		return nil
	}
	return &Listing{Actions: shown.items, shown: shown}
}

// kind is what an agent has many of, each with an id of its own.
type kind[T any] struct {
	segment  string // of the path, behind the agent's id
	id       func(T) string
	within   func(*Agent) *[]T // those that an agent shows, nil where it leaves them out
	complete func(*T) bool     // no documented member was left out
	kept     func(*Client) *shared[inventory[T]]
}

var actionKind = kind[Action]{
	segment:  "actions",
	id:       func(a Action) string { return a.ID },
	within:   func(a *Agent) *[]Action { return a.Actions.Value },
	complete: (*Action).complete,
	kept:     func(c *Client) *shared[inventory[Action]] { return c.actions },
}

// shows reports whether an agent has all of a kind, each with all that the agent's
// own listing shows of it (API.md, "The action object").
func (k kind[T]) shows(a *Agent) bool {
	items := k.within(a)
	if items == nil {
		return false
	}
	for i := range *items {
		if !k.complete(&(*items)[i]) {
			return false
		}
	}
	return true
}

// inventory is what an agent has of a kind, as one reading showed it.
type inventory[T any] struct {
	kind   kind[T]
	items  []T
	before *inventory[T] // read before this one, which was to confirm what it lacks
}

func (v *inventory[T]) find(id string) *T {
	for i := range slices.Backward(v.items) { // of two with one id the last counts
		if v.kind.id(v.items[i]) == id {
			return &v.items[i]
		}
	}
	return nil
}

// settles reports whether it is certain of each item that it is there, or that
// it is gone: that is believed only when two readings in a row say so, since a
// paged one that changes while it is read can pass over an item.
func (v *inventory[T]) settles(ids []string) bool {
	for _, id := range ids {
		if v.find(id) == nil && (v.before == nil || v.before.find(id) != nil) {
			return false
		}
	}
	return true
}

// inventoryOf returns what an agent has of a kind: as the agent shows it, else from
// their own listing, which also has to confirm that an expected id is gone.
func inventoryOf[T any](ctx context.Context, c *Client, k kind[T], agentID string, expected []string) (*inventory[T], error) {
	kept := k.kept(c)
	found, err := kept.get(ctx, agentID, func(ctx context.Context) (*inventory[T], error) {
		agent, err := c.sharedAgent(ctx, agentID)
		if err != nil {
			return nil, err
		}
		var shown *inventory[T]
		if items := k.within(agent); items != nil {
			shown = &inventory[T]{kind: k, items: *items}
		}
		if !k.shows(agent) {
			return readInventory(ctx, c, k, agentID, shown)
		}
		return shown, nil
	})
	for err == nil && !found.settles(expected) {
		seen := found
		found, err = kept.renew(ctx, agentID, seen, func(ctx context.Context) (*inventory[T], error) {
			return readInventory(ctx, c, k, agentID, seen)
		})
	}
	return found, err
}

// readInventory makes the listing's call, after a reading that left something open; before
// is nil where there was none.
func readInventory[T any](ctx context.Context, c *Client, k kind[T], agentID string, before *inventory[T]) (*inventory[T], error) {
	items, err := all(ctx, c, request{method: http.MethodGet, segments: []string{"agents", agentID, k.segment}}, k.id)
	if err != nil {
		return nil, err
	}
	if before != nil {
		before = &inventory[T]{kind: k, items: before.items} // without what was before that
	}
	return &inventory[T]{kind: k, items: items, before: before}, nil
}
