package talq

import (
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Only what neither the listing nor the webhook's own call shows is gone.
func TestListWebhooksExpected(t *testing.T) {
	const own = "GET /agents/g/webhooks/b"
	listing := reply{200, `{"data":{"webhooks":[{"id":"a"}],"available_events":{"e":"E"}}}`}
	notFound := reply{404, `{"success":false,"message":"Webhook not found."}`}
	for name, test := range map[string]struct {
		expected []string
		own      reply
		there    []string
		fails    bool
		asked    []string
	}{
		"none":                          {nil, notFound, []string{"a"}, false, []string{listWebhooks}},
		"listed":                        {[]string{"a"}, notFound, []string{"a"}, false, []string{listWebhooks}},
		"gone":                          {[]string{"a", "b"}, notFound, []string{"a"}, false, []string{listWebhooks, own}},
		"passed over":                   {[]string{"b"}, reply{200, `{"data":{"id":"b"}}`}, []string{"a", "b"}, false, []string{listWebhooks, own}},
		"another one for it":            {[]string{"b"}, reply{200, `{"data":{"id":"c"}}`}, nil, true, []string{listWebhooks, own}},
		"one without an id for it":      {[]string{"b"}, reply{200, `{"data":{}}`}, nil, true, []string{listWebhooks, own}},
		"refused":                       {[]string{"b"}, reply{403, `{"message":"No."}`}, nil, true, []string{listWebhooks, own}},
		"a 404 of a proxy":              {[]string{"b"}, reply{404, `<html></html>`}, nil, true, []string{listWebhooks, own}},
		"a 404 of another environment":  {[]string{"b"}, reply{404, `{"message":"Agent not found in this environment."}`}, nil, true, []string{listWebhooks, own}},
		"a success that is none for it": {[]string{"b"}, reply{200, `{"success":false,"message":"No."}`}, nil, true, []string{listWebhooks, own}},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, map[string]reply{listWebhooks: listing, own: test.own})
			got, err := c.ListWebhooks(t.Context(), "g", test.expected...)
			if (err != nil) != test.fails {
				t.Fatalf("error %v", err)
			}
			if made := asked.made(); !slices.Equal(made, test.asked) {
				t.Errorf("asked for %q, want %q", made, test.asked)
			}
			if err != nil {
				return
			}
			var there []string
			for _, id := range []string{"a", "b"} {
				if webhook := got.Webhook(id); webhook != nil && webhook.ID == id {
					there = append(there, id)
				}
			}
			if !slices.Equal(there, test.there) || len(got.Webhooks) != len(test.there) || !got.AvailableEvents.Present {
				t.Errorf("%q are there, want %q", there, test.there)
			}
		})
	}
	t.Run("the sample of a webhook's own call", func(t *testing.T) {
		c, _ := serveReplies(t, map[string]reply{
			listWebhooks:                         {200, `{"data":{"webhooks":[]}}`},
			listWebhooks + "/" + sampleWebhookID: {200, sample(t, "get-webhook-details.response.json")},
		})
		got, err := c.ListWebhooks(t.Context(), "g", sampleWebhookID)
		if want := []Webhook{sampleWebhook("2025-09-03T23:37:01.000000Z")}; err != nil || !reflect.DeepEqual(got.Webhooks, want) {
			t.Errorf("%+v: %v", got, err)
		}
	})
	t.Run("each caller has its own addition", func(t *testing.T) {
		c, _ := serveReplies(t, map[string]reply{
			listWebhooks: {200, `{"data":{"webhooks":[{"id":"1"},{"id":"2"},{"id":"3"}]}}`}, // which leaves room in the list
			own:          {200, `{"data":{"id":"b"}}`}, listWebhooks + "/c": {200, `{"data":{"id":"c"}}`},
		})
		first, err := c.ListWebhooks(t.Context(), "g", "b")
		if err != nil {
			t.Fatal(err)
		}
		second, err := c.ListWebhooks(t.Context(), "g", "c")
		if err != nil || first.Webhook("b") == nil || first.Webhook("c") != nil || second.Webhook("c") == nil || second.Webhook("b") != nil {
			t.Errorf("%+v, %+v: %v", first, second, err)
		}
	})
	t.Run("the shared reading stays as it is", func(t *testing.T) {
		c, _ := serveReplies(t, map[string]reply{listWebhooks: listing, own: {200, `{"data":{"id":"b"}}`}})
		for _, expected := range [][]string{{"b"}, nil} {
			got, err := c.ListWebhooks(t.Context(), "g", expected...)
			if err != nil || len(got.Webhooks) != 1+len(expected) {
				t.Errorf("%+v: %v", got, err)
			}
		}
	})
}

// Nothing says that webhooks come in pages; a short list would look like webhooks that
// are gone.
func TestListWebhooksOverPages(t *testing.T) {
	c, asked := serveReplies(t, map[string]reply{
		listWebhooks:             {200, `{"data":{"webhooks":[{"id":"a"}]},"meta":{"current_page":1,"last_page":2,"total":2}}`},
		listWebhooks + "?page=2": {200, `{"data":{"webhooks":[{"id":"b"}],"available_events":{"e":"E"}},"meta":{"current_page":2,"last_page":2,"total":2}}`},
	})
	got, err := c.ListWebhooks(t.Context(), "g", "b")
	if err != nil || len(got.Webhooks) != 2 || !got.AvailableEvents.Present {
		t.Errorf("%+v: %v", got, err)
	}
	if made := asked.made(); len(made) != 2 {
		t.Errorf("asked for %q", made)
	}
}

