package talq

import (
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"
)

// FuzzAgentWrites answers a create, an update and a delete with any status and body.
// Whatever comes, a create ends with an agent that has an id, with an error that is
// certain, or with one that says that nobody knows; it is never sent again after an
// answer except a 429.
func FuzzAgentWrites(f *testing.F) {
	for _, body := range samples(f) {
		for _, status := range []int{200, 201, 404, 409, 422, 500} {
			f.Add(status, []byte(body))
		}
	}
	f.Add(302, []byte(``))
	f.Add(201, []byte(`{"data":{"id":"\u001b"}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 || status == 429 {
			return // net/http makes no such answer, or it is waited out
		}
		play, count := script(answering(status, string(body)))
		c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
		made, err := c.CreateAgent(t.Context(), minimalAgent())
		unknown := outcomeUnknown(err)
		switch {
		case *count != 1:
			t.Errorf("%d requests", *count)
		case err == nil && (status > 299 || made.ID == "" || errors.Is(checkID("it", made.ID), errUnusableID)):
			t.Errorf("%d made %+v", status, made)
		case err != nil && unknown == IsCertain(err):
			t.Errorf("unknown %t, certain %t: %v", unknown, IsCertain(err), err)
		case err != nil && (!utf8.ValidString(err.Error()) || made.ID != ""):
			t.Errorf("%q with %+v", err, made)
		}
		if changed, err := c.UpdateVoice(t.Context(), "g", VoiceRequest{}); err == nil && errors.Is(checkID("it", changed.ID), errUnusableID) {
			t.Errorf("the id is %q", changed.ID)
		}
		err = c.DeleteAgent(t.Context(), "g")
		if err == nil && (status > 299) || IsAgentPublished(err) && status != 409 || HasActiveCalls(err) && status != 409 {
			t.Errorf("%d: %v", status, err)
		}
	})
}

// FuzzLists answers the listings of trainings, voices, numbers, webhooks and versions of
// a flow with any body. What they return has ids that can be used, or there is an error and nothing else.
func FuzzLists(f *testing.F) {
	for _, body := range samples(f) {
		f.Add([]byte(body))
	}
	f.Add([]byte(`{"data":[{"id":"a","display_name":"\u001b","voices":[{"id":"v","cost":5}],"current_price":1e999999}]}`))
	f.Add([]byte(`{"data":{"webhooks":[{"id":"a","timeout":"","events":[null]},{"id":"a"}],"versions":[{"id":"\u001b"}],"available_events":[]},"meta":{"last_page":2}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		play, _ := script(answering(200, string(body)))
		c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
		var ids []string
		trainings, trainingsErr := readInventory(t.Context(), c, trainingKind, "g", nil)
		if trainingsErr == nil {
			for _, training := range trainings.items {
				ids = append(ids, *training.ID.Value)
				if found := trainings.find(*training.ID.Value); found == nil || *found.ID.Value != *training.ID.Value {
					t.Errorf("%+v is not found by its id", training)
				}
			}
		}
		templates, templatesErr := c.VoiceTemplates(t.Context(), VoiceTemplateFilter{})
		for _, template := range templates {
			ids = append(ids, template.ID)
		}
		phones, phonesErr := c.PhoneNumbers(t.Context(), PhoneNumberFilter{})
		for _, phone := range phones {
			ids = append(ids, phone.ID.or(""))
			if price := phone.CurrentPrice.Value; price != nil && !json.Valid([]byte(*price)) {
				t.Errorf("the price %q", *price)
			}
		}
		webhooks, webhooksErr := c.ListWebhooks(t.Context(), "g")
		if webhooksErr == nil {
			for _, webhook := range webhooks.Webhooks {
				ids = append(ids, webhook.ID)
				if found := webhooks.Webhook(webhook.ID); found == nil || found.ID != webhook.ID {
					t.Errorf("%+v is not found by its id", webhook)
				}
				if timeout := webhook.Timeout.Value; timeout != nil && !json.Valid([]byte(*timeout)) {
					t.Errorf("the timeout %q", *timeout)
				}
			}
		}
		versions, versionsErr := c.FlowVersions(t.Context(), "g")
		for _, version := range versions {
			ids = append(ids, version.ID)
		}
		for _, id := range ids {
			if id == "" || errors.Is(checkID("it", id), errUnusableID) {
				t.Errorf("the id %q", id)
			}
		}
		for _, err := range []error{trainingsErr, templatesErr, phonesErr, webhooksErr, versionsErr} {
			var unread *UnreadableError
			var refused *APIError
			if err != nil && !errors.As(err, &unread) && !errors.As(err, &refused) {
				t.Errorf("error %T %v", err, err)
			}
		}
	})
}
