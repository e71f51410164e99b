package action_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestWhatMayBeSomebodysIsNotDeleted takes away, one at a time, what makes it
// certain that an update under a wrong node id has made a new action.
func TestWhatMayBeSomebodysIsNotDeleted(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		args  []string
	}{
		{"a retried attempt", fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 1, Status: http.StatusServiceUnavailable}, nil},
		{"no listing from before", fakeapi.Fault{Match: agentRead, Status: http.StatusInternalServerError}, []string{"-refresh=false"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			id := w.AddAction(w.Agent, acctest.Secretive())
			ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 1"))
			ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
			ws.Terraform("import", "talq_action.a", "agent-1/"+id).Exits(0)
			w.Inject(row.fault)

			ws.ApplyFails(row.args...).Says("The update overwrote or created an action", "nothing was deleted",
				"Earlier writes of this run have put agent agent-1 into draft")

			if n := len(w.Actions(w.Agent)); n != 2 || len(w.Requests(fakeapi.Match{Op: fakeapi.OpDeleteAction})) != 0 {
				t.Errorf("the agent has %d actions, want 2", n)
			}
		})
	}
	t.Run("a 429 is no attempt: the new action is certain, and deleted", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		id := w.AddAction(w.Agent, acctest.Secretive())
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
		ws.Terraform("import", "talq_action.a", "agent-1/"+id).Exits(0)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Times: 1, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}})

		ws.ApplyFails().Says("The update found no action", "which was deleted again")

		if actions := w.Actions(w.Agent); len(actions) != 1 || actions[0].ID != id {
			t.Errorf("the agent has %v, want %s alone", actions, id)
		}
	})
	t.Run("the new action cannot be deleted again: the error names it", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		id := w.AddAction(w.Agent, acctest.Secretive())
		ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
		ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
		ws.Terraform("import", "talq_action.a", "agent-1/"+id).Exits(0)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Status: http.StatusInternalServerError})

		ws.ApplyFails().Says("Could not delete the action action-2 again", "first delete action-2 in the dashboard")
	})
}

// TestWaysOutOfAWrongNodeID tries what the error advises.
func TestWaysOutOfAWrongNodeID(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, form string) (acctest.World, *acctest.Workspace) {
		w := acctest.NewWorld(t)
		id := w.AddAction(w.Agent, acctest.Secretive())
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
		ws.Terraform("import", "talq_action.a", "agent-1/"+id+form).Exits(0)
		return w, ws
	}
	t.Run("the state has none: -replace under a new one", func(t *testing.T) {
		t.Parallel()
		w, ws := start(t, "")
		ws.ApplyFails().Says("terraform apply -replace=ADDRESS")
		ws.Write("main.tf", acctest.Webhook{NodeID: "mine", Description: "Schedules a visit"}.HCL())
		ws.Apply("-replace=talq_action.a").Says("1 added, 0 changed, 1 destroyed")
		ws.PlanEmpty()
		if n := len(w.Actions(w.Agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("the state has a wrong one: a new one replaces", func(t *testing.T) {
		t.Parallel()
		_, ws := start(t, "/wrong")
		ws.ApplyFails().Says("terraform state rm", "the plan then replaces the action")
		ws.Write("main.tf", acctest.Webhook{NodeID: "mine", Description: "Schedules a visit"}.HCL())
		ws.Apply().Says("1 added, 0 changed, 1 destroyed")
		ws.PlanEmpty()
	})
	t.Run("the state has a wrong one: import it again", func(t *testing.T) {
		t.Parallel()
		w, ws := start(t, "/wrong")
		ws.ApplyFails()
		ws.Terraform("state", "rm", "talq_action.a").Exits(0)
		ws.Terraform("import", "talq_action.a", "agent-1/"+w.IDsByNode()["schedule"]+"/schedule").Exits(0)
		ws.Write("main.tf", acctest.Webhook{Description: "Schedules a visit"}.HCL())
		ws.Apply().Says("0 added, 1 changed, 0 destroyed")
		ws.PlanEmpty()
	})
}

// TestUpdateOfAnActionThatWasJustTakenOver sends nothing.
func TestUpdateOfAnActionThatWasJustTakenOver(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	config := acctest.Values{"agent_id": w.Agent, "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}
	first, problems := p.Create(config)
	problems.None(t)
	p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
	update := p.Plan(first, acctest.ButWith(config, acctest.Values{"hold_duration": 31}))
	_, problems = p.Create(config)
	problems.Are(t, "warning: An existing action was overwritten")
	w.ForgetJournal()

	_, problems = p.Apply(update)

	problems.Are(t, "error at node_id: Duplicate node_id")
	w.Wrote(t, acctest.Ops{})
}

// TestAbsenceIsConfirmed: a page that shifts while a listing is read must not
// cost a live action its place in the state.
func TestAbsenceIsConfirmed(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: agentRead, Times: 1, Rewrite: func(body []byte) []byte { return bytes.ReplaceAll(body, []byte(`"action-1"`), []byte(`"action-9"`)) }})
	ws.PlanEmpty().SaysNot("An action is gone")
}
