package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// withSampleHook is a fake with the agent and the webhook of the samples, with its id and
// times, at the instant of that page.
func withSampleHook(t *testing.T, updated string, fields map[string]any) (a api, webhook string) {
	t.Helper()
	want := object(sample(t, "get-webhook-details.response.json")["data"])
	c := newClock()
	c.Advance(instant(t, updated).Sub(c.Now()))
	a = start(t, fakeapi.WithClock(c.Now))
	a.agent, _ = want["agent_id"].(string)
	a.AddAgent(fakeapi.AgentSeed{ID: a.agent})
	body := over(sample(t, "create-webhook.request.json"), map[string]any{
		"id": want["id"], "created_at": want["created_at"], "updated_at": want["updated_at"],
	})
	webhook = a.AddWebhook(a.agent, over(body, fields))
	return a, webhook
}

const atDetails = "2025-09-03T23:37:01Z"

func TestWebhookAndListingAreThoseOfTheSamples(t *testing.T) {
	a, webhook := withSampleHook(t, atDetails, nil)
	same(t, "get", a.do(http.MethodGet, a.hook(webhook), nil).body, sample(t, "get-webhook-details.response.json"))
	same(t, "list", a.do(http.MethodGet, a.path("/webhooks"), nil).body, sample(t, "list-agent-webhooks.response.json"))
	same(t, "delete", a.do(http.MethodDelete, a.hook(webhook), nil).body, sample(t, "delete-webhook.response.json"))
}

func TestCreatedWebhookIsTheOneOfTheSample(t *testing.T) {
	a, _ := withSampleHook(t, "2025-09-03T23:19:51Z", nil)
	got := a.do(http.MethodPost, a.path("/webhooks"), sample(t, "create-webhook.request.json"))
	want := sample(t, "create-webhook.response.json")
	object(want["data"])["id"] = "webhook-1"
	same(t, "create", got.body, want)
}

func TestUpdatedWebhookIsTheOneOfTheSample(t *testing.T) {
	a, webhook := withSampleHook(t, "2025-09-03T23:45:30Z", nil)
	got := a.do(http.MethodPut, a.hook(webhook), sample(t, "update-webhook.request.json"))
	same(t, "update", got.body, sample(t, "update-webhook.response.json"))
}

func TestToggledWebhookIsTheOneOfTheSamples(t *testing.T) {
	for enabled, name := range map[bool]string{
		false: "toggle-webhook-status.response.json", true: "toggle-webhook-status.response-2.json",
	} {
		a, webhook := withSampleHook(t, "2025-09-03T23:50:15Z", map[string]any{"enabled": enabled})
		same(t, name, a.do(http.MethodPatch, a.hook(webhook)+"/toggle", nil).body, sample(t, name))
	}
}

func TestTestsOfAWebhookAnswerLikeTheSamples(t *testing.T) {
	a, webhook := withSampleHook(t, atDetails, nil)
	for reason, name := range map[string]string{
		"": "test-webhook.response.json", "Connection timeout": "test-webhook.error.json",
		"HTTP 500 Internal Server Error": "test-webhook.error-2.json",
	} {
		a.FailWebhookTests(a.agent, webhook, reason)
		same(t, name, a.do(http.MethodPost, a.hook(webhook)+"/test", nil).body, sample(t, name))
	}
}

func TestRefusedWebhooksAnswerLikeTheSamples(t *testing.T) {
	a, webhook := withSampleHook(t, atDetails, nil)
	for name, got := range map[string]reply{
		"create-webhook.error.json": a.createHook(map[string]any{"webhook_url": nil, "events": []any{}}),
		"update-webhook.error.json": a.updateHook(webhook, map[string]any{"webhook_url": "x", "events": []any{}}),
	} {
		same(t, "status", got.status, http.StatusUnprocessableEntity)
		same(t, name, got.body, sample(t, name))
	}
}

func TestEveryOpenAnswerKeepsTheDocumentedKeysOfAWebhook(t *testing.T) {
	documented := object(sample(t, "get-webhook-details.response.json")["data"])
	for _, point := range fakeapi.Open() {
		for _, answer := range point.Answers {
			var b fakeapi.Behaviour
			answer.Set(&b)
			a := start(t, fakeapi.WithBehaviour(b))
			shown := a.createHook(nil).data()
			for key := range documented {
				if _, ok := shown[key]; !ok {
					t.Errorf("%s: %s: %s is missing", point.Name, answer.Name, key)
				}
			}
		}
	}
}
