package webhook

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// hiddenAttribute is an attribute of a webhook that no documented answer holds
// (API-AGENT.md, "Webhook of an agent").
type hiddenAttribute struct {
	name string
	// from names the attributes that what is sent comes from.
	from []string
	// isSet reports whether a plan or a state sets it.
	isSet func(m *webhookModel) bool
	// send puts a plan's value into a request, and clear what takes it away. What a null does
	// is not known, so that is the documented default, or nothing of what it holds.
	send  func(r *talq.WebhookRequest, m *webhookModel)
	clear func(r *talq.WebhookRequest)
	// isSent reports whether a request holds it.
	isSent func(r *talq.WebhookRequest) bool
}

// What the API takes where nothing was set (page create-webhook).
const defaultMethod, defaultScheme = "POST", "none"

// hiddenAttributes is the one list of them: request, doubt and warnings walk it.
var hiddenAttributes = []hiddenAttribute{
	hiddenText("authorization_scheme", defaultScheme,
		func(m *webhookModel) types.String { return m.AuthorizationScheme },
		func(r *talq.WebhookRequest) *talq.Opt[string] { return &r.AuthorizationScheme }),
	{
		name:   tfvalue.AttributeHeaders,
		from:   []string{tfvalue.AttributeHeaders, tfvalue.AttributeWOVersion},
		isSet:  func(m *webhookModel) bool { return !m.CustomHeaders.IsNull() || !m.HeadersWOVersion.IsNull() },
		send:   func(r *talq.WebhookRequest, m *webhookModel) { r.CustomHeaders = talq.Some(m.headers().Sent()) },
		clear:  func(r *talq.WebhookRequest) { r.CustomHeaders = talq.Some([]talq.Header{}) },
		isSent: func(r *talq.WebhookRequest) bool { return r.CustomHeaders.Present },
	},
	hiddenText("http_method", defaultMethod,
		func(m *webhookModel) types.String { return m.HTTPMethod },
		func(r *talq.WebhookRequest) *talq.Opt[string] { return &r.HTTPMethod }),
	{
		name:   attributeTemplates,
		from:   []string{attributeTemplates},
		isSet:  func(m *webhookModel) bool { return !m.PayloadTemplates.IsNull() },
		send:   func(r *talq.WebhookRequest, m *webhookModel) { r.PayloadTemplates = talq.Some(m.templates()) },
		clear:  func(r *talq.WebhookRequest) { r.PayloadTemplates = talq.Some(map[string]json.RawMessage{}) },
		isSent: func(r *talq.WebhookRequest) bool { return r.PayloadTemplates.Present },
	},
	{
		name:   tfvalue.AttributeSecret,
		from:   []string{tfvalue.AttributeSecret, tfvalue.AttributeSecretWOVersion},
		isSet:  (*webhookModel).hasSecret,
		send:   func(r *talq.WebhookRequest, m *webhookModel) { r.WebhookSecret = talq.Some(m.secret()) },
		clear:  func(r *talq.WebhookRequest) { r.WebhookSecret = talq.Null[talq.Secret]() }, // only where [losesSecret] could not be seen at plan
		isSent: func(r *talq.WebhookRequest) bool { return r.WebhookSecret.Present },
	},
}

// hiddenText is a hidden attribute that is a text with a documented default.
func hiddenText(name, documentedDefault string, attribute func(*webhookModel) types.String, member func(*talq.WebhookRequest) *talq.Opt[string]) hiddenAttribute {
	return hiddenAttribute{
		name: name, from: []string{name},
		isSet:  func(m *webhookModel) bool { return !attribute(m).IsNull() },
		send:   func(r *talq.WebhookRequest, m *webhookModel) { *member(r) = talq.Some(attribute(m).ValueString()) },
		clear:  func(r *talq.WebhookRequest) { *member(r) = talq.Some(documentedDefault) },
		isSent: func(r *talq.WebhookRequest) bool { return member(r).Present },
	}
}

// newDoubt is about an update that was sent.
func newDoubt(sent talq.WebhookRequest) *upsert.Doubt {
	d := &upsert.Doubt{Sent: []string{}}
	for _, h := range hiddenAttributes {
		if h.isSent(&sent) {
			d.Sent = append(d.Sent, h.name)
		}
	}
	return d
}
