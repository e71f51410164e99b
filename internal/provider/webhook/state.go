package webhook

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

const attributeTemplates = "payload_templates"

// defaults are what the schema takes where nothing is set (page create-webhook).
var defaults = map[string]attr.Value{"timeout": types.Int64Value(defaultTimeout), "max_retries": types.Int64Value(defaultRetries), "enabled": types.BoolValue(true)}

const defaultTimeout, defaultRetries = 30, 3

// differing names the attributes that a person sets and that differ between two models,
// sorted.
func (m *webhookModel) differing(other *webhookModel) []string {
	return tfvalue.Differing(m.attributes(), other.attributes())
}

// isImport reports whether a state comes from an import and was not read yet.
func (m *webhookModel) isImport() bool { return m.Name.IsNull() && m.WebhookURL.IsNull() }

// blank is a webhook of which nothing is known but its agent.
func blank(agentID string) webhookModel {
	return webhookModel{
		AgentID: types.StringValue(agentID), Events: types.SetNull(types.StringType), PayloadTemplates: types.MapNull(types.StringType),
		HeaderMaps: tfvalue.NoHeaders(),
	}
}

// Configuration returns what a configuration says of a webhook for which the plan after an
// import is empty, by attribute, and the names of what no answer shows. What has its default
// is left out.
func Configuration(agentID string, w talq.Webhook) (attributes map[string]attr.Value, hidden []string) {
	m := blank(agentID).stateFromServer(w)
	attributes = m.attributes()
	maps.DeleteFunc(attributes, func(name string, value attr.Value) bool { return value.Equal(defaults[name]) })
	for _, h := range hiddenAttributes {
		if !h.IsSet(&m) {
			hidden = append(hidden, h.Name)
		}
	}
	return attributes, hidden
}

// stateFromServer is the one mapping from the API to state. What the answer holds wins; what
// it does not hold stays as it was; and where both say the same in another form, the form
// stays (API.md, rulings 2, 7, 9 and 10, which hold for webhooks too).
func (m webhookModel) stateFromServer(w talq.Webhook) webhookModel {
	m.ID = types.StringValue(w.ID)
	m.Name = tfvalue.TextFromAPI(m.Name, w.Name.Opt())
	m.WebhookURL = tfvalue.TextFromAPI(m.WebhookURL, w.WebhookURL.Opt())
	m.Events = tfvalue.SetFromAPI(m.Events, w.Events.Opt())
	m.Timeout = tfvalue.IntFromAPI(m.Timeout, w.Timeout)
	m.MaxRetries = tfvalue.IntFromAPI(m.MaxRetries, w.MaxRetries)
	m.Enabled = tfvalue.BoolFromAPI(m.Enabled, w.Enabled)
	m.Status = tfvalue.TextFromAPI(m.Status, w.Status.Opt())
	m.HTTPMethod = tfvalue.HiddenTextFromAPI(m.HTTPMethod, w.HTTPMethod.Value, defaultMethod)
	m.AuthorizationScheme = tfvalue.HiddenTextFromAPI(m.AuthorizationScheme, w.AuthorizationScheme.Value, defaultScheme)
	m.PayloadTemplates = tfvalue.JSONMapFromAPI(m.PayloadTemplates, w.PayloadTemplates.Opt())
	return m
}

// written returns the state after a write. What was planned stays as planned, or Terraform
// would taint the webhook; where the API stored something else, a warning says so and the
// next plan shows it.
func (m webhookModel) written(w talq.Webhook, revision types.String, diags *diag.Diagnostics) webhookModel {
	seen := m.stateFromServer(w)
	m.item().WarnStoredElse(seen.differing(&m), diags)
	m.ID, m.Status, m.Revision = seen.ID, seen.Status, revision
	return m
}
