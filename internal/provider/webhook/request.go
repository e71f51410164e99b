package webhook

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// createRequest is the one mapping from plan to a body. On create (no prior state), and
// after an update whose outcome is in doubt, it holds all that is set; else only what
// changed, since an update keeps what is left out. What was set, or may have been by the
// update in doubt, and is not wished for any more is taken away; a hidden field that we
// never set is never sent.
func (m *webhookModel) createRequest(prior *webhookModel, unsure *upsert.Doubt) talq.WebhookRequest {
	whole := prior == nil || unsure != nil
	if prior == nil {
		prior = &webhookModel{}
	}
	differing := m.differing(prior)
	changed := func(name string) bool { return whole || slices.Contains(differing, name) }
	r := talq.WebhookRequest{
		Name: sentIf(changed("name"), m.Name.ValueString()), WebhookURL: sentIf(changed("webhook_url"), m.WebhookURL.ValueString()),
		Events:  sentIf(changed("events"), tfvalue.SortedTexts(m.Events)),
		Timeout: sentIf(changed("timeout"), m.Timeout.ValueInt64()), MaxRetries: sentIf(changed("max_retries"), m.MaxRetries.ValueInt64()),
		Enabled: sentIf(changed("enabled"), m.Enabled.ValueBool()),
	}
	for _, h := range hiddenAttributes {
		switch {
		case h.IsSet(m) && (changed(h.Name) || changed(h.Name+"_wo_version")):
			h.Send(&r, m)
		case !h.IsSet(m) && (h.IsSet(prior) || unsure.MayHaveSet(h.Name)):
			h.Clear(&r)
		}
	}
	return r
}

// sentIf sends a value, or leaves it out.
func sentIf[T any](changed bool, value T) talq.Opt[T] {
	if !changed {
		return talq.Opt[T]{}
	}
	return talq.Some(value)
}

// readWriteOnly takes what is write-only out of a configuration, for a write. It repeats the
// rules that need it, since what was not known at plan is known only now.
func (m *webhookModel) readWriteOnly(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	m.ReadWriteOnlyHeaders(ctx, config, diags)
	var secret types.String
	diags.Append(config.GetAttribute(ctx, path.Root(tfvalue.AttributeSecretWO), &secret)...)
	checkSecrets(m.Secret, secret, m.SecretWOVersion, diags)
	if !secret.IsNull() {
		hidden := talq.NewSecret(secret.ValueString())
		m.writeOnlySecret = &hidden
	}
}

// hasSecret reports whether a plan or a state sets the secret. A state knows of the
// write-only one by its version.
func (m *webhookModel) hasSecret() bool { return !m.Secret.IsNull() || !m.SecretWOVersion.IsNull() }

// secret is the one of a plan that sets it.
func (m *webhookModel) secret() talq.Secret {
	if m.writeOnlySecret != nil {
		return *m.writeOnlySecret
	}
	return talq.NewSecret(m.Secret.ValueString())
}

// templates returns the payload templates as JSON. They were checked at validate.
func (m *webhookModel) templates() map[string]json.RawMessage {
	sent := map[string]json.RawMessage{}
	for event, template := range m.PayloadTemplates.Elements() {
		if text, ok := template.(types.String); ok {
			sent[event] = json.RawMessage(text.ValueString())
		}
	}
	return sent
}

// attributePath finds the attribute that a field of the request came from, for the field
// errors of the API: "events.1", "custom_headers.0.value".
func (m *webhookModel) attributePath(field string) (path.Path, bool) {
	parts := session.SplitField(field)
	if len(parts) == 0 {
		return path.Empty(), false // a remark on no field
	}
	root := path.Root(parts[0])
	if _, ours := m.attributes()[parts[0]]; !ours {
		return path.Empty(), false
	}
	index := -1
	if len(parts) > 1 {
		if number, err := strconv.Atoi(parts[1]); err == nil {
			index = number
		}
	}
	switch parts[0] {
	case tfvalue.AttributeHeaders:
		return m.Headers().PathOf(index), true
	case tfvalue.AttributeSecret:
		if m.writeOnlySecret != nil {
			return path.Root(tfvalue.AttributeSecretWO), true
		}
	case "events":
		if sent := tfvalue.SortedTexts(m.Events); index >= 0 && index < len(sent) {
			return root.AtSetValue(types.StringValue(sent[index])), true
		}
	case attributeTemplates:
		if len(parts) > 1 && m.PayloadTemplates.Elements()[parts[1]] != nil {
			return root.AtMapKey(parts[1]), true
		}
	}
	return root, true
}
