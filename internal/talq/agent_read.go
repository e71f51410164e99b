package talq

import (
	"context"
	"net/http"
	"time"
)

// GetAgent returns one agent with all its parts. Until this client writes to the
// agent, callers share what was read of it, also for its actions and its trainings. The
// pages of all agents serve where they leave out no part.
func (c *Client) GetAgent(ctx context.Context, agentID string) (Agent, error) {
	seen, err := c.sharedAgent(ctx, agentID)
	if err == nil && !seen.whole && !seen.complete() {
		seen, err = c.agents.renew(ctx, agentID, seen, func(ctx context.Context) (*Agent, error) { return c.readAgent(ctx, agentID) })
	}
	if err != nil {
		return Agent{}, err
	}
	return *seen, nil
}

// AgentStatus is the part of an agent that says whether it takes calls.
type AgentStatus struct {
	CurrentStatus    string // [AgentDraft] or [AgentPublished]; "" where the answer had none
	IsReadyToPublish *bool  // nil where the answer had none
	UpdatedAt        string // the agent's own; "" where the answer had none
}

// AgentStatus reads whether an agent takes calls. It shares the read of [Client.GetAgent].
func (c *Client) AgentStatus(ctx context.Context, agentID string) (AgentStatus, error) {
	seen, err := c.sharedAgent(ctx, agentID)
	if err != nil {
		return AgentStatus{}, err
	}
	status := AgentStatus{CurrentStatus: seen.Status(), IsReadyToPublish: seen.IsReadyToPublish.Value}
	if seen.UpdatedAt.Value != nil {
		status.UpdatedAt = *seen.UpdatedAt.Value
	}
	return status, nil
}

// sharedAgent reads an agent once for all who ask, until this client writes to it: from the
// pages of all agents where many are asked for, or by a call of its own.
func (c *Client) sharedAgent(ctx context.Context, agentID string) (*Agent, error) {
	return c.agents.get(ctx, agentID, func(ctx context.Context) (*Agent, error) {
		if listed, err := c.overview.find(ctx, c, agentID); err != nil || listed != nil {
			return listed, err
		}
		return c.readAgent(ctx, agentID)
	})
}

func (c *Client) readAgent(ctx context.Context, agentID string) (*Agent, error) {
	agent, err := oneChecked(ctx, c, request{method: http.MethodGet, segments: []string{"agents", agentID}}, checkAgentID)
	agent.whole = true
	return &agent, err
}

func checkAgentID(agent Agent) error { return checkID("the agent", agent.ID) }

// AgentFilter narrows a listing of agents; empty members do not.
type AgentFilter struct {
	Status, Direction, Search string
}

// ListAgents returns the agents that the token reaches and the filter lets
// through, over all pages.
func (c *Client) ListAgents(ctx context.Context, filter AgentFilter) ([]Agent, error) {
	return all(ctx, c, agentsLike(filter), idOfAgent)
}

// agentsLike is the request for the agents that a filter lets through.
func agentsLike(filter AgentFilter) request {
	const most = "100" // on one page (API.md, endpoints)
	return request{method: http.MethodGet, segments: []string{"agents"}, query: nonEmpty(map[string]string{
		"per_page": most, "status": filter.Status, "direction": filter.Direction, "search": filter.Search,
	})}
}

// FoundAgents is the answer to a search. Nothing of it is kept or shared.
type FoundAgents struct {
	Agents []Agent
	ahead  time.Duration // of the server's clock
}

// FindAgents looks for agents by a part of their label or name (page list-agents), over
// all pages, always with requests of its own. It is for what a create whose answer got
// lost may have made (API-AGENT.md, ruling 3).
func (c *Client) FindAgents(ctx context.Context, search string) (FoundAgents, error) {
	agents, last, err := allPages(ctx, c, agentsLike(AgentFilter{Search: search}), idOfAgent)
	if err != nil {
		return FoundAgents{}, err
	}
	return FoundAgents{Agents: agents, ahead: last.ahead}, nil
}

// CreatedSince returns those that were not created before a time of our clock, such as
// that of an [*OutcomeUnknownError], to about a second.
func (f FoundAgents) CreatedSince(ours time.Time) []Agent {
	return createdSince(f.Agents, func(a Agent) Lenient[string] { return a.CreatedAt }, ours.Add(f.ahead))
}

func idOfAgent(a Agent) string { return a.ID }
