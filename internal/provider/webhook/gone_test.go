package webhook_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAbsenceIsConfirmed: the listing alone takes no webhook out of the state, only its own
// call that lacks it too.
func TestAbsenceIsConfirmed(t *testing.T) {
	t.Parallel()
	w, p, state := created(t, acctest.MinimalEventWebhook())
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListWebhooks}, Times: 1, Rewrite: func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`"webhook-1"`), []byte(`"webhook-9"`))
	}})
	seen, said := p.Refresh(state)
	said.None(t)
	if !seen.Equal(state) {
		t.Errorf("the state is %s", seen)
	}
	w.Made(t, acctest.Ops{fakeapi.OpListWebhooks: 1, fakeapi.OpGetWebhook: 1})

	w.RemoveWebhook(w.Agent, "webhook-1")
	seen, said = w.Protocol(t).Of("talq_agent_webhook").Refresh(state)
	said.Are(t, "warning: A webhook is gone").Hold(t, `webhook "CRM" (webhook-1) of agent agent-1`)
	if !seen.IsNull() {
		t.Errorf("the state is %s", seen)
	}
}

// TestAnAnswerThatFailsTakesNothingOut of the state.
func TestAnAnswerThatFailsTakesNothingOut(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fakeapi.Fault{
		"404 on the agent":  {Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found in this environment."}`},
		"404 of a proxy":    {Status: http.StatusNotFound, Body: "<html>"},
		"500":               {Status: http.StatusInternalServerError},
		"an empty answer":   {Status: http.StatusOK, Body: " "},
		"no list":           {Status: http.StatusOK, Body: `{"success":true,"data":{}}`},
		"an answer cut off": {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, p, state := created(t, acctest.MinimalEventWebhook())
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 0})
			w.Inject(fault)

			after, said := p.Refresh(state)

			said.Are(t, `error: Could not read the webhook "CRM" (webhook-1) of agent agent-1`)
			if after.IsNull() {
				t.Error("the webhook left the state")
			}
			if name == "404 on the agent" {
				said.Hold(t, "The agent was deleted, and its webhooks with it", "terraform state rm")
			}
		})
	}
}

// TestDeleteOfWhatIsGone succeeds, unless the token may be of another environment.
func TestDeleteOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		body  string
		heads []string
	}{
		"the webhook is gone":    {`{"success":false,"message":"Webhook not found."}`, nil},
		"the agent is gone":      {`{"success":false,"message":"Agent not found"}`, nil},
		"in another environment": {`{"success":false,"message":"Agent not found in this environment."}`, []string{`error: Could not delete the webhook "CRM" (webhook-1) of agent agent-1`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, p, state := created(t, acctest.MinimalEventWebhook())
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteWebhook}, Status: http.StatusNotFound, Body: row.body})
			after, said := p.Apply(p.Plan(state, nil))
			said.Are(t, row.heads...)
			if after.IsNull() == (row.heads != nil) {
				t.Errorf("the state is %s", after)
			}
		})
	}
}

// TestUpdateOfWhatIsGone says so.
func TestUpdateOfWhatIsGone(t *testing.T) {
	t.Parallel()
	w, p, state := created(t, acctest.MinimalEventWebhook())
	plan := p.Plan(state, acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"timeout": 60}))
	w.RemoveWebhook(w.Agent, "webhook-1")
	after, said := p.Apply(plan)
	said.Are(t, `error: Could not update the webhook "CRM" (webhook-1) of agent agent-1`).Hold(t, "Webhook not found.", "Plan and apply again")
	p.Expect(after, acctest.Values{"timeout": int64(30)})
}

// TestWebhookHeldTwice: one webhook under two addresses is an error before one hits the other.
func TestWebhookHeldTwice(t *testing.T) {
	t.Parallel()
	_, p, state := created(t, acctest.MinimalEventWebhook())
	other, said := p.ImportByID("agent-1/webhook-1")
	said.Are(t, "warning: Some attributes cannot be imported")
	p.Plan(state, acctest.MinimalEventWebhook()).None(t)
	p.Plan(other, acctest.MinimalEventWebhook()).Are(t, "error: Webhook managed twice")
}
