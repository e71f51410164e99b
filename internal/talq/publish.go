package talq

import (
	"context"
	"net/http"
)

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
	return c.writeAgent(ctx, agentID, request{method: http.MethodPost, segments: []string{"agents", agentID, verb}})
}
