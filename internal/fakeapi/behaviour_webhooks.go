package fakeapi

import (
	"cmp"
	"net/http"
)

// WebhookNull says what a null does in the body of a create or an update of a webhook, of
// which the pages say that "only provided fields will be updated".
type WebhookNull int

// The answers to [WebhookNull].
const (
	// WebhookNullResets puts a field back to its default. The fields that a create needs have
	// none: a null is refused for them.
	WebhookNullResets WebhookNull = iota
	// WebhookNullIgnored counts as a field that was left out.
	WebhookNullIgnored
	// WebhookNullRefused answers 422 for any field.
	WebhookNullRefused
)

func (b Behaviour) webhookCreateStatus() int {
	return cmp.Or(b.WebhookCreateStatus, http.StatusOK)
}

func (b Behaviour) failedTestStatus() int {
	return cmp.Or(b.FailedTestStatus, http.StatusOK)
}
