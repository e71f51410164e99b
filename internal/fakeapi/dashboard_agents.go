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
	// testdata/api/get-agent.response.json and testdata/api/create-agent.request.json; those
	// left out are as they are there. Numbers go by "phone_number_ids"; trainings and actions
	// are changed by [Server.AddTraining] and its like.
	Fields map[string]any
}

// StoredAgent is an agent as the server holds it, whatever its answers show.
type StoredAgent struct {
	ID, Token, Status string
	// Fields has the names of the body of POST /agents, "voice" as GET /agents/{id} shows it
	// with "ambient_volume" in it, "is_sandbox", and "enable_initial_message_cache". Numbers
	// are [json.Number].
	Fields               map[string]any
	CreatedAt, UpdatedAt time.Time
}

// AddAgent makes an agent and returns its id. It has the training and the phone number of the
// sample, and the number is added to its environment. It panics when the id is taken, when no
// environment has the token, and when Fields has a name that an agent does not know.
func (s *Server) AddAgent(seed AgentSeed) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = seed.ID
	if id == "" {
		id = s.world.newID("agent")
	} else if s.world.agent(id) != nil {
		panic(fmt.Sprintf("fakeapi: there is an agent %q already", id))
	}
	token := cmp.Or(seed.Token, environmentToken(1))
	if !s.world.knowsToken(token) {
		panic(fmt.Sprintf("fakeapi: no environment has the token %q", token))
	}
	now := s.behaviour.later(s.now(), time.Time{})
	ready := !seed.NotReady
	a := &agent{
		id:      id,
		token:   token,
		fields:  sampleFields(),
		status:  cmp.Or(seed.Status, statusDraft),
		ready:   &ready,
		created: now,
		updated: now,
	}
	s.world.addSampleParts(a)
	a.fields["name"] = cmp.Or(seed.Name, fmt.Sprintf("Agent %d", len(s.world.agents)+1))
	a.fields["label"] = a.fields["name"]
	a.fields["direction"] = cmp.Or(seed.Direction, "inbound")
	maps.Copy(a.fields, agentFields(seed.Fields))
	s.world.addAgent(a)
	return id
}

// RemoveAgent deletes an agent with all that belongs to it, published or not. It does
// nothing when there is none.
func (s *Server) RemoveAgent(agentID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.removeAgent(agentID)
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

// SetReady sets is_ready_to_publish, and the reasons that a refused publish gives. Until it
// is called, an agent that the API made is ready when it has a description, a voice and a
// phone number. It panics when there is no such agent.
func (s *Server) SetReady(agentID string, ready bool, reasons ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	a.ready, a.reasons = &ready, reasons
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

// EditAgent writes fields over what an agent holds, readable or hidden; see [StoredAgent] for
// their names. A nil value stores null. What "voice" leaves out stays, unless the agent had
// no voice. It moves updated_at, unless fields says where to ("created_at" and "updated_at",
// RFC 3339), and puts the agent into draft. No value is validated. It panics when there is no
// such agent or no such field.
func (s *Server) EditAgent(agentID string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	written := plain(fields)
	a.created = takeTime(written, "created_at", a.created)
	updated := takeTime(written, "updated_at", s.behaviour.later(s.now(), a.updated))
	written = agentFields(written)
	if voice := object(written["voice"]); voice != nil {
		merged := map[string]any{}
		maps.Copy(merged, object(a.fields["voice"]))
		maps.Copy(merged, voice)
		written["voice"] = merged
	}
	a.fields = maps.Clone(a.fields)
	maps.Copy(a.fields, written)
	a.status, a.updated = statusDraft, updated
}

// agentFields is a copy of fields, which must all be such that an agent has.
func agentFields(fields map[string]any) map[string]any {
	known := slices.Concat(readableAgentFields, hiddenAgentFields, []string{"phone_number_ids", "enable_initial_message_cache"})
	for name := range fields {
		if !slices.Contains(known, name) {
			panic(fmt.Sprintf("fakeapi: an agent has no field %q that can be written", name))
		}
	}
	return plain(fields)
}

// Agents is what the server holds for the agents of all environments, in order of creation.
func (s *Server) Agents() []StoredAgent {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := []StoredAgent{}
	for _, a := range s.world.agents {
		stored = append(stored, a.stored())
	}
	return stored
}

// Agent is what the server holds for one agent, and whether there is such an agent.
func (s *Server) Agent(agentID string) (StoredAgent, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.world.agent(agentID); a != nil {
		return a.stored(), true
	}
	return StoredAgent{}, false
}

func (a *agent) stored() StoredAgent {
	return StoredAgent{
		ID: a.id, Token: a.token, Status: a.status, Fields: plain(a.fields), CreatedAt: a.created, UpdatedAt: a.updated,
	}
}

// StartCall begins a call of an agent, which keeps it from being deleted until [Server.EndCalls].
// It panics when there is no such agent.
func (s *Server) StartCall(agentID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustAgent(agentID).activeCalls++
}

// EndCalls ends all calls of an agent. It panics when there is no such agent.
func (s *Server) EndCalls(agentID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustAgent(agentID).activeCalls = 0
}

// SetRecentCalls sets how many calls an agent made in the last seven days, 0 until then; from
// 700 on it is eligible for optimized costs. It panics when there is no such agent.
func (s *Server) SetRecentCalls(agentID string, calls int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mustAgent(agentID).recentCalls = calls
}
