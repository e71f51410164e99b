package talq

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// verbPublish ends the path of the call that makes an agent live.
const verbPublish = "publish"

// Publish makes an agent live. The answer holds little more than its status.
func (c *Client) Publish(ctx context.Context, agentID string) (Agent, error) {
	agent, err := c.setLive(ctx, agentID, verbPublish)
	if err != nil || agent.Status() != AgentPublished {
		return agent, err
	}
	if since := c.http.gate.forget(agentID); !since.IsZero() {
		c.http.config.Log(ctx, slog.LevelInfo, "the agent takes calls again",
			map[string]any{"agent_id": agentID, "since_first_write_ms": time.Since(since).Milliseconds()})
	}
	return agent, nil
}

// Unpublish puts an agent back into draft: running calls go on, new ones are refused.
func (c *Client) Unpublish(ctx context.Context, agentID string) (Agent, error) {
	agent, err := c.setLive(ctx, agentID, "unpublish")
	if err == nil {
		c.http.gate.forget(agentID)
	}
	return agent, err
}

func (c *Client) setLive(ctx context.Context, agentID, verb string) (Agent, error) {
	return c.writeAgent(ctx, agentID, request{method: http.MethodPost, segments: []string{"agents", agentID, verb}})
}
