package webhook

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// What the API takes where nothing was set (page create-webhook).
const defaultMethod, defaultScheme = "POST", "none"

// hiddenAttributes is the one list of what no documented answer holds (API-AGENT.md, "Webhook
// of an agent"). Request, doubt and warnings walk it. What a null does is not known, so what
// takes an attribute away is its documented default, or nothing of what it holds.
var hiddenAttributes = []upsert.Hidden[webhookModel, talq.WebhookRequest]{
	upsert.HideText("authorization_scheme", func(r *talq.WebhookRequest) *talq.Opt[string] { return &r.AuthorizationScheme },
		func(m *webhookModel) types.String { return m.AuthorizationScheme }, talq.Some(defaultScheme)),
	upsert.Hide(tfvalue.AttributeHeaders, func(r *talq.WebhookRequest) *talq.Opt[[]talq.Header] { return &r.CustomHeaders },
		func(m *webhookModel) ([]talq.Header, bool) { return m.Headers().Sent(), m.HasHeaders() }, talq.Some([]talq.Header{})),
	upsert.HideText("http_method", func(r *talq.WebhookRequest) *talq.Opt[string] { return &r.HTTPMethod },
		func(m *webhookModel) types.String { return m.HTTPMethod }, talq.Some(defaultMethod)),
	upsert.Hide(attributeTemplates, func(r *talq.WebhookRequest) *talq.Opt[map[string]json.RawMessage] { return &r.PayloadTemplates },
		func(m *webhookModel) (map[string]json.RawMessage, bool) {
			return m.templates(), !m.PayloadTemplates.IsNull()
		},
		talq.Some(map[string]json.RawMessage{})),
	upsert.Hide(tfvalue.AttributeSecret, func(r *talq.WebhookRequest) *talq.Opt[talq.Secret] { return &r.WebhookSecret },
		func(m *webhookModel) (talq.Secret, bool) { return m.secret(), m.hasSecret() },
		talq.Null[talq.Secret]()), // only where [losesSecret] could not be seen at plan
}
