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
	WebhookSecret       Opt[Secret]                     `json:"-"`                             // at most 255 characters; see encode
	Events              Opt[[]string]                   `json:"events,omitzero"`               // at least one
	Timeout             Opt[int64]                      `json:"timeout,omitzero"`              // seconds, 5 to 120; the API's default is 30
	MaxRetries          Opt[int64]                      `json:"max_retries,omitzero"`          // 0 to 10; the API's default is 3
	Enabled             Opt[bool]                       `json:"enabled,omitzero"`              // the API's default is true
	HTTPMethod          Opt[string]                     `json:"http_method,omitzero"`          // POST (the API's default), PUT, PATCH
	AuthorizationScheme Opt[string]                     `json:"authorization_scheme,omitzero"` // none (the API's default), bearer, basic, api_key, custom
	CustomHeaders       Opt[[]Header]                   `json:"-"`                             // see encode
	PayloadTemplates    Opt[map[string]json.RawMessage] `json:"payload_templates,omitzero"`    // by event
}

// encode writes the body. It is the one place where a webhook's secret leaves its
// [Secret]; for headers see revealHeaders.
func (r WebhookRequest) encode() ([]byte, error) {
	type rest WebhookRequest
	wire := struct {
		rest
		WebhookSecret Opt[string]       `json:"webhook_secret,omitzero"`
		CustomHeaders Opt[[]wireHeader] `json:"custom_headers,omitzero"`
	}{rest: rest(r)}
	wire.WebhookSecret.Present = r.WebhookSecret.Present
	if r.WebhookSecret.Value != nil {
		wire.WebhookSecret = Some(r.WebhookSecret.Value.Reveal())
	}
	wire.CustomHeaders.Present = r.CustomHeaders.Present
	if r.CustomHeaders.Value != nil {
		wire.CustomHeaders = Some(revealHeaders(*r.CustomHeaders.Value))
	}
	return encodeBody(wire)
}

// secrets are the texts of the body that no error may repeat.
func (r WebhookRequest) secrets() []Secret {
	found := secretsIn(r.CustomHeaders)
	if r.WebhookSecret.Value != nil {
		found = append(found, *r.WebhookSecret.Value)
	}
	return found
}

// as makes the request that carries the body. An error is a [*NotSentError].
func (r WebhookRequest) as(method string, path []string) (request, error) {
	body, err := r.encode()
	if err != nil {
		return request{}, &NotSentError{Err: err}
	}
	return request{method: method, segments: path, body: body, secrets: r.secrets()}, nil
}

// CreateWebhook makes a webhook. It is not sent again once the server may have acted on
// it: only after a 429, or where no connection came about. An error is an
// [*OutcomeUnknownError] where there may be a webhook now; see [Client.ListWebhooks] and
// [WebhookListing.CreatedSince].
func (c *Client) CreateWebhook(ctx context.Context, agentID string, webhook WebhookRequest) (Webhook, error) {
	r, err := webhook.as(http.MethodPost, webhookPath(agentID))
	if err != nil {
		return Webhook{}, err
	}
	// Whether it puts the agent into draft is not known (API-AGENT.md, ruling 5).
	defer c.changing(agentID)()
	return createOnce(ctx, c, r, checkWebhookID)
}

// UpdateWebhook changes the members of a webhook that are Present, and keeps the others.
// Sending it again is safe. With an [*UnreadableError] or an [*UnreachableError] the
// server may have changed the webhook anyway.
func (c *Client) UpdateWebhook(ctx context.Context, agentID, webhookID string, webhook WebhookRequest) (Webhook, error) {
	r, err := webhook.as(http.MethodPut, webhookPath(agentID, webhookID))
	if err != nil {
		return Webhook{}, err
	}
	defer c.changing(agentID)()
	updated, _, err := one[Webhook](ctx, c, r)
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
