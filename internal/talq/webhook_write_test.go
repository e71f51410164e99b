package talq

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// bothWrites are the calls whose body is a [WebhookRequest].
func bothWrites(t *testing.T, webhook WebhookRequest) map[string]func(*Client) error {
	t.Helper()
	return map[string]func(*Client) error{
		"create": func(c *Client) error { _, err := c.CreateWebhook(t.Context(), "g", webhook); return err },
		"update": func(c *Client) error { _, err := c.UpdateWebhook(t.Context(), "g", "w", webhook); return err },
	}
}

func TestWebhookWriteSamples(t *testing.T) {
	first := WebhookRequest{
		Name: Some("My Webhook"), WebhookURL: Some("https://example.com/webhook"), WebhookSecret: Some(NewSecret("optional_secret_for_hmac")),
		Events: Some([]string{"event_phone_call_started", "event_phone_call_ended"}), Timeout: Some(int64(30)), MaxRetries: Some(int64(3)), Enabled: Some(true),
	}
	second := WebhookRequest{
		Name: Some("Updated Webhook Name"), WebhookURL: Some("https://newexample.com/webhook"), WebhookSecret: Some(NewSecret("new_secret")),
		Events: Some([]string{"event_phone_call_started", "event_conversation_started"}), Timeout: Some(int64(45)), MaxRetries: Some(int64(5)), Enabled: Some(false),
	}
	c, asked := serveReplies(t, map[string]reply{
		"POST /agents/g/webhooks":                      {200, sample(t, "create-webhook.response.json")},
		"PUT /agents/g/webhooks/" + sampleWebhookID:    {200, sample(t, "update-webhook.response.json")},
		"DELETE /agents/g/webhooks/" + sampleWebhookID: {200, sample(t, "delete-webhook.response.json")},
	})
	made, err := c.CreateWebhook(t.Context(), "g", first)
	if err != nil || !reflect.DeepEqual(made, sampleWebhook("2025-09-03T23:19:51.000000Z")) {
		t.Errorf("%+v: %v", made, err)
	}
	updated, err := c.UpdateWebhook(t.Context(), "g", made.ID, second)
	if err != nil || updated.ID != made.ID || *updated.Timeout.Value != "45" || *updated.Enabled.Value || *updated.Status.Value != "disabled" {
		t.Errorf("%+v: %v", updated, err)
	}
	if err := c.DeleteWebhook(t.Context(), "g", made.ID); err != nil {
		t.Error(err)
	}
	if len(asked.bodies) != 3 || asked.bodies[2] != "" {
		t.Fatalf("sent %q", asked.lines)
	}
	sameJSON(t, asked.bodies[0], sample(t, "create-webhook.request.json"))
	sameJSON(t, asked.bodies[1], sample(t, "update-webhook.request.json"))
}

