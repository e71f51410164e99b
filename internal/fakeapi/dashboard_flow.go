package fakeapi

import "time"

// StoredFlow is how an agent leads a conversation, as the server holds it.
type StoredFlow struct {
	// Mode is "llm_driven" or "flow_driven".
	Mode string
	// Config is the flow_config; nil when there is none. Numbers are [json.Number].
	Config map[string]any
	// Versions is what each save left, oldest first.
	Versions []StoredVersion
}

// StoredVersion is what one save of a flow left.
type StoredVersion struct {
	ID string
	// Version is its name, as "1.0.0".
	Version string
	// Mode and Config are those of the save; see [StoredFlow].
	Mode      string
	Config    map[string]any
	CreatedAt time.Time
}

// EditFlow saves a flow as a person does: mode is "llm_driven" or "flow_driven", and config its
// flow_config, nil for none. Nothing is validated. It makes a version and does to the agent what
// a save over HTTP does. It panics when there is no such agent.
func (s *Server) EditFlow(agentID, mode string, config map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saveFlow(s.mustAgent(agentID), mode, copied(config))
}

// Flow is the flow of an agent. It panics when there is no such agent.
func (s *Server) Flow(agentID string) StoredFlow {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.mustAgent(agentID)
	stored := StoredFlow{Mode: a.flow.currentMode(), Config: copied(a.flow.config), Versions: []StoredVersion{}}
	for _, version := range a.flow.versions {
		stored.Versions = append(stored.Versions, StoredVersion{
			ID: version.id, Version: version.name, Mode: version.mode, Config: copied(version.config), CreatedAt: version.created,
		})
	}
	return stored
}

// copied is a deep copy, nil for nil.
func copied(config map[string]any) map[string]any {
	if config == nil {
		return nil
	}
	return plain(config)
}