func TestWebhooksThatCannotBeListedAreNotGone(t *testing.T) {
	for name, answer := range map[string]reply{
		"404": {404, `{"message":"Agent not found"}`}, "500": {500, ""}, "web page": {200, "<html></html>"}, "empty": {200, ""},
		"data null": {200, `{"data":null}`}, "a list for the object": {200, emptyList}, "no webhooks": {200, `{"data":{"available_events":{}}}`},
		"webhooks null": {200, `{"data":{"webhooks":null}}`}, "webhooks an object": {200, `{"data":{"webhooks":{}}}`},
		"one without an id": {200, `{"data":{"webhooks":[{"name":"N"}]}}`}, "one of null": {200, `{"data":{"webhooks":[null]}}`},
		"an id of no use": {200, `{"data":{"webhooks":[{"id":"\u001b"}]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, map[string]reply{listWebhooks: answer})
			if got, err := c.ListWebhooks(t.Context(), "g", "w"); err == nil {
				t.Errorf("%+v", got)
			}
			for _, line := range asked.made() {
				if line != listWebhooks {
					t.Errorf("asked for %s", line)
				}
			}
		})
	}
	t.Run("says what is missing", func(t *testing.T) {
		c, _ := serveReplies(t, map[string]reply{listWebhooks: {200, `{"data":{}}`}})
		_, err := c.ListWebhooks(t.Context(), "g")
		var unread *UnreadableError
		if !errors.As(err, &unread) {
			t.Fatalf("error %T %v", err, err)
		}
		contains(t, err.Error(), "its data has no webhooks")
	})
}

func TestWebhooksCreatedSince(t *testing.T) {
	for name, test := range map[string]struct {
		skew    time.Duration // of the server's clock
		created string        // JSON
		since   bool
	}{
		"made by the create":   {0, `"2000-01-01T00:00:00.000000Z"`, true},
		"before":               {0, `"1999-12-31T23:59:00.000000Z"`, false},
		"made, server ahead":   {time.Hour, `"2000-01-01T01:00:00Z"`, true},
		"before, server ahead": {time.Hour, `"2000-01-01T00:59:00Z"`, false},
		"unreadable":           {0, `"soon"`, false},
		"null":                 {0, `null`, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := over(t, func(r *http.Request) (*http.Response, error) {
					if r.Method == http.MethodPost {
						return answering(502, "")()
					}
					return answering(200, `{"data":{"webhooks":[{"id":"w","created_at":`+test.created+`}]}}`, "Date", httpDate(time.Now().Add(test.skew)))()
				})
				_, err := c.CreateWebhook(t.Context(), "g", minimalWebhook())
				var unknown *OutcomeUnknownError
				if !errors.As(err, &unknown) {
					t.Fatalf("error %T %v", err, err)
				}
				time.Sleep(10 * time.Second)
				got, err := c.ListWebhooks(t.Context(), "g")
				if err != nil {
					t.Fatal(err)
				}
				if since := got.CreatedSince(unknown.StartedAt); (len(since) == 1) != test.since {
					t.Errorf("%+v", since)
				}
			})
		})
	}
}

func TestOneListingServesAllWebhooksUntilAWrite(t *testing.T) {
	const hook = "/agents/g/webhooks/" + sampleWebhookID
	replies := map[string]reply{
		listWebhooks:                   {200, sample(t, "list-agent-webhooks.response.json")},
		"POST /agents/g/webhooks":      {200, sample(t, "create-webhook.response.json")},
		"PUT " + hook:                  {200, sample(t, "update-webhook.response.json")},
		"DELETE " + hook:               {200, sample(t, "delete-webhook.response.json")},
		"POST /agents/g/flow/validate": {200, sample(t, "validate-agent-flow.response.json")},
		"PUT /agents/g/flow":           {200, sample(t, "update-agent-flow.response.json")},
		"DELETE /agents/g":             {200, `{"success":true}`},
		"POST /agents/h/webhooks":      {200, sample(t, "create-webhook.response.json")},
	}
	for name, test := range map[string]struct {
		call  func(*Client) error
		again bool
	}{
		"another read": {func(c *Client) error { _, err := c.ListWebhooks(t.Context(), "g"); return err }, false},
		"a create":     {func(c *Client) error { _, err := c.CreateWebhook(t.Context(), "g", minimalWebhook()); return err }, true},
		"an update": {func(c *Client) error {
			_, err := c.UpdateWebhook(t.Context(), "g", sampleWebhookID, WebhookRequest{})
			return err
		}, true},
		"a delete":                  {func(c *Client) error { return c.DeleteWebhook(t.Context(), "g", sampleWebhookID) }, true},
		"a delete of the agent":     {func(c *Client) error { return c.DeleteAgent(t.Context(), "g") }, true},
		"a write to the flow":       {func(c *Client) error { _, err := c.PutFlow(t.Context(), "g", FlowRequest{}); return err }, true},
		"a check of a flow":         {func(c *Client) error { _, err := c.ValidateFlow(t.Context(), "g", nil); return err }, false},
		"a create at another agent": {func(c *Client) error { _, err := c.CreateWebhook(t.Context(), "h", minimalWebhook()); return err }, false},
		"an update that was refused": {func(c *Client) error {
			if _, err := c.UpdateWebhook(t.Context(), "g", "another", WebhookRequest{}); err == nil {
				return errors.New("no error")
			}
			return nil
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, replies)
			for range 3 {
				if _, err := c.ListWebhooks(t.Context(), "g", sampleWebhookID); err != nil {
					t.Fatal(err)
				}
			}
			if made := asked.made(); len(made) != 1 {
				t.Errorf("asked for %q", made)
			}
			if err := test.call(c); err != nil {
				t.Fatal(err)
			}
			asked.made()
			if _, err := c.ListWebhooks(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
			if made := asked.made(); (len(made) == 1) != test.again || len(made) > 1 {
				t.Errorf("asked for %q", strings.Join(made, ", "))
			}
		})
	}
}
