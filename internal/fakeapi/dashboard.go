package fakeapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// AgentSeed describes an agent that somebody makes in the dashboard.
type AgentSeed struct {
	// ID is the agent's id; counted (agent-1, agent-2, ...) when empty.
	ID string
	// Name is "Agent 1", "Agent 2", ... when empty.
	Name string
	// Token is that of the agent's environment; the first one when empty.
	Token string
	// Status is "draft", also when empty, or "published".
	Status string
	// NotReady makes is_ready_to_publish false, so that publishing answers 422.
	NotReady bool
	// Direction is "inbound", also when empty, or "outbound".
	Direction string
	// Fields are any other fields of the agent object, by their names in
	// testdata/api/get-agent.response.json; those left out are as they are there.
	Fields map[string]any
}

// Stored is an action as the server holds it, whatever its answers show.
type Stored struct {
	ID, NodeID string
	// Fields has the names of the upsert's request body, node_id included. A field that
	// nobody ever wrote is absent. Numbers are [json.Number].
	Fields               map[string]any
	CreatedAt, UpdatedAt time.Time
}

// AddAgent makes an agent and returns its id. It panics when the id is taken
// or when no environment has the token.
func (s *Server) AddAgent(seed AgentSeed) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = seed.ID
	if id == "" {
		id = s.world.newAgentID()
	} else if s.world.agent(id) != nil {
		panic(fmt.Sprintf("fakeapi: there is an agent %q already", id))
	}
	token := cmp.Or(seed.Token, environmentToken(1))
	if !s.world.knowsToken(token) {
		panic(fmt.Sprintf("fakeapi: no environment has the token %q", token))
	}
	now := s.behaviour.later(s.now(), time.Time{})
	a := &agent{
		id:         id,
		token:      token,
		fields:     maps.Clone(sampleAgent),
		status:     cmp.Or(seed.Status, statusDraft),
		ready:      !seed.NotReady,
		created:    now,
		updated:    now,
		deletedIDs: map[string]string{},
	}
	a.fields["name"] = cmp.Or(seed.Name, fmt.Sprintf("Agent %d", len(s.world.agents)+1))
	a.fields["label"] = a.fields["name"]
	a.fields["direction"] = cmp.Or(seed.Direction, "inbound")
	maps.Copy(a.fields, plain(seed.Fields))
	s.world.agents = append(s.world.agents, a)
	return id
}

// RemoveAgent deletes an agent with its actions. It does nothing when there is none.
func (s *Server) RemoveAgent(agentID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.agents = slices.DeleteFunc(s.world.agents, func(a *agent) bool { return a.id == agentID })
}

// SetPublished makes an agent live, ready or not, or a draft again. It panics when there is
// no such agent.
func (s *Server) SetPublished(agentID string, published bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := statusDraft
	if published {
		status = statusPublished
	}
	s.mustAgent(agentID).setStatus(status, s.now(), s.behaviour)
}

// SetReady sets is_ready_to_publish, and the reasons that a refused publish gives. It
// panics when there is no such agent.
func (s *Server) SetReady(agentID string, ready bool, reasons ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	a.ready, a.reasons = ready, reasons
}

// AgentStatus is "draft" or "published", and empty when there is no such agent.
func (s *Server) AgentStatus(agentID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil {
		return a.status
	}
	return ""
}

// AddAction makes an action and returns its id, counted (action-1, action-2, ...) unless
// fields has an "id". Fields are named like the upsert's request body; "config" and
// "action_trigger", and "created_at" and "updated_at" (RFC 3339), may be given as well.
// Nothing is validated. It puts the agent into draft, and panics when there is none.
func (s *Server) AddAction(agentID string, fields map[string]any) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	act := &action{fields: plain(fields)}
	if act.id, _ = act.fields["id"].(string); act.id == "" {
		act.id = s.world.newActionID()
	}
	delete(act.fields, "id")
	if act.nodeID() == "" {
		act.fields["node_id"] = "node-of-" + act.id
	}
	act.created = s.behaviour.later(s.now(), time.Time{})
	act.created = takeTime(act.fields, "created_at", act.created)
	act.updated = takeTime(act.fields, "updated_at", act.created)
	s.world.add(a, act)
	a.setStatus(statusDraft, s.now(), s.behaviour)
	return act.id
}

// EditAction writes fields over what an action holds; see [Server.AddAction] for their
// names. A nil value stores null. It moves updated_at, unless fields says where to, and
// puts the agent into draft. It panics when there is no such action.
func (s *Server) EditAction(agentID, actionID string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	act := a.action(actionID)
	if act == nil {
		panic(fmt.Sprintf("fakeapi: agent %q has no action %q", agentID, actionID))
	}
	written := plain(fields)
	act.created = takeTime(written, "created_at", act.created)
	act.updated = takeTime(written, "updated_at", s.behaviour.later(s.now(), act.updated))
	act.fields = maps.Clone(act.fields)
	maps.Copy(act.fields, written)
	carryOver(act.fields, written)
	a.setStatus(statusDraft, s.now(), s.behaviour)
}

// RemoveAction deletes an action and puts its agent into draft. It does nothing when there
// is no such action.
func (s *Server) RemoveAction(agentID, actionID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil && a.remove(actionID) {
		a.setStatus(statusDraft, s.now(), s.behaviour)
	}
}

// Actions is what the server holds for an agent, in order of creation; empty when there is
// no such agent.
func (s *Server) Actions(agentID string) []Stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := []Stored{}
	if a := s.world.agent(agentID); a != nil {
		for _, act := range a.actions {
			stored = append(stored, act.stored())
		}
	}
	return stored
}

// Action is what the server holds for one action, and whether there is such an action.
func (s *Server) Action(agentID, actionID string) (Stored, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil {
		if act := a.action(actionID); act != nil {
			return act.stored(), true
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
