package webhook_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const (
	unknownEvent    = "warning at events: Unknown event"
	unknownTemplate = "warning at payload_templates: Unknown event"
)

// TestUnknownEventsAtPlan: a new webhook, or new events, are compared with what the API lists.
func TestUnknownEventsAtPlan(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddWebhookEvent("event_new", "Something new")
	for _, row := range []struct {
		name   string
		config acctest.Values
		heads  []string
		made   acctest.Ops
	}{
		{"known ones", nil, nil, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"one that no page has yet", acctest.Values{"events": []any{"event_new"}}, nil, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"one that there is not", acctest.Values{"events": []any{"event_action", "event_acton"}}, []string{unknownEvent}, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"a template for one that there is not", acctest.Values{"payload_templates": acctest.Values{"event_acton": "{}"}}, []string{unknownTemplate}, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"one known at apply", acctest.Values{"events": []any{acctest.Unknown, "event_action"}}, nil, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"all known at apply", acctest.Values{"events": acctest.Unknown}, nil, acctest.Ops{fakeapi.OpListWebhooks: 1}},
		{"an agent known at apply", acctest.Values{"agent_id": acctest.Unknown, "events": []any{"event_acton"}}, nil, acctest.Ops{}},
		{"an agent that there is not", acctest.Values{"agent_id": "agent-9", "events": []any{"event_acton"}}, nil, acctest.Ops{fakeapi.OpListWebhooks: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal()
			p := w.Protocol(t).Of("talq_agent_webhook")
			plan := p.Plan(p.Action(nil), acctest.ButWith(acctest.MinimalEventWebhook(), row.config))
			plan.Are(t, row.heads...)
			if len(row.heads) > 0 {
				plan.Hold(t, `does not list "event_acton" among the events of agent agent-1`, `"event_new"`)
			}
			w.Made(t, row.made)
		})
	}
}

// TestEventsThatStayAreNotAskedAbout: a plan without a refresh makes no request for them.
func TestEventsThatStayAreNotAskedAbout(t *testing.T) {
	t.Parallel()
	w, p, state := created(t, acctest.MinimalEventWebhook())
	w.RemoveWebhookEvent("event_phone_call_ended")
	p.Plan(state, acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"timeout": 60})).None(t)
	w.Made(t, acctest.Ops{})
	p.Plan(state, acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"events": []any{"event_phone_call_ended", "event_action"}})).Are(t, unknownEvent)
}

// TestRefusedEventStandsOnItsElement, also where it is not the first in the configuration.
func TestRefusedEventStandsOnItsElement(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_agent_webhook")
	plan := p.Plan(p.Action(nil), acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"events": []any{"event_recording", "event_acton"}}))
	state, said := p.Apply(plan)
	said.Are(t, `error at events[event_acton]: Could not create the webhook "CRM" of agent agent-1`).Hold(t, "The selected events.0 is invalid.")
	if !state.IsNull() || len(w.Webhooks(w.Agent)) > 0 {
		t.Errorf("state %s", state)
	}
}
