package action_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const takeover = "Warning: An existing action was overwritten"

func TestCreateOnATakenNodeIDWarns(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, acctest.TakenHold("hold"))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))

	ws.Apply().Says(takeover, id, "by another configuration", "interrupted")

	if n := len(w.Actions(w.Agent)); n != 1 {
		t.Errorf("the agent has %d actions, want 1", n)
	}
	if got := ws.State()["talq_action.a"]["id"]; got != id {
		t.Errorf("the state has the id %v, want %s", got, id)
	}
	ws.PlanEmpty()
}

func TestCreateWhoseAnswerGotLost(t *testing.T) {
	t.Parallel()
	unavailable := fakeapi.Fault{Status: http.StatusServiceUnavailable}
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		taken bool
		warns bool
		clock time.Duration // how far the server's clock is ahead of ours
	}{
		{"connection dropped after the work", fakeapi.Fault{AfterProcessing: true, Drop: true}, false, false, 0},
		{"answer cut off", fakeapi.Fault{AfterProcessing: true, Cut: true}, false, false, 0},
		{"502 after the work", fakeapi.Fault{AfterProcessing: true, Status: http.StatusBadGateway}, false, false, 0},
		{"server's clock ahead", fakeapi.Fault{AfterProcessing: true, Drop: true}, false, false, 3 * time.Hour},
		{"server's clock behind", fakeapi.Fault{AfterProcessing: true, Drop: true}, false, false, -3 * time.Hour},
		{"503 before the work, nothing there", unavailable, false, false, 0},
		{"503 before the work, node id taken", unavailable, true, true, 0},
		{"dropped after the work, node id taken", fakeapi.Fault{AfterProcessing: true, Drop: true}, true, true, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t, fakeapi.WithClock(func() time.Time { return time.Now().Add(row.clock) }))
			if row.taken {
				w.AddAction(w.Agent, acctest.TakenHold("hold"))
			}
			row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertAction}, 1
			w.Inject(row.fault)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))

			applied := ws.Apply()

			if row.warns {
				applied.Says(takeover)
			} else {
				applied.SaysNot(takeover)
			}
			if n := len(w.Actions(w.Agent)); n != 1 {
				t.Errorf("the agent has %d actions, want 1", n)
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2})
			ws.PlanEmpty()
		})
	}
}

