package webhook_test

import (
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const (
	foundAgain   = "warning: A webhook was found again"
	thereAlready = "error: A webhook like this exists already"
	createFailed = `error: Could not create the webhook "CRM" of agent agent-1`
)

// lostAnswers are ways in which the answer to a create gets lost after the server has made the
// webhook.
var lostAnswers = map[string]fakeapi.Fault{
	"dropped": {Drop: true}, "cut off": {Cut: true},
	"500":        {Status: 500, Body: `{"success":false,"message":"Internal server error."}`},
	"502 page":   {Status: 502, Body: "<html></html>"},
	"no webhook": {Status: 201, Body: `{"success":true}`},
	"a page":     {Status: 200, Body: "<html></html>"},
	"without id": {Status: 201, Body: `{"success":true,"data":{"name":"x"}}`},
}

// TestLostCreateIsFoundAgain: the one fresh webhook that is all that was sent is taken over.
func TestLostCreateIsFoundAgain(t *testing.T) {
	t.Parallel()
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_agent_webhook")
			w.AddWebhook(w.Agent, map[string]any{"name": "Somebody's", "webhook_url": "https://example.com/hook", "events": []any{"event_action"}})
			fault.Match, fault.AfterProcessing, fault.Times = fakeapi.Match{Op: fakeapi.OpCreateWebhook}, true, 1
			w.Inject(fault)
			state, said := p.Create(full())
			said.Are(t, foundAgain).Hold(t, "webhook-2 (created at ")
			p.Expect(state, acctest.Values{"id": "webhook-2", "name": "CRM"})
			if n := len(w.Webhooks(w.Agent)); n != 2 {
				t.Errorf("%d webhooks", n)
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpCreateWebhook: 1})
			p = w.Protocol(t).Of("talq_agent_webhook")
			seen, said := p.Refresh(state)
			said.None(t)
			if plan := p.Plan(seen, full()); !plan.State.Equal(seen) {
				t.Error("the next plan is not empty")
			}
		})
	}
}

// TestLostCreateThatIsNotCertain ends in an error that says what to look at. There is one
// create in any case.
func TestLostCreateThatIsNotCertain(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		more  func(acctest.World) // done before the search
		hold  []string
		lack  []string
	}{
		{"nothing was made", fakeapi.Fault{Drop: true}, nil, []string{"There is no new webhook with this name", "there will be no second webhook"}, nil},
		{"somebody made another like it", fakeapi.Fault{Drop: true, AfterProcessing: true}, func(w acctest.World) {
			w.AddWebhook(w.Agent, acctest.TakenEventWebhook())
		}, []string{"webhook-1 (created at ", "webhook-2 (created at ", "terraform import ADDRESS agent-1/ID"}, nil},
		{"what was made was changed at once", fakeapi.Fault{Drop: true, AfterProcessing: true}, func(w acctest.World) {
			w.EditWebhook(w.Agent, "webhook-1", map[string]any{"enabled": false})
		}, []string{"webhook-1 (created at "}, nil},
		{"one of another name is no candidate", fakeapi.Fault{Drop: true}, func(w acctest.World) {
			other := acctest.TakenEventWebhook()
			other["name"] = "ERP"
			w.AddWebhook(w.Agent, other)
		}, []string{"There is no new webhook with this name"}, []string{"webhook-1"}},
		{"an older one is no candidate", fakeapi.Fault{Drop: true}, func(w acctest.World) {
			older := acctest.TakenEventWebhook()
			older["created_at"] = "2024-01-15T10:30:00Z"
			w.AddWebhook(w.Agent, older)
		}, []string{"There is no new webhook with this name"}, []string{"webhook-1"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_agent_webhook")
			plan := p.Plan(p.Action(nil), acctest.MinimalEventWebhook())
			row.fault.Match = fakeapi.Match{Op: fakeapi.OpCreateWebhook}
			w.Inject(row.fault)
			tried := false
			w.Before(func(r fakeapi.Request) {
				if r.Op == fakeapi.OpCreateWebhook {
					tried = true
				} else if r.Op == fakeapi.OpListWebhooks && tried && row.more != nil {
					row.more(w)
					row.more = nil
				}
			})
			state, said := p.Apply(plan)
			said.Are(t, createFailed).Hold(t, row.hold...).Lack(t, row.lack...)
			if !state.IsNull() {
				t.Errorf("state %s", state)
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpCreateWebhook: 1})
		})
	}
	t.Run("the search fails too", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_agent_webhook")
		plan := p.Plan(p.Action(nil), acctest.MinimalEventWebhook()) // whose listing the create shares
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateWebhook}, AfterProcessing: true, Drop: true})
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListWebhooks}, Status: 403, Body: `{"success":false,"message":"No."}`})
		_, said := p.Apply(plan)
		said.Are(t, createFailed).Hold(t, "The search for what it may have created failed too", `the name "CRM"`)
	})
}

