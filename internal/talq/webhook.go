package talq

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"
)

// Webhook takes the events of an agent to a URL, as every answer shows it (pages
// list-agent-webhooks, create-webhook, get-webhook-details, update-webhook). Anything but
// the id may be missing. A number is kept as it was written, never as a float.
type Webhook struct {
	ID          string               `json:"id"`
	AgentID     Lenient[string]      `json:"agent_id"`
	Name        Lenient[string]      `json:"name"`
	WebhookURL  Lenient[string]      `json:"webhook_url"`
	Events      Lenient[[]string]    `json:"events"`      // such as event_phone_call_started
	Timeout     Lenient[json.Number] `json:"timeout"`     // seconds, 5 to 120
	MaxRetries  Lenient[json.Number] `json:"max_retries"` // 0 to 10
	Enabled     Lenient[bool]        `json:"enabled"`
	CreatedAt   Lenient[string]      `json:"created_at"`
	UpdatedAt   Lenient[string]      `json:"updated_at"`
	EventsCount Lenient[json.Number] `json:"events_count"`
	Status      Lenient[string]      `json:"status"` // active, disabled, error

	// No page shows these of a webhook. They are read where an answer carries them after
	// all (API.md, ruling 2), except webhook_secret and custom_headers: those are secret.
	HTTPMethod          Lenient[string]                     `json:"http_method"`
	AuthorizationScheme Lenient[string]                     `json:"authorization_scheme"`
	PayloadTemplates    Lenient[map[string]json.RawMessage] `json:"payload_templates"` // by event
}

// webhooksSegment is what the path and the answer of the listing call them.
const webhooksSegment = "webhooks"

func idOfWebhook(w Webhook) string { return w.ID }

func checkWebhookID(w Webhook) error { return checkID("the webhook", w.ID) }

// WebhookListing is the webhooks of an agent as one reading showed them. It is shared: do
// not change it.
type WebhookListing struct {
	Webhooks []Webhook
	// AvailableEvents are the events that a webhook can take, each with a description.
	// They are not Present where the answer left them out.
	AvailableEvents Opt[map[string]string]
	ahead           time.Duration // of the server's clock
}

// Webhook returns the webhook with an id, nil if there is none.
func (l *WebhookListing) Webhook(id string) *Webhook {
	if i := slices.IndexFunc(l.Webhooks, func(w Webhook) bool { return w.ID == id }); i >= 0 {
		return &l.Webhooks[i]
	}
	return nil
}

// CreatedSince returns the webhooks that were not created before a time of our clock, such
// as that of an [*OutcomeUnknownError]. It means what [FoundAgents.CreatedSince] means.
func (l *WebhookListing) CreatedSince(ours time.Time) []Webhook {
	return createdSince(l.Webhooks, func(w Webhook) Lenient[string] { return w.CreatedAt }, ours.Add(l.ahead))
}

// ListWebhooks returns an agent's webhooks, enabled or not, and the events that there are.
// Until this client writes to the agent, callers share one reading of the agent's listing.
// An expected id that is not there is asked for by a call of its own too: only what both
// lack is gone.
func (c *Client) ListWebhooks(ctx context.Context, agentID string, expected ...string) (*WebhookListing, error) {
	found, err := c.webhooks.get(ctx, agentID, func(ctx context.Context) (*WebhookListing, error) {
		return c.readWebhooks(ctx, agentID)
	})
	if err != nil {
		return nil, err
	}
	for _, id := range expected {
		if found.Webhook(id) != nil {
			continue
		}
		passedOver, err := c.readWebhook(ctx, agentID, id)
		if gone, _ := IsGone(err); gone {
			continue
		}
		if err != nil {
			return nil, err
		}
		more := *found // which is shared
		more.Webhooks = append(slices.Clip(more.Webhooks), passedOver)
		found = &more
	}
	return found, nil
}

func (c *Client) readWebhooks(ctx context.Context, agentID string) (*WebhookListing, error) {
	r := request{method: http.MethodGet, segments: webhookPath(agentID), listMember: webhooksSegment}
	webhooks, last, err := allPages(ctx, c, r, idOfWebhook)
	if err != nil {
		return nil, err
	}
	var beside struct {
		Data struct {
			AvailableEvents Lenient[map[string]string] `json:"available_events"`
		} `json:"data"`
	}
	_ = json.Unmarshal(last.body, &beside) // it was read before, for the webhooks
	return &WebhookListing{Webhooks: webhooks, AvailableEvents: beside.Data.AvailableEvents.Opt(), ahead: last.ahead}, nil
}

func (c *Client) readWebhook(ctx context.Context, agentID, webhookID string) (Webhook, error) {
	r := request{method: http.MethodGet, segments: webhookPath(agentID, webhookID)}
	return oneChecked(ctx, c, r, func(w Webhook) error {
		if w.ID != webhookID {
			return errors.New("it is of another webhook, or has no id")
		}
		return nil
	})
}

// webhookPath leads to an agent's webhooks, or to one of them.
func webhookPath(agentID string, webhookID ...string) []string {
	return append([]string{"agents", agentID, webhooksSegment}, webhookID...)
}
