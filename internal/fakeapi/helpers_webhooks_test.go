package fakeapi_test

import (
	"net/http"
)

// createHook makes a webhook out of the vendor's sample with fields over it; a nil one is left
// out.
func (a api) createHook(fields map[string]any) reply {
	a.t.Helper()
	return a.do(http.MethodPost, a.path("/webhooks"), over(sample(a.t, "create-webhook.request.json"), fields))
}

// updateHook sends exactly these fields of a webhook.
func (a api) updateHook(id string, fields map[string]any) reply {
	a.t.Helper()
	return a.do(http.MethodPut, a.hook(id), fields)
}

func (a api) hook(id string) string { return a.path("/webhooks/" + id) }

// hookNow is a webhook as GET shows it.
func (a api) hookNow(id string) map[string]any {
	a.t.Helper()
	return a.do(http.MethodGet, a.hook(id), nil).data()
}

// bare makes a request without a body and without a Content-Type.
func (a api) bare(method, path string) reply {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, a.BaseURL()+path, http.NoBody)
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	_ = response.Body.Close()
	return reply{status: response.StatusCode}
}

// hooks is the listing of the agent's webhooks.
func (a api) hooks() []map[string]any {
	a.t.Helper()
	items, _ := a.do(http.MethodGet, a.path("/webhooks"), nil).data()["webhooks"].([]any)
	list := []map[string]any{}
	for _, item := range items {
		list = append(list, object(item))
	}
	return list
}

// storedHook is what the server holds for a webhook, hidden fields included.
func (a api) storedHook(id string) map[string]any {
	a.t.Helper()
	stored, ok := a.Webhook(a.agent, id)
	if !ok {
		a.t.Fatalf("there is no webhook %s", id)
	}
	return stored.Fields
}

// withHook is a fake whose agent has the webhook of the sample, webhook-1.
func withHook(a api) api {
	a.t.Helper()
	a.AddWebhook(a.agent, sample(a.t, "create-webhook.request.json"))
	return a
}

// hiddenOfHook are values of all fields of a webhook that no answer shows.
func hiddenOfHook() map[string]any {
	return map[string]any{
		"webhook_secret": "sesame", "http_method": "PATCH", "authorization_scheme": "bearer",
		"custom_headers":    []any{map[string]any{"key": "X-Key", "value": "sesame"}},
		"payload_templates": map[string]any{"event_action": map[string]any{"call": "{{call.id}}"}},
	}
}