func TestTwoResourcesForOneAction(t *testing.T) {
	t.Parallel()
	t.Run("both new: one is created, and the other refused before it is sent", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.HoldAction("a", "hold", "")+acctest.HoldAction("b", "hold", ""))

		ws.ApplyFails().Says("Duplicate node_id", `node id "hold"`, "Nothing was sent")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
		if state := ws.State(); len(state) != 1 {
			t.Errorf("the state holds %v, want one of the two", state)
		}
	})
	t.Run("known only at apply: an error, and no state for the second", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", `resource "terraform_data" "name" { input = "hold" }`+
			acctest.HoldAction("a", "${terraform_data.name.output}", "")+acctest.HoldAction("b", "${terraform_data.name.output}", ""))

		ws.ApplyFails("-parallelism=1").Says("Duplicate node_id")

		state := ws.State()
		delete(state, "terraform_data.name")
		if n := len(w.Actions(w.Agent)); n > 1 || n != len(state) || n != len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})) {
			t.Errorf("the agent has %d actions after %d upserts, and the state holds %v; want at most one, the same in all three", n, len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})), state)
		}
	})
	t.Run("one that exists and a new one: a warning or an error at apply, an error at the next plan", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
		ws.Apply()
		ws.Write("other.tf", acctest.HoldAction("b", "hold", ""))

		ws.Apply().Says(takeover)

		ws.PlanFails().Says("Action managed twice", "terraform state rm")
		ws.Remove("other.tf")
		ws.PlanFails().Says("Action managed twice")
		ws.Terraform("state", "rm", "talq_action.b").Exits(0)
		ws.PlanEmpty()
		if n := len(w.Actions(w.Agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("updated and created in one apply: an error, and no state for the new one", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
		ws.Apply()
		ws.Write("main.tf", acctest.HoldAction("a", "hold", `current_status = "inactive"`))
		ws.Write("other.tf", acctest.HoldAction("b", "hold", "depends_on = [talq_action.a]"))

		ws.ApplyFails().Says("Duplicate node_id")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2})
		if state := ws.State(); len(state) != 1 {
			t.Errorf("the state holds %v, want talq_action.a alone", state)
		}
		if n := len(w.Actions(w.Agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("one that was imported twice: the second is refused before it is sent", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		id := w.AddAction(w.Agent, acctest.TakenHold("hold"))
		ws.Write("main.tf", acctest.HoldAction("a", "hold", `current_status = "inactive"`)+acctest.HoldAction("b", "hold", `current_status = "inactive"`))
		for _, address := range []string{"talq_action.a", "talq_action.b"} {
			ws.Terraform("import", address, "agent-1/"+id+"/hold").Exits(0)
		}
		w.ForgetJournal()

		ws.ApplyFails().Says("Duplicate node_id", "Nothing was sent")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
		if n := len(w.Actions(w.Agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("both destroyed at once: no error", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
		ws.Apply()
		ws.Write("other.tf", acctest.HoldAction("b", "hold", ""))
		ws.Apply()

		ws.Destroy("-refresh=false") // a refresh plans to keep both first

		if n := len(w.Actions(w.Agent)); n != 0 {
			t.Errorf("the agent has %d actions, want none", n)
		}
	})
}

// each is a for_each over one key, whose node id stays.
func each(key, dependsOn string) string {
	return acctest.HoldAction("this", "hold", fmt.Sprintf("for_each = toset([%q])\n%s", key, dependsOn))
}

// TestRenamedKey renames a for_each key and leaves the node id. Which of POST and
// DELETE comes first is up to Terraform. The CLI can be made to bring about the
// one order; the other is played at protocol level, and by create_before_destroy
// below.
func TestRenamedKey(t *testing.T) {
	t.Parallel()
	t.Run("DELETE first", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", each("old", ""))
		ws.Apply()
		w.ForgetJournal()
		// The new key waits for an action whose own POST waits for the DELETE.
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "blocker"}, fakeapi.Match{Op: fakeapi.OpDeleteAction})
		ws.Write("main.tf", each("new", "depends_on = [talq_action.blocker]")+acctest.HoldAction("blocker", "blocker", ""))

		ws.Apply().SaysNot(takeover)

		expectOneHold(w, t, ws, `talq_action.this["new"]`)
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpDeleteAction: 1})
	})
	t.Run("POST first", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		p := w.Protocol(t)
		config := acctest.Values{"agent_id": w.Agent, "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}
		old, _ := p.Create(config)
		p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
		w.ForgetJournal()
		destroy := p.Plan(old, nil)

		renamed, said := p.Create(config)
		said.Are(t, "warning: An existing action was overwritten")
		_, said = p.Apply(destroy)

		said.Are(t, "warning: An action was taken over")
		said.Hold(t, "moved")
		if id := w.IDsByNode()["hold"]; id == "" || p.Attribute(renamed, "id") != id {
			t.Errorf("the new address has the id %v, the server %q", p.Attribute(renamed, "id"), id)
		}
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	})
	t.Run("with a moved block there is no write", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", each("old", ""))
		ws.Apply()
		w.ForgetJournal()
		ws.Write("main.tf", each("new", "")+"moved {\n  from = talq_action.this[\"old\"]\n  to = talq_action.this[\"new\"]\n}\n")
		ws.Apply().Says("0 added, 0 changed, 0 destroyed")
		w.Wrote(t, acctest.Ops{})
	})
}

func expectOneHold(w acctest.World, t *testing.T, ws *acctest.Workspace, address string) {
	t.Helper()
	id := w.IDsByNode()["hold"]
	if id == "" {
		t.Fatal("the action is gone")
	}
	if got := ws.State()[address]["id"]; got != id {
		t.Errorf("%s has the id %v, want %s", address, got, id)
	}
	ws.PlanEmpty()
}

// TestCreateBeforeDestroy takes the action over and must not delete it then.
func TestCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", "lifecycle { create_before_destroy = true }"))
	ws.Apply()

	ws.Apply("-replace=talq_action.a").Says(takeover, "An action was taken over")

	expectOneHold(w, t, ws, "talq_action.a")
}