// TestCreateFindsWhatAKilledProviderMade: the webhook is there and no state holds it.
func TestCreateFindsWhatAKilledProviderMade(t *testing.T) {
	t.Parallel()
	w, p, _ := created(t, full())
	state, said := p.Create(full())
	said.Are(t, thereAlready).Hold(t, "webhook-1 (created at ", "terraform import ADDRESS agent-1/webhook-1", "another name")
	if !state.IsNull() {
		t.Errorf("state %s", state)
	}
	w.Wrote(t, acctest.Ops{})
	imported, said := p.ImportByID("agent-1/webhook-1")
	said.Are(t, "warning: Some attributes cannot be imported")
	_, said = p.Apply(p.Plan(imported, full()))
	said.None(t)
	w.Sent(t, fakeapi.OpUpdateWebhook, `{"http_method": "PATCH", "authorization_scheme": "api_key", "custom_headers": [{"key": "X-Plain", "value": "p"}, {"key": "X-WO", "value": "w"}],
		"webhook_secret": "signs", "payload_templates": {"event_phone_call_ended": {"n": 1}}}`)
}

// TestCreateBesideAnotherWebhook: one that differs in what can be read is no left-over.
func TestCreateBesideAnotherWebhook(t *testing.T) {
	t.Parallel()
	for field, value := range map[string]any{
		"name": "ERP", "webhook_url": "https://example.com/2", "events": []any{"event_action"}, "timeout": 60, "max_retries": 0, "enabled": false,
	} {
		w := acctest.NewWorld(t)
		other := acctest.TakenEventWebhook()
		other[field] = value
		w.AddWebhook(w.Agent, other)
		_, said := w.Protocol(t).Of("talq_agent_webhook").Create(acctest.MinimalEventWebhook())
		said.Are(t)
		if n := len(w.Webhooks(w.Agent)); n != 2 {
			t.Errorf("with another %s there are %d webhooks", field, n)
		}
	}
}

// TestEqualWebhooksOfOneRunAreTwo: neither takes the other one for its own, not even when an
// answer gets lost.
func TestEqualWebhooksOfOneRunAreTwo(t *testing.T) {
	t.Parallel()
	for _, lost := range []int{0, 1} {
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_agent_webhook")
		plan := p.Plan(p.Action(nil), acctest.MinimalEventWebhook())
		if lost > 0 {
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateWebhook}, Times: lost, AfterProcessing: true, Drop: true})
		}
		states := make(chan tftypes.Value, 2)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				state, said := p.Apply(plan)
				for _, r := range said {
					if r.Severity == "error" {
						t.Error(r)
					}
				}
				states <- state
			})
		}
		both.Wait()
		if first, second := p.Attribute(<-states, "id"), p.Attribute(<-states, "id"); first == second {
			t.Errorf("both are %v", first)
		}
		if n := len(w.Webhooks(w.Agent)); n != 2 {
			t.Errorf("%d webhooks", n)
		}
	}
}

// TestRefusedCreate: the API's remarks stand on their attributes, and no state is saved.
func TestRefusedCreate(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_agent_webhook")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateWebhook}, Status: 422, Body: `{"message":"The given data was invalid.","errors":{
		"name":["Too dull."],"webhook_secret":["Too short."],"custom_headers.0.value":["Bad."],"custom_headers.1.value":["Bad."],"payload_templates.event_phone_call_ended":["Bad."],"unheard":["Of."]}}`})
	state, said := p.Create(full())
	const head = `Could not create the webhook "CRM" of agent agent-1`
	said.Are(t, "error: "+head, "error at name: "+head, "error at webhook_secret_wo: "+head, "error at custom_headers[X-Plain]: "+head,
		"error at custom_headers_wo[X-WO]: "+head, "error at payload_templates[event_phone_call_ended]: "+head)
	if !state.IsNull() {
		t.Error("a create that was refused saved a state")
	}
}

// TestCreateOnAnAgentThatThereIsNot says what may be wrong.
func TestCreateOnAnAgentThatThereIsNot(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	_, said := w.Protocol(t).Of("talq_agent_webhook").Create(acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"agent_id": "agent-9"}))
	said.Are(t, `error: Could not create the webhook "CRM" of agent agent-9`).Hold(t, "agent_id is wrong")
	w.Wrote(t, acctest.Ops{})
}
