package fakeapi

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"
)

// world is what the server holds. Whatever is inside a fields map is never changed in
// place: a write puts a new value there, so that answers may be encoded outside the lock.
type world struct {
	environments int
	agents       []*agent
	actionIDs    map[string]bool
	agentCount   int
	actionCount  int
}

// agent is one agent; its actions are in the order in which they were created.
type agent struct {
	id, token        string
	fields           map[string]any
	status           string
	ready            bool
	reasons          []string
	created, updated time.Time
	actions          []*action
	deletedIDs       map[string]string // by node id
}

// action is one action. fields has the names of the upsert's request body, node_id
// included, and what only the server sets: config and action_trigger.
type action struct {
	id               string
	fields           map[string]any
	created, updated time.Time
}

// The two values of an agent's current_status (API.md, Endpoints).
const (
	statusDraft     = "draft"
	statusPublished = "published"
)

func newWorld() world {
	return world{actionIDs: map[string]bool{}}
}

func environmentToken(number int) string {
	return fmt.Sprintf("talq_fake_environment_%d", number)
}

func (w *world) addEnvironment() (token string) {
	w.environments++
	return environmentToken(w.environments)
}

func (w *world) knowsToken(token string) bool {
	for number := range w.environments {
		if token == environmentToken(number+1) {
			return true
		}
	}
	return false
}

// agent finds an agent of any environment; nil when there is none.
func (w *world) agent(id string) *agent {
	for _, a := range w.agents {
		if a.id == id {
			return a
		}
	}
	return nil
}

// newAgentID counts on to the next free id.
func (w *world) newAgentID() string {
	for {
		w.agentCount++
		if id := fmt.Sprintf("agent-%d", w.agentCount); w.agent(id) == nil {
			return id
		}
	}
}

// newActionID counts on to the next id that no agent ever used.
func (w *world) newActionID() string {
	for {
		w.actionCount++
		if id := fmt.Sprintf("action-%d", w.actionCount); !w.actionIDs[id] {
			return id
		}
	}
}

// nodeID is the node id of an action, empty when there is no such action.
func (w *world) nodeID(agentID, actionID string) string {
	if a := w.agent(agentID); a != nil {
		if act := a.action(actionID); act != nil {
			return act.nodeID()
		}
	}
	return ""
}

func (w *world) add(a *agent, act *action) {
	w.actionIDs[act.id] = true
	a.actions = append(a.actions, act)
}

func (a *agent) action(id string) *action {
	for _, act := range a.actions {
		if act.id == id {
			return act
		}
	}
	return nil
}

func (a *agent) actionOfNode(nodeID string) *action {
	for _, act := range a.actions {
		if act.nodeID() == nodeID {
			return act
		}
	}
	return nil
}

// remove deletes an action and says whether it was there.
func (a *agent) remove(id string) bool {
	act := a.action(id)
	if act == nil {
		return false
	}
	a.actions = slices.DeleteFunc(a.actions, func(other *action) bool { return other == act })
	a.deletedIDs[act.nodeID()] = id
	return true
}

// setStatus makes the agent draft or published at now.
func (a *agent) setStatus(status string, now time.Time, b Behaviour) {
	a.status = status
	a.updated = b.later(now, a.updated)
	if status == statusPublished && b.PublishTouchesActions {
		for _, act := range a.actions {
			act.updated = b.later(now, act.updated)
		}
	}
}

func (act *action) nodeID() string {
	id, _ := act.fields["node_id"].(string)
	return id
}

func (act *action) stored() Stored {
	return Stored{
		ID:        act.id,
		NodeID:    act.nodeID(),
		Fields:    plain(act.fields),
		CreatedAt: act.created,
		UpdatedAt: act.updated,
	}
}

// requestFields are the fields of an upsert's body that the server keeps (API.md, The
// request body of the upsert). It drops any other.
var requestFields = []string{
	"node_id", "name", "description", "type", "inputs", "integration", "url",
	"authorization_url", "authorization_scheme", "custom_headers", "speak_on_send",
	"speak_on_receive", "execution_mode", "hold_duration", "transfer_to", "current_status",
}

// merge is what an action's fields are after an upsert sent a body.
func (b Behaviour) merge(stored, sent map[string]any) map[string]any {
	merged := map[string]any{}
	maps.Copy(merged, stored)
	for _, field := range requestFields {
		value, ok := sent[field]
		switch {
		case ok:
			merged[field] = value
		case b.ResetLeftOut:
			delete(merged, field)
		}
	}
	carryOver(merged, sent)
	return merged
}

// sameFields says whether an upsert changed nothing. What was never set, null and the
// default are the same.
func sameFields(before, after map[string]any) bool {
	return bytes.Equal(encodeJSON(withDefaults(before)), encodeJSON(withDefaults(after)))
}

func withDefaults(fields map[string]any) map[string]any {
	full := maps.Clone(hiddenDefaults)
	full["current_status"] = "active"
	full["inputs"] = []any{}
	for field, value := range fields {
		if value != nil {
			full[field] = value
		}
	}
	return full
}