// What is left out of an update stays; null takes it away, or is refused. So the two
// must never be mixed up.
func TestWebhookBodyMembers(t *testing.T) {
	for member, row := range map[string]struct {
		set, null, empty func(*WebhookRequest)
		want, wantEmpty  string
	}{
		"name": {
			func(w *WebhookRequest) { w.Name = Some("<N> & ü\n") }, func(w *WebhookRequest) { w.Name = Null[string]() },
			func(w *WebhookRequest) { w.Name = Some("") }, `"<N> & ü\n"`, `""`,
		},
		"webhook_url": {
			func(w *WebhookRequest) { w.WebhookURL = Some("https://h/?a=1&b=2") }, func(w *WebhookRequest) { w.WebhookURL = Null[string]() },
			func(w *WebhookRequest) { w.WebhookURL = Some("") }, `"https://h/?a=1&b=2"`, `""`,
		},
		"webhook_secret": {
			func(w *WebhookRequest) { w.WebhookSecret = Some(NewSecret("s<3")) }, func(w *WebhookRequest) { w.WebhookSecret = Null[Secret]() },
			func(w *WebhookRequest) { w.WebhookSecret = Some(NewSecret("")) }, `"s<3"`, `""`,
		},
		"events": {
			func(w *WebhookRequest) { w.Events = Some([]string{"b", "a"}) }, func(w *WebhookRequest) { w.Events = Null[[]string]() },
			func(w *WebhookRequest) { w.Events = Some([]string{}) }, `["b","a"]`, `[]`,
		},
		"timeout": {
			func(w *WebhookRequest) { w.Timeout = Some(int64(120)) }, func(w *WebhookRequest) { w.Timeout = Null[int64]() },
			func(w *WebhookRequest) { w.Timeout = Some(int64(0)) }, `120`, `0`,
		},
		"max_retries": {
			func(w *WebhookRequest) { w.MaxRetries = Some(int64(10)) }, func(w *WebhookRequest) { w.MaxRetries = Null[int64]() },
			func(w *WebhookRequest) { w.MaxRetries = Some(int64(0)) }, `10`, `0`,
		},
		"enabled": {
			func(w *WebhookRequest) { w.Enabled = Some(true) }, func(w *WebhookRequest) { w.Enabled = Null[bool]() },
			func(w *WebhookRequest) { w.Enabled = Some(false) }, `true`, `false`,
		},
		"http_method": {
			func(w *WebhookRequest) { w.HTTPMethod = Some("PATCH") }, func(w *WebhookRequest) { w.HTTPMethod = Null[string]() },
			func(w *WebhookRequest) { w.HTTPMethod = Some("") }, `"PATCH"`, `""`,
		},
		"authorization_scheme": {
			func(w *WebhookRequest) { w.AuthorizationScheme = Some("bearer") }, func(w *WebhookRequest) { w.AuthorizationScheme = Null[string]() },
			func(w *WebhookRequest) { w.AuthorizationScheme = Some("") }, `"bearer"`, `""`,
		},
		"custom_headers": {
			func(w *WebhookRequest) {
				w.CustomHeaders = Some([]Header{{"X-B", NewSecret("b")}, {"X-A", NewSecret("<a>")}})
			},
			func(w *WebhookRequest) { w.CustomHeaders = Null[[]Header]() },
			func(w *WebhookRequest) { w.CustomHeaders = Some([]Header{}) }, `[{"key":"X-B","value":"b"},{"key":"X-A","value":"<a>"}]`, `[]`,
		},
		"payload_templates": {
			func(w *WebhookRequest) {
				w.PayloadTemplates = Some(map[string]json.RawMessage{"b": json.RawMessage(`{"n":1.50}`), "a": json.RawMessage(`{"t":"{{call.id}}"}`)})
			},
			func(w *WebhookRequest) { w.PayloadTemplates = Null[map[string]json.RawMessage]() },
			func(w *WebhookRequest) { w.PayloadTemplates = Some(map[string]json.RawMessage{}) }, `{"a":{"t":"{{call.id}}"},"b":{"n":1.50}}`, `{}`,
		},
	} {
		for kind, test := range map[string]struct {
			change func(*WebhookRequest)
			want   string
		}{
			"set": {row.set, row.want}, "null": {row.null, "null"}, "empty": {row.empty, row.wantEmpty},
		} {
			var webhook WebhookRequest
			test.change(&webhook)
			for call, run := range bothWrites(t, webhook) {
				t.Run(member+" "+kind+" in a "+call, func(t *testing.T) {
					if got, want := bodySentBy(t, run), `{"`+member+`":`+test.want+"}\n"; got != want {
						t.Errorf("sent %s, want %s", got, want)
					}
				})
			}
		}
	}
	for call, run := range bothWrites(t, WebhookRequest{}) {
		t.Run("none in a "+call, func(t *testing.T) { sameJSON(t, bodySentBy(t, run), `{}`) })
	}
	for call, run := range bothWrites(t, minimalWebhook()) {
		t.Run("what a create needs, in a "+call, func(t *testing.T) { sameJSON(t, bodySentBy(t, run), `{`+minimalWebhookJSON+`}`) })
	}
}

func TestAWebhookWithABrokenTemplateIsNotSent(t *testing.T) {
	webhook := minimalWebhook()
	webhook.PayloadTemplates = Some(map[string]json.RawMessage{"e": json.RawMessage(`{`)})
	for call, run := range bothWrites(t, webhook) {
		t.Run(call, func(t *testing.T) {
			c, asked := serveReplies(t, nil)
			var unsent *NotSentError
			if err := run(c); !errors.As(err, &unsent) || outcomeUnknown(err) {
				t.Errorf("error %T %v", err, err)
			}
			if made := asked.made(); made != nil {
				t.Errorf("sent %q", made)
			}
		})
	}
}

func TestWebhookWritesThatAreRefused(t *testing.T) {
	for call, test := range map[string]struct{ body, says string }{
		"create": {sample(t, "create-webhook.error.json"), "webhook_url: The webhook url field is required."},
		"update": {sample(t, "update-webhook.error.json"), "webhook_url: The webhook url must be a valid URL."},
	} {
		t.Run(call, func(t *testing.T) {
			play, count := script(answering(422, test.body))
			err := bothWrites(t, minimalWebhook())[call](over(t, play))
			if !IsCertain(err) || outcomeUnknown(err) || *count != 1 {
				t.Fatalf("%d requests, error %T %v", *count, err, err)
			}
			contains(t, err.Error(), test.says, "events: The events field must contain at least 1 items.", "/api/v1/agents/g/webhooks")
		})
	}
}

// An update may be repeated: it says what the webhook is to be.
func TestUpdateWebhookIsSentAgain(t *testing.T) {
	play, count := script(failing(io.ErrUnexpectedEOF), answering(503, ""), answering(200, sample(t, "update-webhook.response.json")))
	got, err := over(t, play).UpdateWebhook(t.Context(), "g", sampleWebhookID, minimalWebhook())
	if err != nil || got.ID != sampleWebhookID || *count != 3 {
		t.Errorf("%d requests, %+v: %v", *count, got, err)
	}
}

