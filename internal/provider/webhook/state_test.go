package webhook

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// some is a webhook as a state has it.
func some() webhookModel {
	m := blank("agent-1")
	m.ID, m.Name, m.WebhookURL = types.StringValue("w"), types.StringValue("CRM"), types.StringValue("https://example.com")
	m.Events = types.SetValueMust(types.StringType, []attr.Value{types.StringValue("a"), types.StringValue("b")})
	m.Timeout, m.MaxRetries, m.Enabled = types.Int64Value(30), types.Int64Value(3), types.BoolValue(true)
	return m
}

func templatesOf(texts map[string]string) types.Map {
	values := map[string]attr.Value{}
	for name, text := range texts {
		values[name] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, values)
}

// TestStateFromServer: rows of what an answer holds beside the id, and what of it differs.
func TestStateFromServer(t *testing.T) {
	method := func(m *webhookModel) { m.HTTPMethod = types.StringValue("PUT") }
	templates := func(m *webhookModel) { m.PayloadTemplates = templatesOf(map[string]string{"a": `{"n": 1}`}) }
	for _, row := range []struct {
		name   string
		prior  func(*webhookModel)
		answer string
		differ []string
	}{
		{"nothing", nil, ``, nil},
		{"the same", nil, `, "name": "CRM", "webhook_url": "https://example.com", "events": ["b", "a"], "timeout": 30, "max_retries": 3, "enabled": true`, nil},
		{"the same in another form", nil, `, "name": " CRM ", "timeout": 30.0, "max_retries": "3"`, nil},
		{"of other types", nil, `, "name": 1, "events": {}, "timeout": [], "enabled": "yes"`, nil},
		{"others", nil, `, "name": "ERP", "events": ["a"], "timeout": 31, "max_retries": 0, "enabled": false`, []string{"enabled", "events", "max_retries", "name", "timeout"}},
		{"null", nil, `, "name": null, "events": null, "timeout": null, "enabled": null`, []string{"enabled", "events", "name", "timeout"}},
		{"a number that is no whole one", nil, `, "timeout": 30.5`, []string{"timeout"}},
		{"a default of what is hidden", nil, `, "http_method": "POST", "authorization_scheme": "none", "payload_templates": {}`, nil},
		{"another value of what is hidden", nil, `, "http_method": "PUT"`, []string{"http_method"}},
		{"a hidden one that was changed", method, `, "http_method": "POST"`, []string{"http_method"}},
		{"a hidden one of null", method, `, "http_method": null`, nil},
		{"templates in another form", templates, `, "payload_templates": {"a": {"n": 1.0}}`, nil},
		{"an empty list for templates", templates, `, "payload_templates": []`, nil},
		{"no templates any more", templates, `, "payload_templates": null`, []string{"payload_templates"}},
		{"another template", templates, `, "payload_templates": {"a": {"n": 2}}`, []string{"payload_templates"}},
		{"secrets, which are never read", nil, `, "webhook_secret": "********", "custom_headers": [{"key": "X", "value": "********"}]`, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			prior := some()
			if row.prior != nil {
				row.prior(&prior)
			}
			var answer talq.Webhook
			if err := json.Unmarshal([]byte(`{"id": "w"`+row.answer+`}`), &answer); err != nil {
				t.Fatal(err)
			}
			seen := prior.stateFromServer(answer)
			if got := tfvalue.Listed(seen.differing(&prior)); got != tfvalue.Listed(row.differ) {
				t.Errorf("%s differ, want %s", got, tfvalue.Listed(row.differ))
			}
		})
	}
}

// TestWebhookPrintsNoSecret, neither a state nor what a write reads from the configuration.
func TestWebhookPrintsNoSecret(t *testing.T) {
	const secret = "s3cr3t-that-signs"
	m := some()
	hidden := talq.NewSecret(secret)
	m.Secret, m.writeOnlySecret = types.StringValue(secret), &hidden
	m.CustomHeaders = templatesOf(map[string]string{"X-Key": secret})
	m.WriteOnly = tfvalue.HeadersOf(m.CustomHeaders)
	check.PrintsNoSecret(t, secret, map[string]any{
		"model": m, "pointer": &m, "headers": m.Headers(), "secret": m.secret(), "request": m.createRequest(nil, nil),
	})
}

// TestDoubtKnowsEveryHiddenAttribute: what a request holds of them is what is in doubt.
func TestDoubtKnowsEveryHiddenAttribute(t *testing.T) {
	m := some()
	m.HTTPMethod, m.AuthorizationScheme, m.Secret = types.StringValue("PUT"), types.StringValue("bearer"), types.StringValue("s")
	m.CustomHeaders, m.PayloadTemplates = templatesOf(map[string]string{"X": "x"}), templatesOf(map[string]string{"a": "{}"})
	d := upsert.NewDoubt(hiddenAttributes, m.createRequest(nil, nil))
	for _, h := range hiddenAttributes {
		if !d.MayHaveSet(h.Name) {
			t.Errorf("it does not know %s", h.Name)
		}
	}
	plain := some()
	if d := upsert.NewDoubt(hiddenAttributes, plain.createRequest(nil, nil)); len(d.Sent) > 0 {
		t.Errorf("of one that sets none it knows %v", d.Sent)
	}
}

// TestSecretThatIsNullAtApply: where the plan could not know it, and so replaced nothing, a
// null is sent.
func TestSecretThatIsNullAtApply(t *testing.T) {
	m, prior := some(), some()
	prior.Secret = types.StringValue("signs")
	if sent := m.createRequest(&prior, nil); !sent.WebhookSecret.Present || sent.WebhookSecret.Value != nil || sent.Name.Present {
		t.Errorf("it sends %+v", sent)
	}
}
