package webhook_test

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const (
	missing  = "Missing Configuration for Required Attribute"
	noLength = "Invalid Attribute Value Length"
	noWord   = "Invalid Attribute Value Match"
	noValue  = "Invalid Attribute Value"
)

// TestValidate has rows of unknown, null and empty for each attribute.
func TestValidate(t *testing.T) {
	p := acctest.NewProtocol(t).Of("talq_agent_webhook")
	of := func(name string, value any) acctest.Values { return acctest.Values{name: value} }
	allUnknown := acctest.Values{}
	for _, name := range []string{"agent_id", "name", "webhook_url", "events", "timeout", "max_retries", "enabled", "http_method", "authorization_scheme",
		"custom_headers", "custom_headers_wo", "custom_headers_wo_version", "webhook_secret", "webhook_secret_wo", "webhook_secret_wo_version", "payload_templates"} {
		allUnknown[name] = acctest.Unknown
	}
	for _, row := range []struct {
		name   string
		config acctest.Values // over the minimum
		heads  []string
	}{
		{"the least", nil, nil},
		{"all unknown", allUnknown, nil},
		{"all optional ones null", acctest.Values{"timeout": nil, "max_retries": nil, "enabled": nil, "http_method": nil, "authorization_scheme": nil, "custom_headers": nil, "webhook_secret": nil, "payload_templates": nil}, nil},

		{"agent_id null", of("agent_id", nil), []string{"error at agent_id: " + missing}},
		{"agent_id empty", of("agent_id", ""), []string{"error at agent_id: Wrong id"}},
		{"name null", of("name", nil), []string{"error at name: " + missing}},
		{"name empty", of("name", ""), []string{"error at name: " + noLength, "error at name: Empty text"}},
		{"name blank", of("name", " \n"), []string{"error at name: Empty text"}},
		{"name of 255 characters, 1020 bytes", of("name", strings.Repeat("😀", 255)), nil},
		{"name of 256 characters", of("name", strings.Repeat("a", 256)), []string{"error at name: " + noLength}},
		{"webhook_url null", of("webhook_url", nil), []string{"error at webhook_url: " + missing}},
		{"webhook_url empty", of("webhook_url", ""), []string{"error at webhook_url: Wrong URL"}},
		{"webhook_url without a scheme", of("webhook_url", "example.com/hook"), []string{"error at webhook_url: Wrong URL"}},
		{"webhook_url of 501 characters", of("webhook_url", "https://example.com/"+strings.Repeat("a", 481)), []string{"error at webhook_url: " + noLength}},
		{"webhook_url with a password", of("webhook_url", "https://ada:"+acctest.SomeSecret+"@example.com/"), []string{"warning at webhook_url: A URL is not secret"}},

		{"events null", of("events", nil), []string{"error at events: " + missing}},
		{"events empty", of("events", []any{}), []string{"error at events: " + noValue}},
		{"an event unknown", of("events", []any{acctest.Unknown}), nil},
		{"an event null", of("events", []any{nil}), []string{"error at events: Null Set Value"}},
		{"an event empty", of("events", []any{""}), []string{`error at events[]: Wrong event`}},
		{"an event with a blank", of("events", []any{"event_recording "}), []string{`error at events[event_recording ]: Wrong event`}},
		{"an event that no page knows", of("events", []any{"event_of_tomorrow"}), nil},

		{"timeout of 4", of("timeout", 4), []string{"error at timeout: " + noValue}},
		{"timeout of 5 and 120", of("timeout", 5), nil},
		{"timeout of 121", of("timeout", 121), []string{"error at timeout: " + noValue}},
		{"timeout of 5.5", of("timeout", 5.5), []string{"error at timeout: Wrong whole number"}},
		{"max_retries of -1", of("max_retries", -1), []string{"error at max_retries: " + noValue}},
		{"max_retries of 0", of("max_retries", 0), nil},
		{"max_retries of 11", of("max_retries", 11), []string{"error at max_retries: " + noValue}},
		{"enabled false", of("enabled", false), nil},
		{"http_method empty", of("http_method", ""), []string{"error at http_method: " + noWord}},
		{"http_method GET", of("http_method", "GET"), []string{"error at http_method: " + noWord}},
		{"authorization_scheme empty", of("authorization_scheme", ""), []string{"error at authorization_scheme: " + noWord}},

		{"custom_headers empty", of("custom_headers", acctest.Values{}), nil},
		{"a header without a value", of("custom_headers", acctest.Values{"X-Key": ""}), []string{"error at custom_headers[X-Key]: Wrong value of a header"}},
		{"a header in both maps", acctest.Values{"custom_headers": acctest.Values{"X-Key": "a"}, "custom_headers_wo": acctest.Values{"x-key": "b"}, "custom_headers_wo_version": 1},
			[]string{"error at custom_headers_wo[x-key]: Header given twice"}},
		{"write-only headers without a version", of("custom_headers_wo", acctest.Values{"X-Key": "b"}), []string{"error at custom_headers_wo_version: Write-only headers without a version"}},
		{"a version without write-only headers", of("custom_headers_wo_version", 1), []string{"error at custom_headers_wo: Version without write-only headers"}},

		{"a secret", of("webhook_secret", acctest.SomeSecret), nil},
		{"an empty secret", of("webhook_secret", ""), []string{"error at webhook_secret: " + noLength, "error at webhook_secret: Wrong secret"}},
		{"a blank secret", of("webhook_secret", "  "), []string{"error at webhook_secret: Wrong secret"}},
		{"a secret with a line break at its end", of("webhook_secret", acctest.SomeSecret+"\n"), []string{"error at webhook_secret: Wrong secret"}},
		{"a write-only secret with a version", acctest.Values{"webhook_secret_wo": acctest.SomeSecret, "webhook_secret_wo_version": 1}, nil},
		{"a write-only secret with blanks", acctest.Values{"webhook_secret_wo": " " + acctest.SomeSecret, "webhook_secret_wo_version": 1}, []string{"error at webhook_secret_wo: Wrong secret"}},
		{"a write-only secret without a version", of("webhook_secret_wo", acctest.SomeSecret), []string{"error at webhook_secret_wo_version: Write-only secret without a version"}},
		{"a version without a write-only secret", of("webhook_secret_wo_version", 1), []string{"error at webhook_secret_wo: Version without a write-only secret"}},
		{"an unknown secret without a version", of("webhook_secret_wo", acctest.Unknown), nil},
		{"a version of an unknown secret", acctest.Values{"webhook_secret_wo": acctest.Unknown, "webhook_secret_wo_version": 1}, nil},
		{"two secrets", acctest.Values{"webhook_secret": acctest.SomeSecret, "webhook_secret_wo": acctest.SomeSecret, "webhook_secret_wo_version": 1}, []string{"error at webhook_secret_wo: Two secrets"}},
		{"a secret and an unknown one", acctest.Values{"webhook_secret": acctest.SomeSecret, "webhook_secret_wo": acctest.Unknown, "webhook_secret_wo_version": 1}, nil},

		{"payload_templates empty", of("payload_templates", acctest.Values{}), nil},
		{"a template unknown", of("payload_templates", acctest.Values{"event_recording": acctest.Unknown}), nil},
		{"a template null", of("payload_templates", acctest.Values{"event_recording": nil}), []string{"error at payload_templates: Null Map Value"}},
		{"a template empty", of("payload_templates", acctest.Values{"event_recording": ""}), []string{"error at payload_templates[event_recording]: Wrong payload template"}},
		{"a template that is no JSON", of("payload_templates", acctest.Values{"event_recording": `{"call": {{call.id}}}`}), []string{"error at payload_templates[event_recording]: Wrong payload template"}},
		{"a template of no event", of("payload_templates", acctest.Values{"": "{}"}), []string{"error at payload_templates[]: Wrong event"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.MinimalEventWebhook(), row.config)).Are(t, row.heads...).Lack(t, acctest.SomeSecret)
		})
	}
}

