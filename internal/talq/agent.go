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

// Status gives the agent's current_status, "" where the answer had none.
func (a Agent) Status() string {
	if a.CurrentStatus.Value == nil {
		return ""
	}
	return *a.CurrentStatus.Value
}
