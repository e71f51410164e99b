package webhook_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// created is a fake with one webhook of a configuration, the calls of the next run about it,
// and its state.
func created(t *testing.T, config acctest.Values, options ...fakeapi.Option) (acctest.World, *acctest.Protocol, tftypes.Value) {
	t.Helper()
	w := acctest.NewWorld(t, options...)
	state, said := w.Protocol(t).Of("talq_agent_webhook").Create(config)
	said.None(t)
	w.ForgetJournal()
	return w, w.Protocol(t).Of("talq_agent_webhook"), state
}

// full is a webhook with everything set.
func full() acctest.Values {
	return acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{
		"timeout": 60, "max_retries": 1, "enabled": false, "http_method": "PATCH", "authorization_scheme": "api_key",
		"custom_headers": acctest.Values{"X-Plain": "p"}, "custom_headers_wo": acctest.Values{"X-WO": "w"}, "custom_headers_wo_version": 1,
		"webhook_secret_wo": "signs", "webhook_secret_wo_version": 1, "payload_templates": acctest.Values{"event_phone_call_ended": `{"n": 1}`},
	})
}

const fullBody = `{"name": "CRM", "webhook_url": "https://example.com/hook", "events": ["event_phone_call_ended"], "timeout": 60, "max_retries": 1, "enabled": false,
	"http_method": "PATCH", "authorization_scheme": "api_key", "custom_headers": [{"key": "X-Plain", "value": "p"}, {"key": "X-WO", "value": "w"}],
	"webhook_secret": "signs", "payload_templates": {"event_phone_call_ended": {"n": 1}}}`

func TestCreateSendsWhatIsSet(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		config acctest.Values
		body   string
	}{
		"the least": {acctest.MinimalEventWebhook(), `{"name": "CRM", "webhook_url": "https://example.com/hook", "events": ["event_phone_call_ended"], "timeout": 30, "max_retries": 3, "enabled": true}`},
		"all":       {full(), fullBody},
	} {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_agent_webhook")
			state, said := p.Create(row.config)
			said.None(t)
			w.Wrote(t, acctest.Ops{fakeapi.OpCreateWebhook: 1})
			p.Expect(state, acctest.Values{"id": "webhook-1", "custom_headers_wo": nil, "webhook_secret_wo": nil})
			w.Sent(t, fakeapi.OpCreateWebhook, row.body)
			seen, said := p.Refresh(state)
			said.None(t)
			if plan := p.Plan(seen, row.config); !plan.State.Equal(seen) || len(plan.Said) > 0 {
				t.Errorf("the next plan is not empty: %s", plan.Said)
			}
		})
	}
}

