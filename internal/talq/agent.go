package talq

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// Statuses of an agent (API.md). A draft agent takes no calls.
const (
	AgentDraft     = "draft"
	AgentPublished = "published"
)

// Agent is an agent as `GET /agents/{agent_id}` shows it. Anything but the id
// may be missing from an answer.
type Agent struct {
	ID               string        `json:"id"`
	Name             Opt[string]   `json:"name"`
	Label            Opt[string]   `json:"label"`
	Description      Opt[string]   `json:"description"`
	Language         Opt[string]   `json:"language"`
	Direction        Opt[string]   `json:"direction"`
	CurrentStatus    Opt[string]   `json:"current_status"`
	IsSandbox        Opt[bool]     `json:"is_sandbox"`
	IsReadyToPublish Opt[bool]     `json:"is_ready_to_publish"`
	CreatedAt        Opt[string]   `json:"created_at"`
	UpdatedAt        Opt[string]   `json:"updated_at"`
	Actions          Opt[[]Action] `json:"actions"`
}

// GetAgent reads one agent.
func (c *Client) GetAgent(ctx context.Context, agentID string) (Agent, error) {
	r := request{method: http.MethodGet, segments: []string{"agents", agentID}}
	agent, a, err := one[Agent](ctx, c, r)
	if err == nil && agent.ID == "" {
		return Agent{}, unreadable(r, a, errors.New("the agent has no id"))
	}
	return agent, err
}

// AgentFilter narrows a listing of agents; empty members do not.
type AgentFilter struct {
	Status, Direction, Search string
}

// ListAgents gives the agents that the token reaches and the filter lets
// through, over all pages.
func (c *Client) ListAgents(ctx context.Context, filter AgentFilter) ([]Agent, error) {
	query := url.Values{"per_page": {"100"}} // the most that the page allows
	for key, value := range map[string]string{"status": filter.Status, "direction": filter.Direction, "search": filter.Search} {
		if value != "" {
			query.Set(key, value)
		}
	}
	return all(ctx, c, request{method: http.MethodGet, segments: []string{"agents"}, query: query},
		func(a Agent) string { return a.ID })
}

// Publish makes an agent live. The answer holds little more than its status.
func (c *Client) Publish(ctx context.Context, agentID string) (Agent, error) {
	return c.setLive(ctx, agentID, "publish")
}

// Unpublish puts an agent back into draft: running calls go on, new ones are refused.
func (c *Client) Unpublish(ctx context.Context, agentID string) (Agent, error) {
	return c.setLive(ctx, agentID, "unpublish")
}

func (c *Client) setLive(ctx context.Context, agentID, verb string) (Agent, error) {
	agent, _, err := one[Agent](ctx, c, request{method: http.MethodPost, segments: []string{"agents", agentID, verb}})
	if err == nil && agent.ID == "" {
		agent.ID = agentID // API.md: any part of this answer may be missing
	}
	return agent, err
}
