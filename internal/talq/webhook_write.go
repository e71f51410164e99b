package talq

import (
	"context"
	"encoding/json"
	"net/http"
)

// WebhookRequest is the body of a create or an update (pages create-webhook and
// update-webhook). Members are left out unless they are Present. A create needs the name,
// the URL and the events; an update keeps what is left out.
type WebhookRequest struct {
	Name                Opt[string]                     `json:"name,omitzero"`                 // at most 255 characters
	WebhookURL          Opt[string]                     `json:"webhook_url,omitzero"`          // at most 500 characters
	WebhookSecret       Opt[Secret]                     `json:"-"`                             // at most 255 characters; see body
	Events              Opt[[]string]                   `json:"events,omitzero"`               // at least one
	Timeout             Opt[int64]                      `json:"timeout,omitzero"`              // seconds, 5 to 120; the API's default is 30
	MaxRetries          Opt[int64]                      `json:"max_retries,omitzero"`          // 0 to 10; the API's default is 3
	Enabled             Opt[bool]                       `json:"enabled,omitzero"`              // the API's default is true
	HTTPMethod          Opt[string]                     `json:"http_method,omitzero"`          // POST (the API's default), PUT, PATCH
	AuthorizationScheme Opt[string]                     `json:"authorization_scheme,omitzero"` // none (the API's default), bearer, basic, api_key, custom
	CustomHeaders       Opt[[]Header]                   `json:"-"`                             // see body
	PayloadTemplates    Opt[map[string]json.RawMessage] `json:"payload_templates,omitzero"`    // by event
}

// body is the one place where a webhook's secret leaves its [Secret]; for headers see
// revealHeaders.
func (r WebhookRequest) body() any {
	type rest WebhookRequest
	wire := struct {
		rest
		WebhookSecret Opt[string]       `json:"webhook_secret,omitzero"`
		CustomHeaders Opt[[]wireHeader] `json:"custom_headers,omitzero"`
	}{rest(r), Opt[string]{Present: r.WebhookSecret.Present}, revealHeaders(r.CustomHeaders)}
	if r.WebhookSecret.Value != nil {
		wire.WebhookSecret = Some(r.WebhookSecret.Value.Reveal())
	}
	return wire
}

func (r WebhookRequest) secrets() []Secret {
	found := secretsIn(r.CustomHeaders)
	if r.WebhookSecret.Value != nil {
		found = append(found, *r.WebhookSecret.Value)
	}
	return found
}

// CreateWebhook makes a webhook. It is not sent again once the server may have acted on
// it: only after a 429, or where no connection came about. An error is an
// [*OutcomeUnknownError] where there may be a webhook now; see [Client.ListWebhooks] and
// [WebhookListing.CreatedSince].
func (c *Client) CreateWebhook(ctx context.Context, agentID string, webhook WebhookRequest) (Webhook, error) {
	// Whether it puts the agent into draft is not known (API-AGENT.md, ruling 5).
	defer c.changing(agentID)()
	return createOnce(ctx, c, request{
		method: http.MethodPost, segments: webhookPath(agentID), body: webhook.body(), secrets: webhook.secrets(),
	}, checkWebhookID)
}

// UpdateWebhook changes the members of a webhook that are Present, and keeps the others.
// Sending it again is safe. With an [*UnreadableError] or an [*UnreachableError] the
// server may have changed the webhook anyway.
func (c *Client) UpdateWebhook(ctx context.Context, agentID, webhookID string, webhook WebhookRequest) (Webhook, error) {
	defer c.changing(agentID)()
	updated, _, err := one[Webhook](ctx, c, request{
		method: http.MethodPut, segments: webhookPath(agentID, webhookID), body: webhook.body(), secrets: webhook.secrets(),
	})
	if err == nil && checkWebhookID(updated) != nil {
		updated.ID = webhookID
	}
	return updated, err
}

// DeleteWebhook removes a webhook for good. It also succeeds where the webhook is gone
// after an attempt of this call whose answer got lost. A 404 to the first attempt comes
// back as an [*APIError]; see [IsGone].
func (c *Client) DeleteWebhook(ctx context.Context, agentID, webhookID string) error {
	return unlessOurs(c.remove(ctx, agentID, webhooksSegment, webhookID))
}
