package talq

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
)

const (
	sampleWebhookID = "9fcafbf2-7593-44d6-8cd7-1b221beba62a"
	listWebhooks    = "GET /agents/g/webhooks"
)

func number(text string) Lenient[json.Number] { return lenient(json.Number(text)) }

// sampleWebhook is the webhook of the vendor's samples.
func sampleWebhook(updatedAt string) Webhook {
	return Webhook{
		ID: sampleWebhookID, AgentID: lenient("9fbef0b7-8d4e-4a08-9207-66c22155721d"), Name: lenient("My Webhook"),
		WebhookURL: lenient("https://example.com/webhook"), Events: lenient([]string{"event_phone_call_started", "event_phone_call_ended"}),
		Timeout: number("30"), MaxRetries: number("3"), Enabled: lenient(true),
		CreatedAt: lenient("2025-09-03T23:19:51.000000Z"), UpdatedAt: lenient(updatedAt), EventsCount: number("2"), Status: lenient("active"),
	}
}

func TestListWebhooksSample(t *testing.T) {
	c, asked := serveReplies(t, map[string]reply{listWebhooks: {200, sample(t, "list-agent-webhooks.response.json")}})
	got, err := c.ListWebhooks(t.Context(), "g", sampleWebhookID)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Webhook{sampleWebhook("2025-09-03T23:37:01.000000Z")}; !reflect.DeepEqual(got.Webhooks, want) {
		t.Errorf("got  %+v\nwant %+v", got.Webhooks, want)
	}
	if events := got.AvailableEvents.Value; events == nil || len(*events) != 22 || (*events)["event_action"] != "Agent executed an action" {
		t.Errorf("%+v", events)
	}
	if made := asked.made(); !slices.Equal(made, []string{listWebhooks}) {
		t.Errorf("asked for %q", made)
	}
}

// webhookMembers are the members of a webhook, each with JSON of its type and of another.
var webhookMembers = map[string]struct {
	get          func(Webhook) (present bool, value any)
	right, wrong string
}{
	"agent_id":             {func(w Webhook) (bool, any) { return w.AgentID.Present, valueOf(w.AgentID) }, `"g"`, `5`},
	"name":                 {func(w Webhook) (bool, any) { return w.Name.Present, valueOf(w.Name) }, `""`, `{}`},
	"webhook_url":          {func(w Webhook) (bool, any) { return w.WebhookURL.Present, valueOf(w.WebhookURL) }, `"u"`, `[]`},
	"events":               {func(w Webhook) (bool, any) { return w.Events.Present, valueOf(w.Events) }, `["a","b"]`, `{"a":1}`},
	"timeout":              {func(w Webhook) (bool, any) { return w.Timeout.Present, valueOf(w.Timeout) }, `30.0`, `"soon"`},
	"max_retries":          {func(w Webhook) (bool, any) { return w.MaxRetries.Present, valueOf(w.MaxRetries) }, `0`, `true`},
	"enabled":              {func(w Webhook) (bool, any) { return w.Enabled.Present, valueOf(w.Enabled) }, `false`, `1`},
	"created_at":           {func(w Webhook) (bool, any) { return w.CreatedAt.Present, valueOf(w.CreatedAt) }, `"c"`, `5`},
	"updated_at":           {func(w Webhook) (bool, any) { return w.UpdatedAt.Present, valueOf(w.UpdatedAt) }, `"u"`, `5`},
	"events_count":         {func(w Webhook) (bool, any) { return w.EventsCount.Present, valueOf(w.EventsCount) }, `2`, `[]`},
	"status":               {func(w Webhook) (bool, any) { return w.Status.Present, valueOf(w.Status) }, `"error"`, `5`},
	"http_method":          {func(w Webhook) (bool, any) { return w.HTTPMethod.Present, valueOf(w.HTTPMethod) }, `"PUT"`, `5`},
	"authorization_scheme": {func(w Webhook) (bool, any) { return w.AuthorizationScheme.Present, valueOf(w.AuthorizationScheme) }, `"none"`, `5`},
	"payload_templates": {
		func(w Webhook) (bool, any) { return w.PayloadTemplates.Present, valueOf(w.PayloadTemplates) },
		`{"event_action":{"n":1.50}}`, `[]`,
	},
}

// valueOf returns the value of a member, nil for none.
func valueOf[T any](member Lenient[T]) any {
	if member.Value == nil {
		return nil
	}
	return *member.Value
}

// An odd member hides neither the other members nor the other webhooks.
func TestWebhookMembers(t *testing.T) {
	for name, member := range webhookMembers {
		for kind, test := range map[string]struct {
			json           string
			present, value bool
		}{
			"left out": {``, false, false}, "null": {`null`, true, false}, "value": {member.right, true, true}, "other type": {member.wrong, false, false},
		} {
			t.Run(name+" "+kind, func(t *testing.T) {
				body := `{"id":"w"}`
				if test.json != "" {
					body = fmt.Sprintf(`{"id":"w",%q:%s}`, name, test.json)
				}
				play, _ := script(answering(200, `{"data":{"webhooks":[`+body+`,{"id":"v"}]}}`))
				got, err := over(t, play).ListWebhooks(t.Context(), "g")
				if err != nil || len(got.Webhooks) != 2 {
					t.Fatalf("%+v: %v", got, err)
				}
				present, value := member.get(got.Webhooks[0])
				if present != test.present || (value != nil) != test.value {
					t.Fatalf("present %t, value %v", present, value)
				}
				if n, ok := value.(json.Number); ok && n.String() != test.json {
					t.Errorf("the number is %s, want it as written", n)
				}
			})
		}
	}
}

func TestWebhookNumbersInTextsAreNumbers(t *testing.T) {
	var w Webhook
	if err := json.Unmarshal([]byte(`{"id":"w","timeout":"45"}`), &w); err != nil || *w.Timeout.Value != "45" {
		t.Errorf("%+v: %v", w, err)
	}
}

func TestWebhookKeepsNoSecretOfAnAnswer(t *testing.T) {
	play, _ := script(answering(200, `{"data":{"webhooks":[{"id":"w","webhook_secret":"`+canary+`","custom_headers":[{"key":"X","value":"`+canary+`"}]}]}}`))
	got, err := over(t, play).ListWebhooks(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	lacks(t, string(text)+fmt.Sprintf("%+v", got), canary)
}

func TestAvailableEvents(t *testing.T) {
	for name, test := range map[string]struct {
		member  string
		present bool
		events  map[string]string
	}{
		"left out":       {``, false, nil},
		"null":           {`,"available_events":null`, true, nil},
		"none":           {`,"available_events":{}`, true, map[string]string{}},
		"none, of PHP":   {`,"available_events":[]`, false, nil},
		"one":            {`,"available_events":{"event_action":"An action"}`, true, map[string]string{"event_action": "An action"}},
		"no description": {`,"available_events":{"event_action":null}`, true, map[string]string{"event_action": ""}},
		"another type":   {`,"available_events":{"event_action":{}}`, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":{"webhooks":[]`+test.member+`}}`))
			got, err := over(t, play).ListWebhooks(t.Context(), "g")
			if err != nil {
				t.Fatal(err)
			}
			events := got.AvailableEvents
			if events.Present != test.present || (events.Value == nil) != (test.events == nil) || events.Value != nil && !reflect.DeepEqual(*events.Value, test.events) {
				t.Errorf("%+v, %v", events, valueOf(Lenient[map[string]string](events)))
			}
		})
	}
}
