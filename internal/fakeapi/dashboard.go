package fakeapi

import (
	"fmt"
	"maps"
	"time"
)

// Stored is an action or a training as the server holds it, whatever its answers show.
type Stored struct {
	ID, NodeID string
	// Fields has the names of the upsert's request body, node_id included. A field that
	// nobody ever wrote is absent. Numbers are [json.Number].
	Fields               map[string]any
	CreatedAt, UpdatedAt time.Time
}

// AddAction makes an action and returns its id, counted (action-1, action-2, ...) unless
// fields has an "id". Fields are named like the upsert's request body; "config" and
// "action_trigger", and "created_at" and "updated_at" (RFC 3339), may be given as well.
// Nothing is validated. It puts the agent into draft, and panics when there is none.
func (s *Server) AddAction(agentID string, fields map[string]any) (id string) {
	return s.addItem(agentID, (*agent).actionItems, "action", fields)
}

// EditAction writes fields over what an action holds; see [Server.AddAction] for their
// names. A nil value stores null. It moves updated_at, unless fields says where to, and
// puts the agent into draft. It panics when there is no such action.
func (s *Server) EditAction(agentID, actionID string, fields map[string]any) {
	s.editItem(agentID, (*agent).actionItems, "action", actionID, fields)
}

// RemoveAction deletes an action and puts its agent into draft. It does nothing when there
// is no such action.
func (s *Server) RemoveAction(agentID, actionID string) {
	s.removeItem(agentID, (*agent).actionItems, actionID)
}

// Actions is what the server holds for an agent, in order of creation; empty when there is
// no such agent.
func (s *Server) Actions(agentID string) []Stored {
	return s.storedItems(agentID, (*agent).actionItems)
}

// Action is what the server holds for one action, and whether there is such an action.
func (s *Server) Action(agentID, actionID string) (Stored, bool) {
	return s.storedItem(agentID, (*agent).actionItems, actionID)
}

// AddTraining makes a training and returns its id, counted (training-1, training-2, ...)
// unless fields has an "id". Fields are named like the upsert's request body; "created_at"
// and "updated_at" (RFC 3339) may be given as well. Nothing is validated. It puts the agent
// into draft, and panics when there is none.
func (s *Server) AddTraining(agentID string, fields map[string]any) (id string) {
	return s.addItem(agentID, (*agent).trainingItems, "training", fields)
}

// EditTraining is [Server.EditAction] for a training.
func (s *Server) EditTraining(agentID, trainingID string, fields map[string]any) {
	s.editItem(agentID, (*agent).trainingItems, "training", trainingID, fields)
}

// RemoveTraining deletes a training and puts its agent into draft. It does nothing when
// there is no such training.
func (s *Server) RemoveTraining(agentID, trainingID string) {
	s.removeItem(agentID, (*agent).trainingItems, trainingID)
}

// Trainings is what the server holds for an agent, in order of creation; empty when there is
// no such agent.
func (s *Server) Trainings(agentID string) []Stored {
	return s.storedItems(agentID, (*agent).trainingItems)
}

// Training is what the server holds for one training, and whether there is such a training.
func (s *Server) Training(agentID, trainingID string) (Stored, bool) {
	return s.storedItem(agentID, (*agent).trainingItems, trainingID)
}

// itemsOf are the actions or the trainings of an agent.
type itemsOf func(*agent) *items

func (a *agent) actionItems() *items   { return &a.actions }
func (a *agent) trainingItems() *items { return &a.trainings }

func (s *Server) addItem(agentID string, of itemsOf, prefix string, fields map[string]any) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	one := &item{fields: plain(fields)}
	if one.id, _ = one.fields["id"].(string); one.id == "" {
		one.id = s.world.newID(prefix)
	}
	delete(one.fields, "id")
	if one.nodeID() == "" {
		one.fields["node_id"] = "node-of-" + one.id
	}
	one.created = s.behaviour.later(s.now(), time.Time{})
	one.created = takeTime(one.fields, "created_at", one.created)
	one.updated = takeTime(one.fields, "updated_at", one.created)
	s.world.add(of(a), one)
	a.setStatus(statusDraft, s.now(), s.behaviour)
	return one.id
}

func (s *Server) editItem(agentID string, of itemsOf, noun, id string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	one := of(a).byID(id)
	if one == nil {
		panic(fmt.Sprintf("fakeapi: agent %q has no %s %q", agentID, noun, id))
	}
	written := plain(fields)
	one.created = takeTime(written, "created_at", one.created)
	one.updated = takeTime(written, "updated_at", s.behaviour.later(s.now(), one.updated))
	one.fields = maps.Clone(one.fields)
	maps.Copy(one.fields, written)
	carryOver(one.fields, written) // A training has no type, so this leaves it alone.
	a.setStatus(statusDraft, s.now(), s.behaviour)
}

func (s *Server) removeItem(agentID string, of itemsOf, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil && of(a).remove(id) {
		a.setStatus(statusDraft, s.now(), s.behaviour)
	}
}

func (s *Server) storedItems(agentID string, of itemsOf) []Stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := []Stored{}
	if a := s.world.agent(agentID); a != nil {
		for _, one := range of(a).list {
			stored = append(stored, one.stored())
		}
	}
	return stored
}

func (s *Server) storedItem(agentID string, of itemsOf, id string) (Stored, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil {
		if one := of(a).byID(id); one != nil {
			return one.stored(), true
		}
	}
	return Stored{}, false
}

func (s *Server) mustAgent(id string) *agent {
	a := s.world.agent(id)
	if a == nil {
		panic(fmt.Sprintf("fakeapi: there is no agent %q", id))
	}
	return a
}

// takeTime removes a time from fields; otherwise stands where there is none.
func takeTime(fields map[string]any, key string, otherwise time.Time) time.Time {
	text, ok := fields[key].(string)
	delete(fields, key)
	if !ok {
		return otherwise
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(fmt.Sprintf("fakeapi: %s: %v", key, err))
	}
	return t.UTC()
}
