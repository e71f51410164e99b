package fakeapi

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"time"
)

// item is an action, a training or a webhook of an agent. fields has the names of the upsert's
// or the create's request body, node_id included, and of an action what only the server sets:
// config and action_trigger.
type item struct {
	id               string
	fields           map[string]any
	created, updated time.Time

	failing   bool   // The deliveries of the webhook fail.
	testFails string // why tests of the webhook fail, empty when they do not
}

// items are the actions, the trainings or the webhooks of one agent, in the order in which they were
// created.
type items struct {
	list       []*item
	deletedIDs map[string]string // by node id
}

func (i *items) byID(id string) *item {
	for _, one := range i.list {
		if one.id == id {
			return one
		}
	}
	return nil
}

// byNode finds nothing for an empty node id: items without one are never the same.
func (i *items) byNode(nodeID string) *item {
	for _, one := range i.list {
		if nodeID != "" && one.nodeID() == nodeID {
			return one
		}
	}
	return nil
}

// remove deletes an item and says whether it was there.
func (i *items) remove(id string) bool {
	gone := i.byID(id)
	if gone == nil {
		return false
	}
	i.list = slices.DeleteFunc(i.list, func(other *item) bool { return other == gone })
	if i.deletedIDs == nil {
		i.deletedIDs = map[string]string{}
	}
	i.deletedIDs[gone.nodeID()] = id
	return true
}

func (one *item) nodeID() string {
	id, _ := one.fields["node_id"].(string)
	return id
}

func (one *item) stored() Stored {
	return Stored{
		ID:        one.id,
		NodeID:    one.nodeID(),
		Fields:    plain(one.fields),
		CreatedAt: one.created,
		UpdatedAt: one.updated,
	}
}

// objects are all items as show renders them, in the order of a listing.
func (i *items) objects(b Behaviour, show func(one *item, upsert bool) map[string]any) []any {
	shown := make([]any, 0, len(i.list))
	for _, one := range i.list {
		shown = append(shown, show(one, false))
	}
	if b.ListReversed {
		slices.Reverse(shown)
	}
	return shown
}

// upsert makes the item of a node id hold fields, and makes the item first where there is
// none. The prefix is that of a fresh id; equal says that nothing changes.
func (s *Server) upsert(i *items, prefix, nodeID string, fields map[string]any, equal bool) *item {
	b, now := s.behaviour, s.now()
	one := i.byNode(nodeID)
	switch {
	case one == nil:
		created := b.later(now, time.Time{})
		one = &item{id: s.idFor(i, prefix, nodeID), created: created, updated: created}
		s.world.add(i, one)
	case !b.UntouchedWhenEqual || !equal:
		one.updated = b.later(now, one.updated)
	}
	one.fields = fields
	return one
}

func (s *Server) idFor(i *items, prefix, nodeID string) string {
	if id, ok := i.deletedIDs[nodeID]; ok && nodeID != "" && s.behaviour.ReuseIDs {
		return id
	}
	return s.world.newID(prefix)
}

// deleted is the answer to a delete that was carried out.
func (s *Server) deleted(message string) answer {
	result := success(s.behaviour.deleteStatus(), message, nil)
	if result.status == http.StatusNoContent {
		result.payload = nil
	}
	return done(result)
}

// merge is what an item's fields are after an upsert sent a body. It drops any field but
// the known ones.
func (b Behaviour) merge(stored, sent map[string]any, known []string) map[string]any {
	merged := map[string]any{}
	maps.Copy(merged, stored)
	for _, field := range known {
		value, ok := sent[field]
		switch {
		case ok:
			merged[field] = value
		case b.ResetLeftOut:
			delete(merged, field)
		}
	}
	return merged
}

// sameFields says whether an upsert changed nothing. What was never set, null and the
// default are the same.
func sameFields(before, after, defaults map[string]any) bool {
	return bytes.Equal(encodeJSON(withDefaults(before, defaults)), encodeJSON(withDefaults(after, defaults)))
}

func withDefaults(fields, defaults map[string]any) map[string]any {
	full := map[string]any{}
	maps.Copy(full, defaults)
	for field, value := range fields {
		if value != nil {
			full[field] = value
		}
	}
	return full
}
