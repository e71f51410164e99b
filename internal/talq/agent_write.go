package talq

import (
	"context"
	"net/http"
)

// CreateAgent makes an agent, which is a draft. It is not sent again once the server may
// have acted on it: only after a 429, or where no connection came about. An error is an
// [*OutcomeUnknownError] where there may be an agent now; see [Client.FindAgents].
func (c *Client) CreateAgent(ctx context.Context, agent AgentRequest) (Agent, error) {
	made, err := createOnce(ctx, c, request{method: http.MethodPost, segments: []string{"agents"}, body: agent}, checkAgentID)
	if err == nil {
		c.changing(made.ID)() // pages of all agents that are being read may show it half made
	}
	return made, err
}

// UpdateKnowledge changes what an agent knows and how it talks, and puts it into draft.
func (c *Client) UpdateKnowledge(ctx context.Context, agentID string, knowledge KnowledgeRequest) (Agent, error) {
	return c.updateAgent(ctx, http.MethodPut, agentID, "knowledge", knowledge)
}

// UpdateVoice changes how an agent sounds, and puts it into draft. For a template that
// does not exist see [IsVoiceNotFound].
func (c *Client) UpdateVoice(ctx context.Context, agentID string, voice VoiceRequest) (Agent, error) {
	return c.updateAgent(ctx, http.MethodPut, agentID, "voice", voice)
}

// UpdateCalling changes an agent's direction and numbers, and puts it into draft. The
// answer holds only a part of the agent.
func (c *Client) UpdateCalling(ctx context.Context, agentID string, calling CallingRequest) (Agent, error) {
	return c.updateAgent(ctx, http.MethodPut, agentID, "calling", calling)
}

// UpdateAdvancedSettings switches features of an agent. The answer holds little more
// than the settings. For an agent with too few calls see [IsNotEligible].
func (c *Client) UpdateAdvancedSettings(ctx context.Context, agentID string, settings AdvancedSettingsRequest) (Agent, error) {
	return c.updateAgent(ctx, http.MethodPatch, agentID, "advanced-settings", settings)
}

// updateAgent sends one of the partial updates. Sending it again is safe.
func (c *Client) updateAgent(ctx context.Context, method, agentID, part string, settings any) (Agent, error) {
	return c.writeAgent(ctx, agentID, request{method: method, segments: []string{"agents", agentID, part}, body: settings})
}

// writeAgent makes a call that changes an agent. Any part of its answer may be missing
// (API.md, endpoints).
func (c *Client) writeAgent(ctx context.Context, agentID string, r request) (Agent, error) {
	defer c.changing(agentID)()
	agent, _, err := one[Agent](ctx, c, r)
	if err == nil && checkAgentID(agent) != nil {
		agent.ID = agentID
	}
	return agent, err
}

// DeleteAgent removes an agent for good, with its trainings, actions and call history. It
// also succeeds where the agent is gone after an attempt of this call whose answer got
// lost. A 404 to the first attempt comes back as an [*APIError]; see [IsGone]. For a
// refusal see [IsAgentPublished] and [HasActiveCalls].
func (c *Client) DeleteAgent(ctx context.Context, agentID string) error {
	err := unlessOurs(c.remove(ctx, agentID))
	if err == nil {
		c.http.gate.forget(agentID)
	}
	return err
}