// TestUpdateSendsOnlyWhatChanged: a write-only value goes along only where its version, or
// what it is sent together with, has changed.
func TestUpdateSendsOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		to   acctest.Values // over full
		body string         // "" for an empty plan
	}{
		{"nothing", nil, ""},
		{"write-only values without their versions", acctest.Values{"webhook_secret_wo": "other", "custom_headers_wo": acctest.Values{"X-WO": "other"}}, ""},
		{"templates in another form", acctest.Values{"payload_templates": acctest.Values{"event_phone_call_ended": "{\n\t\"n\": 1\n}"}}, ""},
		{"a template", acctest.Values{"payload_templates": acctest.Values{"event_phone_call_ended": `{"n": 2}`}}, `{"payload_templates": {"event_phone_call_ended": {"n": 2}}}`},
		{"one more template, one in another form", acctest.Values{"payload_templates": acctest.Values{"event_phone_call_ended": `{"n":1}`, "event_recording": `[]`}},
			`{"payload_templates": {"event_phone_call_ended": {"n": 1}, "event_recording": []}}`},
		{"no templates", acctest.Values{"payload_templates": nil}, `{"payload_templates": {}}`},
		{"a name", acctest.Values{"name": "ERP"}, `{"name": "ERP"}`},
		{"a URL", acctest.Values{"webhook_url": "https://example.com/2"}, `{"webhook_url": "https://example.com/2"}`},
		{"events", acctest.Values{"events": []any{"event_recording", "event_action"}}, `{"events": ["event_action", "event_recording"]}`},
		{"the defaults", acctest.Values{"timeout": nil, "max_retries": nil, "enabled": nil}, `{"timeout": 30, "max_retries": 3, "enabled": true}`},
		{"a method", acctest.Values{"http_method": "PUT"}, `{"http_method": "PUT"}`},
		{"no method, no scheme", acctest.Values{"http_method": nil, "authorization_scheme": nil}, `{"http_method": "POST", "authorization_scheme": "none"}`},
		{"a plain header", acctest.Values{"custom_headers": acctest.Values{"X-Plain": "q"}}, `{"custom_headers": [{"key": "X-Plain", "value": "q"}, {"key": "X-WO", "value": "w"}]}`},
		{"no plain headers", acctest.Values{"custom_headers": nil}, `{"custom_headers": [{"key": "X-WO", "value": "w"}]}`},
		{"a new version of the headers", acctest.Values{"custom_headers_wo": acctest.Values{"X-WO": "v"}, "custom_headers_wo_version": 2},
			`{"custom_headers": [{"key": "X-Plain", "value": "p"}, {"key": "X-WO", "value": "v"}]}`},
		{"no write-only headers", acctest.Values{"custom_headers_wo": nil, "custom_headers_wo_version": nil}, `{"custom_headers": [{"key": "X-Plain", "value": "p"}]}`},
		{"no headers", acctest.Values{"custom_headers": nil, "custom_headers_wo": nil, "custom_headers_wo_version": nil}, `{"custom_headers": []}`},
		{"a new version of the secret", acctest.Values{"webhook_secret_wo": "signs too", "webhook_secret_wo_version": 2}, `{"webhook_secret": "signs too"}`},
		{"a plain secret", acctest.Values{"webhook_secret_wo": nil, "webhook_secret_wo_version": nil, "webhook_secret": "open"}, `{"webhook_secret": "open"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w, p, state := created(t, full())
			plan := p.Plan(state, acctest.ButWith(full(), row.to))
			plan.None(t)
			if row.body == "" {
				if !plan.State.Equal(state) {
					t.Error("the plan is not empty")
				}
				return
			}
			next, said := p.Apply(plan)
			said.None(t)
			w.Sent(t, fakeapi.OpUpdateWebhook, row.body)
			if p.Attribute(next, "revision") == p.Attribute(state, "revision") {
				t.Error("the revision is as before")
			}
			seen, said := p.Refresh(next)
			said.None(t)
			if again := p.Plan(seen, acctest.ButWith(full(), row.to)); !again.State.Equal(seen) {
				t.Error("the next plan is not empty")
			}
		})
	}
}

// TestHiddenAttributesThatWereNeverSetAreNeverSent, whatever else changes.
func TestHiddenAttributesThatWereNeverSetAreNeverSent(t *testing.T) {
	t.Parallel()
	w, p, state := created(t, acctest.MinimalEventWebhook())
	w.EditWebhook(w.Agent, "webhook-1", map[string]any{"webhook_secret": "theirs", "http_method": "PUT", "custom_headers": []any{map[string]any{"key": "X", "value": "theirs"}}})
	_, said := p.Apply(p.Plan(state, acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"name": "ERP"})))
	said.None(t)
	w.Sent(t, fakeapi.OpUpdateWebhook, `{"name": "ERP"}`)
	if got := w.OneWebhook(t).Fields["webhook_secret"]; got != "theirs" {
		t.Errorf("the secret is %v now", got)
	}
}

// TestSecretKnownAtApplyOnly: what the rules need is looked at again, before anything is sent.
func TestSecretKnownAtApplyOnly(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name            string
		atPlan, atApply acctest.Values
		heads           []string
		sent            any
	}{
		{"a plain one", acctest.Values{"webhook_secret": acctest.Unknown}, acctest.Values{"webhook_secret": "one"}, nil, "one"},
		{"a write-only one", acctest.Values{"webhook_secret_wo": acctest.Unknown, "webhook_secret_wo_version": 1}, acctest.Values{"webhook_secret_wo": "one", "webhook_secret_wo_version": 1}, nil, "one"},
		{"a version without one", acctest.Values{"webhook_secret_wo": acctest.Unknown, "webhook_secret_wo_version": 1}, acctest.Values{"webhook_secret_wo_version": 1},
			[]string{"error at webhook_secret_wo: Version without a write-only secret"}, nil},
		{"one without a version", acctest.Values{"webhook_secret_wo": acctest.Unknown}, acctest.Values{"webhook_secret_wo": "one"},
			[]string{"error at webhook_secret_wo_version: Write-only secret without a version"}, nil},
		{"two", acctest.Values{"webhook_secret": "one", "webhook_secret_wo": acctest.Unknown, "webhook_secret_wo_version": 1},
			acctest.Values{"webhook_secret": "one", "webhook_secret_wo": "two", "webhook_secret_wo_version": 1}, []string{"error at webhook_secret_wo: Two secrets"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_agent_webhook")
			plan := p.Plan(p.Action(nil), acctest.ButWith(acctest.MinimalEventWebhook(), row.atPlan))
			plan.None(t)
			plan.Config = p.Action(acctest.ButWith(acctest.MinimalEventWebhook(), row.atApply))
			if value, ok := row.atApply["webhook_secret"]; ok {
				members := acctest.Members(t, plan.State)
				members["webhook_secret"] = tftypes.NewValue(tftypes.String, value)
				plan.State = tftypes.NewValue(plan.State.Type(), members)
			}
			_, said := p.Apply(plan)
			said.Are(t, row.heads...)
			if len(row.heads) > 0 {
				w.Wrote(t, acctest.Ops{})
				return
			}
			if got := w.Requests(fakeapi.Match{Op: fakeapi.OpCreateWebhook})[0].Body["webhook_secret"]; got != row.sent {
				t.Errorf("sent %v", got)
			}
		})
	}
}