// TestPlanReplaces: another agent is another webhook, and so is one whose secret goes away.
func TestPlanReplaces(t *testing.T) {
	secret, writeOnly := acctest.Values{"webhook_secret": "one"}, acctest.Values{"webhook_secret_wo": "one", "webhook_secret_wo_version": 1}
	for _, row := range []struct {
		name     string
		from, to acctest.Values
		replace  string
	}{
		{"another agent", nil, acctest.Values{"agent_id": "agent-2"}, "agent_id"},
		{"an agent known at apply", nil, acctest.Values{"agent_id": acctest.Unknown}, "agent_id"},
		{"another name", nil, acctest.Values{"name": "Other"}, ""},
		{"a secret", nil, secret, ""},
		{"another secret", secret, acctest.Values{"webhook_secret": "two"}, ""},
		{"a secret known at apply", secret, acctest.Values{"webhook_secret": acctest.Unknown}, ""},
		{"a write-only secret for a plain one", secret, writeOnly, ""},
		{"a plain secret for a write-only one", writeOnly, secret, ""},
		{"no secret for a plain one", secret, nil, "webhook_secret"},
		{"no secret for a write-only one", writeOnly, nil, "webhook_secret_wo_version"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_agent_webhook")
			state, said := p.Create(acctest.ButWith(acctest.MinimalEventWebhook(), row.from))
			said.None(t)
			plan := p.Plan(state, acctest.ButWith(acctest.MinimalEventWebhook(), row.to))
			plan.None(t)
			if got := strings.Join(plan.Replace, ", "); got != row.replace {
				t.Errorf("it is replaced because of %q, want %q", got, row.replace)
			}
		})
	}
}