func TestUpdateWebhookAnsweredWithLittle(t *testing.T) {
	for _, body := range []string{`{}`, `{"id":null}`, `{"id":""}`, `{"id":"\u001b"}`} {
		play, _ := script(answering(200, `{"data":`+body+`}`))
		if got, err := over(t, play).UpdateWebhook(t.Context(), "g", "asked", WebhookRequest{}); err != nil || got.ID != "asked" || got.Name.Present {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestDeleteWebhook(t *testing.T) {
	notFound := answering(404, `{"success":false,"message":"Webhook not found."}`)
	lost := failing(io.ErrUnexpectedEOF)
	for name, test := range map[string]struct {
		answers    []func() (*http.Response, error)
		done, gone bool
		requests   int
	}{
		"sample":                           {[]func() (*http.Response, error){answering(200, sample(t, "delete-webhook.response.json"))}, true, false, 1},
		"204":                              {[]func() (*http.Response, error){answering(204, "")}, true, false, 1},
		"404":                              {[]func() (*http.Response, error){notFound}, false, true, 1},
		"404 after an attempt of ours":     {[]func() (*http.Response, error){lost, notFound}, true, false, 2},
		"404 of the environment":           {[]func() (*http.Response, error){answering(404, `{"message":"Agent not found in this environment."}`)}, false, false, 1},
		"the same after an attempt":        {[]func() (*http.Response, error){lost, answering(404, `{"message":"Agent not found in this environment."}`)}, false, false, 2},
		"404 of a proxy after an attempt":  {[]func() (*http.Response, error){lost, answering(404, "<html></html>")}, false, false, 2},
		"404 after one that was never one": {[]func() (*http.Response, error){failing(notConnected()), notFound}, false, true, 2},
		"web page":                         {[]func() (*http.Response, error){answering(200, "<html></html>")}, false, false, 1},
		"success false":                    {[]func() (*http.Response, error){answering(200, `{"success":false,"message":"No."}`)}, false, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(test.answers...)
			err := over(t, play).DeleteWebhook(t.Context(), "g", "w")
			if gone, _ := IsGone(err); (err == nil) != test.done || gone != test.gone || *count != test.requests {
				t.Errorf("%d requests, error %v", *count, err)
			}
		})
	}
}

// secretWebhook is a webhook with a secret and a header that nobody may see.
func secretWebhook() WebhookRequest {
	webhook := minimalWebhook()
	webhook.WebhookSecret = Some(NewSecret("whsec-s3cr3t/hmac+0123456789"))
	webhook.CustomHeaders = Some([]Header{{Name: "Authorization", Value: NewSecret("Bearer h3ad3r/value+0123456789")}})
	return webhook
}

func TestWebhookErrorsHoldNoSecret(t *testing.T) {
	for _, echo := range []string{
		"whsec-s3cr3t/hmac+0123456789", `whsec-s3cr3t\/hmac+0123456789`, "whsec-s3cr3t%2Fhmac%2B0123456789",
		"Bearer h3ad3r/value+0123456789", "h3ad3r/value+0123456789",
	} {
		for call, run := range bothWrites(t, secretWebhook()) {
			t.Run(call+" with "+echo, func(t *testing.T) {
				for what, answer := range map[string]func() (*http.Response, error){
					"refused": answering(422, everywhere(echo)), "the server's own trouble": answering(500, everywhere(echo)),
					"success false": answering(200, `{"success":false,`+everywhere(echo)[1:]), "lost": failing(errors.New("malformed " + echo)),
				} {
					play, _ := script(answer)
					err := run(over(t, play))
					lacks(t, fmt.Sprintf("%v %+v", err, err), "s3cr3t", "h3ad3r")
					if err == nil || !strings.Contains(err.Error(), redacted) {
						t.Errorf("%s: error %v", what, err)
					}
				}
				play, _ := script(answering(200, echo))
				lacks(t, run(over(t, play)).Error(), "s3cr3t", "h3ad3r")
			})
		}
	}
}

func TestWebhookRequestShowsNoSecret(t *testing.T) {
	webhook := secretWebhook()
	text, err := json.Marshal(webhook)
	if err != nil {
		t.Fatal(err)
	}
	lacks(t, fmt.Sprintf("%s %v %+v %#v", text, webhook, webhook, webhook), "s3cr3t", "h3ad3r")
}

func TestWebhookLogsHoldNoSecret(t *testing.T) {
	var book notebook
	for _, answer := range []func() (*http.Response, error){
		answering(200, sample(t, "create-webhook.response.json")), answering(422, everywhere("whsec-s3cr3t/hmac+0123456789")),
		failing(errors.New("malformed whsec-s3cr3t h3ad3r")),
	} {
		for _, run := range bothWrites(t, secretWebhook()) {
			play, _ := script(answer)
			_ = run(over(t, play, book.use, func(c *Config) { c.MaxRetries = 0 }))
		}
	}
	if len(book.lines) != 6 {
		t.Fatalf("%d lines", len(book.lines))
	}
	lacks(t, fmt.Sprintf("%#v", book.lines), "s3cr3t", "h3ad3r", "example.com")
}
