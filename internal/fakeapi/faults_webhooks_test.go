package fakeapi_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// hookWrites are the writes of a webhook, on an agent that has that of the sample.
func hookWrites(t *testing.T) []newWrite {
	t.Helper()
	list, one := "/agents/agent-1/webhooks", "/agents/agent-1/webhooks/webhook-1"
	field := func(name string, want any) func(a api) bool {
		return func(a api) bool { return sameJSON(a.storedHook("webhook-1")[name], want) }
	}
	count := func(want int) func(a api) bool {
		return func(a api) bool { return len(a.Webhooks("agent-1")) == want }
	}
	return []newWrite{
		{fakeapi.OpCreateWebhook, http.MethodPost, list, sample(t, "create-webhook.request.json"), count(2)},
		{fakeapi.OpUpdateWebhook, http.MethodPut, one, sample(t, "update-webhook.request.json"), field("webhook_secret", "new_secret")},
		{fakeapi.OpToggleWebhook, http.MethodPatch, one + "/toggle", nil, field("enabled", false)},
		{fakeapi.OpDeleteWebhook, http.MethodDelete, one, nil, count(0)},
	}
}

func TestFaultsStrikeTheWritesOfAWebhook(t *testing.T) {
	faultsStrike(t, hookWrites(t), withHook)
}

func TestFaultsTellWebhooksApart(t *testing.T) {
	a := withHook(start(t))
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateWebhook, WebhookName: "Second"}, Status: 501})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{WebhookID: "x"}, Status: 502})
	same(t, "another name", a.createHook(map[string]any{"name": "First"}).status, 200)
	same(t, "the name", a.createHook(map[string]any{"name": "Second"}).status, 501)
	same(t, "the webhook", a.do(http.MethodGet, a.hook("x"), nil).status, 502)
	same(t, "another webhook", a.do(http.MethodGet, a.hook("webhook-1"), nil).status, 200)
}

func TestTheRateLimitHoldsForTheCallsOfAWebhook(t *testing.T) {
	a := withHook(start(t))
	a.SetRateLimit(1, time.Hour)
	a.list()
	for _, write := range hookWrites(t) {
		same(t, string(write.op), a.do(write.method, write.path, write.body).status, http.StatusTooManyRequests)
		same(t, string(write.op)+" was done", write.did(a), false)
	}
	for method, path := range map[string]string{http.MethodGet: a.hook("webhook-1"), http.MethodPost: a.hook("webhook-1") + "/test"} {
		same(t, path, a.do(method, path, nil).status, http.StatusTooManyRequests)
	}
}

func TestJournalTellsOfTheCallsOfAWebhook(t *testing.T) {
	a := withHook(start(t))
	writes := hookWrites(t)
	for _, write := range writes {
		a.do(write.method, write.path, write.body)
		requests := a.Requests(fakeapi.Match{Op: write.op})
		same(t, string(write.op), len(requests), 1)
		same(t, string(write.op)+" accepted", requests[0].Accepted, true)
		same(t, "its agent", requests[0].AgentID, "agent-1")
	}
	created, updated := a.Requests(fakeapi.Match{Op: fakeapi.OpCreateWebhook})[0], a.Requests(fakeapi.Match{Op: fakeapi.OpUpdateWebhook})[0]
	same(t, "the webhook that a create made", created.WebhookID, "webhook-2")
	same(t, "the name of a create", created.WebhookName, "My Webhook")
	same(t, "the webhook of an update", updated.WebhookID, "webhook-1")
	same(t, "the name of an update", updated.WebhookName, "Updated Webhook Name")

	a.hooks()
	a.hookNow("webhook-2")
	a.do(http.MethodPost, a.hook("webhook-2")+"/test", nil)
	for _, op := range []fakeapi.Op{fakeapi.OpListWebhooks, fakeapi.OpGetWebhook, fakeapi.OpTestWebhook} {
		same(t, string(op), len(a.Requests(fakeapi.Match{Op: op})), 1)
		same(t, string(op)+" accepted", a.Requests(fakeapi.Match{Op: op})[0].Accepted, false)
	}
	same(t, "another method", a.do(http.MethodPut, a.hook("webhook-2")+"/toggle", nil).status, http.StatusMethodNotAllowed)
}
