package talq

import (
	"context"
	"encoding/json"
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
	ID               string            `json:"id"`
	Name             Lenient[string]   `json:"name"`
	Label            Lenient[string]   `json:"label"`
	Description      Lenient[string]   `json:"description"`
	Language         Lenient[string]   `json:"language"`
	Direction        Lenient[string]   `json:"direction"`
	CurrentStatus    Opt[string]       `json:"current_status"`
	IsSandbox        Lenient[bool]     `json:"is_sandbox"`
	IsReadyToPublish Lenient[bool]     `json:"is_ready_to_publish"`
	CreatedAt        Lenient[string]   `json:"created_at"`
	UpdatedAt        Lenient[string]   `json:"updated_at"`
	Actions          Lenient[[]Action] `json:"actions"`

	InitialMessage          Lenient[string]        `json:"initial_message"`
	InterruptSensitivity    Lenient[string]        `json:"interrupt_sensitivity"`
	ConversationSpeed       Lenient[json.Number]   `json:"conversation_speed"`
	InitialMessageDelay     Lenient[json.Number]   `json:"initial_message_delay"` // the pages name no unit
	AskIfHumanPresentOnIdle Lenient[bool]          `json:"ask_if_human_present_on_idle"`
	WhoSpeaksFirst          Lenient[string]        `json:"who_speaks_first"`
	Voice                   Lenient[Voice]         `json:"voice"`
	Trainings               Lenient[[]Training]    `json:"trainings"`
	PhoneNumbers            Lenient[[]PhoneNumber] `json:"phone_numbers"`
}

// Voice is how an agent sounds.
type Voice struct {
	ID                Lenient[string]      `json:"id"`
	Name              Lenient[string]      `json:"name"`
	Label             Lenient[string]      `json:"label"`
	Stability         Lenient[json.Number] `json:"stability"`
	SimilarityBoost   Lenient[json.Number] `json:"similarity_boost"`
	AmbientBackground Lenient[string]      `json:"ambient_background"`
	Template          Lenient[struct {
		ID   Lenient[string] `json:"id"`
		Name Lenient[string] `json:"name"`
	}] `json:"template"`
}

// Training is a subject that an agent was taught. What it was taught is left
// out: nobody needs prompts in bulk here.
type Training struct {
	ID            Lenient[string] `json:"id"`
	Subject       Lenient[string] `json:"subject"`
	CurrentStatus Lenient[string] `json:"current_status"`
	CreatedAt     Lenient[string] `json:"created_at"`
	UpdatedAt     Lenient[string] `json:"updated_at"`
}

// PhoneNumber is a number under which an agent is reached.
type PhoneNumber struct {
	ID                  Lenient[string] `json:"id"`
	Number              Lenient[string] `json:"number"`
	CountryCode         Lenient[string] `json:"country_code"`
	FormattedNumber     Lenient[string] `json:"formatted_number"`
	InternationalNumber Lenient[string] `json:"international_number"`
	CurrentStatus       Lenient[string] `json:"current_status"`
}

// GetAgent returns one agent with all its parts. Until this client writes to the
// agent, callers share what was read of it.
func (c *Client) GetAgent(ctx context.Context, agentID string) (Agent, error) {
	own := func(ctx context.Context) (*seenAgent, error) { return c.readAgent(ctx, agentID) }
	seen, err := c.agents.get(ctx, agentID, own)
	if err == nil && !seen.own {
		seen, err = c.agents.renew(ctx, agentID, seen, own)
	}
	if err != nil {
		return Agent{}, err
	}
	return seen.Agent, nil
}

// AgentStatus is the part of an agent that says whether it takes calls.
type AgentStatus struct {
	CurrentStatus    string // [AgentDraft] or [AgentPublished]; "" where the answer had none
	IsReadyToPublish *bool  // nil where the answer had none
	UpdatedAt        string // the agent's own; "" where the answer had none
}

// AgentStatus reads whether an agent takes calls. It shares the read of the agent's
// actions.
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
func (c *Client) sharedAgent(ctx context.Context, agentID string) (*seenAgent, error) {
	return c.agents.get(ctx, agentID, func(ctx context.Context) (*seenAgent, error) {
		listed, err := c.overview.find(ctx, c, agentID)
		if err != nil {
			return nil, err
		}
		if listed != nil {
			return &seenAgent{Agent: *listed}, nil
		}
		return c.readAgent(ctx, agentID)
	})
}

// seenAgent is an agent as it was read: by a call of its own, or as a part of a
// list, which may leave parts out.
type seenAgent struct {
	Agent
	own bool
}

// readAgent makes the agent's own call.
func (c *Client) readAgent(ctx context.Context, agentID string) (*seenAgent, error) {
	r := request{method: http.MethodGet, segments: []string{"agents", agentID}}
	agent, a, err := one[Agent](ctx, c, r)
	if err != nil {
		return nil, err
	}
	if agent.ID == "" {
		return nil, unreadable(r, a, errors.New("the agent has no id"))
	}
	if !usableID(agent.ID) {
		return nil, unreadable(r, a, errUnusableID)
	}
	return &seenAgent{Agent: agent, own: true}, nil
}

// AgentFilter narrows a listing of agents; empty members do not.
type AgentFilter struct {
	Status, Direction, Search string
}

// ListAgents returns the agents that the token reaches and the filter lets
// through, over all pages.
func (c *Client) ListAgents(ctx context.Context, filter AgentFilter) ([]Agent, error) {
	r := agentPages()
	for key, value := range map[string]string{"status": filter.Status, "direction": filter.Direction, "search": filter.Search} {
		if value != "" {
			r.query.Set(key, value)
		}
	}
	return all(ctx, c, r, idOfAgent)
}

// agentPages is the request for the agents in pages.
func agentPages() request {
	const most = "100" // on one page (API.md, endpoints)
	return request{method: http.MethodGet, segments: []string{"agents"}, query: url.Values{"per_page": {most}}}
}

func idOfAgent(a Agent) string { return a.ID }

// verbPublish ends the path of the call that makes an agent live.
const verbPublish = "publish"

// Publish makes an agent live. The answer holds little more than its status.
func (c *Client) Publish(ctx context.Context, agentID string) (Agent, error) {
	return c.setLive(ctx, agentID, verbPublish)
}

// Unpublish puts an agent back into draft: running calls go on, new ones are refused.
func (c *Client) Unpublish(ctx context.Context, agentID string) (Agent, error) {
	return c.setLive(ctx, agentID, "unpublish")
}

func (c *Client) setLive(ctx context.Context, agentID, verb string) (Agent, error) {
	defer c.changing(agentID)()
	agent, _, err := one[Agent](ctx, c, request{method: http.MethodPost, segments: []string{"agents", agentID, verb}})
	if err == nil && (agent.ID == "" || !usableID(agent.ID)) {
		agent.ID = agentID // API.md: any part of this answer may be missing
	}
	return agent, err
}

// Status returns the agent's current_status, "" where the answer had none.
func (a Agent) Status() string {
	if a.CurrentStatus.Value == nil {
		return ""
	}
	return *a.CurrentStatus.Value
}
