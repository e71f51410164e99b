package acctest

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// PutWebhook implements [Talq].
func (f fakeTalq) PutWebhook(body map[string]any) {
	f.t.Helper()
	there, ok := f.find(f.w.Webhooks(f.w.Agent), "name", body["name"])
	if !ok {
		f.t.Fatalf("no webhook is called %s", body["name"])
	}
	f.w.EditWebhook(f.w.Agent, there.ID, body)
}

// DeleteWebhook implements [Talq].
func (f fakeTalq) DeleteWebhook(name string) {
	f.t.Helper()
	there, ok := f.find(f.w.Webhooks(f.w.Agent), "name", name)
	if !ok {
		f.t.Fatalf("no webhook is called %s", name)
	}
	f.w.RemoveWebhook(f.w.Agent, there.ID)
}

// Webhook implements [Talq].
func (f fakeTalq) Webhook(name string) map[string]any {
	there, ok := f.find(f.w.Webhooks(f.w.Agent), "name", name)
	if !ok {
		return nil
	}
	there.Fields["id"] = there.ID
	return there.Fields
}

// webhookPath is the path of the webhook of that name, below the agent's.
func (r realTalq) webhookPath(name any) string {
	r.t.Helper()
	text, _ := name.(string)
	there := r.Webhook(text)
	if there == nil {
		r.t.Fatalf("no webhook is called %s", name)
	}
	return "/webhooks/" + url.PathEscape(guard.ID(there))
}

// PutWebhook implements [Talq].
func (r realTalq) PutWebhook(body map[string]any) {
	r.t.Helper()
	r.do(http.MethodPut, r.webhookPath(body["name"]), body)
}

// DeleteWebhook implements [Talq].
func (r realTalq) DeleteWebhook(name string) {
	r.t.Helper()
	r.do(http.MethodDelete, r.webhookPath(name), nil)
}

// Webhook implements [Talq].
func (r realTalq) Webhook(name string) map[string]any {
	r.t.Helper()
	webhooks, err := r.client.Webhooks(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	for _, entry := range webhooks {
		if one, _ := entry.(map[string]any); one["name"] == name {
			return one
		}
	}
	return nil
}

var errWebhookLeft = errors.New("the webhook " + TestName + " is still there")

// NoWebhookIsLeft is a resource.TestCase's CheckDestroy.
func (c *Case) NoWebhookIsLeft(*terraform.State) error {
	if c.Webhook(TestName) != nil {
		return errWebhookLeft
	}
	return nil
}
