package talq

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzWebhookWrites answers a create, an update and a delete with any status and body.
// Whatever comes, a create is sent once and ends with a webhook that has an id, with an
// error that is certain, or with one that says that nobody knows. No error holds a secret.
func FuzzWebhookWrites(f *testing.F) {
	for _, body := range samples(f) {
		for _, status := range []int{200, 201, 404, 422, 500} {
			f.Add(status, []byte(body))
		}
	}
	f.Add(201, []byte(`{"data":{"id":"\u001b"}}`))
	f.Add(422, []byte(everywhere("whsec-s3cr3t/hmac+0123456789 Bearer h3ad3r/value+0123456789")))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 || status == 429 {
			return // net/http makes no such answer, or it is waited out
		}
		play, count := script(answering(status, string(body)))
		c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
		made, err := c.CreateWebhook(t.Context(), "g", secretWebhook())
		unknown := outcomeUnknown(err)
		switch {
		case *count != 1:
			t.Errorf("%d requests", *count)
		case err == nil && (status > 299 || made.ID == "" || errors.Is(checkID("it", made.ID), errUnusableID)):
			t.Errorf("%d made %+v", status, made)
		case err != nil && (unknown == IsCertain(err) || made.ID != ""):
			t.Errorf("unknown %t, certain %t: %v with %+v", unknown, IsCertain(err), err, made)
		}
		updated, updateErr := c.UpdateWebhook(t.Context(), "g", "w", secretWebhook())
		if updateErr == nil && (updated.ID == "" || errors.Is(checkID("it", updated.ID), errUnusableID)) {
			t.Errorf("the id is %q", updated.ID)
		}
		deleteErr := c.DeleteWebhook(t.Context(), "g", "w")
		if deleteErr == nil && status > 299 {
			t.Errorf("%d deleted it", status)
		}
		for _, err := range []error{err, updateErr} {
			if err != nil && (!utf8.ValidString(err.Error()) || strings.Contains(err.Error(), "whsec-s3cr3t/hmac") || strings.Contains(err.Error(), "h3ad3r/value")) {
				t.Errorf("%q", err)
			}
		}
	})
}

// FuzzFlow answers the calls of a flow with any status and body. A flow has a mode and a
// graph that is JSON; a check says either what is wrong or that it does not know.
func FuzzFlow(f *testing.F) {
	for _, body := range samples(f) {
		for _, status := range []int{200, 404, 422, 500} {
			f.Add(status, []byte(body))
		}
	}
	f.Add(200, []byte(`{"data":{"conversation_mode":null,"flow_config":{"meta":{"version":1e999999}}}}`))
	f.Add(200, []byte(`{"success":false,"errors":{"a":["\u001b"],"b":[["c"]]}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 || status == 429 {
			return // net/http makes no such answer, or it is waited out
		}
		play, _ := script(answering(status, string(body)))
		c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
		got, err := c.GetFlow(t.Context(), "g")
		put, putErr := c.PutFlow(t.Context(), "g", FlowRequest{ConversationMode: LLMDriven})
		if err == nil && (status > 299 || got.Mode() == "" || !got.ConversationMode.Present) || putErr == nil && status > 299 {
			t.Errorf("%d: %+v, %+v", status, got, put)
		}
		for _, flow := range []Flow{got, put} {
			if flow.FlowConfig.Value != nil && !json.Valid(*flow.FlowConfig.Value) {
				t.Errorf("the graph %s", *flow.FlowConfig.Value)
			}
		}
		sentences, err := c.ValidateFlow(t.Context(), "g", json.RawMessage(`{}`))
		if err != nil && sentences != nil || err == nil && sentences == nil && status > 299 {
			t.Errorf("%d: %q and %v", status, sentences, err)
		}
		for _, sentence := range sentences {
			if sentence == "" || !utf8.ValidString(sentence) || strings.ContainsFunc(sentence, unicode.IsControl) {
				t.Errorf("%q", sentence)
			}
		}
	})
}
