package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// holdAction is the configuration of a hold under any address.
func holdAction(address, nodeID, more string) string {
	return fmt.Sprintf(`
resource "talq_action" %q {
  agent_id      = "agent-1"
  node_id       = %q
  name          = "Hold"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
  %s
}
`, address, nodeID, more)
}

// takenHold is a hold as the dashboard made it, an hour ago.
func takenHold(nodeID string) map[string]any {
	return map[string]any{
		"node_id": nodeID, "name": "Somebody's", "description": "Made by hand", "type": "hold", "hold_duration": 5,
		"created_at": time.Now().Add(-time.Hour).Format(time.RFC3339),
	}
}

const takeover = "Warning: An existing action was overwritten"

func TestCreateOnATakenNodeIDWarns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AddAction(w.agent, takenHold("hold"))
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", holdAction("a", "hold", ""))

	ws.apply().says(takeover, id, "made elsewhere", "interrupted")

	if n := len(w.Actions(w.agent)); n != 1 {
		t.Errorf("the agent has %d actions, want 1", n)
	}
	if got := ws.state()["talq_action.a"]["id"]; got != id {
		t.Errorf("the state has the id %v, want %s", got, id)
	}
	ws.planEmpty()
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
			w := newWorld(t, fakeapi.WithClock(func() time.Time { return time.Now().Add(row.clock) }))
			if row.taken {
				w.AddAction(w.agent, takenHold("hold"))
			}
			row.fault.Match, row.fault.Times = fakeapi.Match{Op: fakeapi.OpUpsertAction}, 1
			w.Inject(row.fault)
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", holdAction("a", "hold", ""))

			applied := ws.apply()

			if row.warns {
				applied.says(takeover)
			} else {
				applied.saysNot(takeover)
			}
			if n := len(w.Actions(w.agent)); n != 1 {
				t.Errorf("the agent has %d actions, want 1", n)
			}
			if n := w.Count(fakeapi.OpUpsertAction); n != 2 {
				t.Errorf("%d upserts, want 2", n)
			}
			ws.planEmpty()
		})
	}
}

func TestTwoResourcesForOneAction(t *testing.T) {
	t.Parallel()
	t.Run("both new: one is created, and the other refused before it is sent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", holdAction("a", "hold", "")+holdAction("b", "hold", ""))

		ws.applyFails().says("Duplicate node_id", `node id "hold"`, "Nothing was sent")

		if n := w.Count(fakeapi.OpUpsertAction); n != 1 {
			t.Errorf("%d upserts, want 1", n)
		}
		if state := ws.state(); len(state) != 1 {
			t.Errorf("the state holds %v, want one of the two", state)
		}
	})
	t.Run("known only at apply: an error, and no state for the second", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", `resource "terraform_data" "name" { input = "hold" }`+
			strings.ReplaceAll(holdAction("a", "X", "")+holdAction("b", "X", ""), `"X"`, "terraform_data.name.output"))

		ws.applyFails("-parallelism=1").says("Duplicate node_id")

		state := ws.state()
		delete(state, "terraform_data.name")
		if n := len(w.Actions(w.agent)); n > 1 || n != len(state) || n != w.Count(fakeapi.OpUpsertAction) {
			t.Errorf("the agent has %d actions after %d upserts, and the state holds %v; want at most one, the same in all three", n, w.Count(fakeapi.OpUpsertAction), state)
		}
	})
	t.Run("one that exists and a new one: a warning or an error at apply, an error at the next plan", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", holdAction("a", "hold", ""))
		ws.apply()
		ws.write("other.tf", holdAction("b", "hold", ""))

		ws.apply().says(takeover)

		ws.planFails().says("Action held twice", "terraform state rm")
		ws.remove("other.tf")
		ws.planFails().says("Action held twice")
		ws.terraform("state", "rm", "talq_action.b").exits(0)
		ws.planEmpty()
		if n := len(w.Actions(w.agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("updated and created in one apply: an error, and no state for the new one", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", holdAction("a", "hold", ""))
		ws.apply()
		ws.write("main.tf", holdAction("a", "hold", `current_status = "inactive"`))
		ws.write("other.tf", holdAction("b", "hold", "depends_on = [talq_action.a]"))

		ws.applyFails().says("Duplicate node_id")

		if n := w.Count(fakeapi.OpUpsertAction); n != 2 {
			t.Errorf("%d upserts, want 2: the create of a and its update", n)
		}
		if state := ws.state(); len(state) != 1 {
			t.Errorf("the state holds %v, want talq_action.a alone", state)
		}
		if n := len(w.Actions(w.agent)); n != 1 {
			t.Errorf("the agent has %d actions, want 1", n)
		}
	})
	t.Run("one that was imported twice: the second is refused before it is sent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		id := w.AddAction(w.agent, takenHold("hold"))
		ws.write("main.tf", holdAction("a", "hold", `current_status = "inactive"`)+holdAction("b", "hold", `current_status = "inactive"`))
		for _, address := range []string{"talq_action.a", "talq_action.b"} {
			ws.terraform("import", address, "agent-1/"+id+"/hold").exits(0)
		}
		w.ForgetJournal()

		ws.applyFails().says("Duplicate node_id", "Nothing was sent")

		if n := w.Count(fakeapi.OpUpsertAction); n != 1 || len(w.Actions(w.agent)) != 1 {
			t.Errorf("%d upserts and %d actions, want one of each", n, len(w.Actions(w.agent)))
		}
	})
	t.Run("both destroyed at once: no error", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", holdAction("a", "hold", ""))
		ws.apply()
		ws.write("other.tf", holdAction("b", "hold", ""))
		ws.apply()

		ws.destroy("-refresh=false") // a refresh plans to keep both first

		if n := len(w.Actions(w.agent)); n != 0 {
			t.Errorf("the agent has %d actions, want none", n)
		}
	})
}

// each is a for_each over one key, whose node id stays.
func each(key, dependsOn string) string {
	return holdAction("this", "hold", fmt.Sprintf("for_each = toset([%q])\n%s", key, dependsOn))
}

// TestRenamedKey renames a for_each key and leaves the node id. Which of POST and
// DELETE comes first is up to Terraform. The CLI can be made to bring about the
// one order; the other is played at protocol level, and by create_before_destroy
// below.
func TestRenamedKey(t *testing.T) {
	t.Parallel()
	t.Run("DELETE first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", each("old", ""))
		ws.apply()
		w.ForgetJournal()
		// The new key waits for an action whose own POST waits for the DELETE.
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "blocker"}, fakeapi.Match{Op: fakeapi.OpDeleteAction})
		ws.write("main.tf", each("new", "depends_on = [talq_action.blocker]")+holdAction("blocker", "blocker", ""))

		ws.apply().saysNot(takeover)

		w.expectOneHold(t, ws, `talq_action.this["new"]`)
		if n := w.Count(fakeapi.OpDeleteAction); n != 1 {
			t.Errorf("%d deletes, want 1", n)
		}
	})
	t.Run("POST first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		p := w.protocol(t)
		config := given{"agent_id": w.agent, "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}
		old, _ := p.create(config)
		p.configure(given{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
		w.ForgetJournal()
		destroy := p.plan(old, nil)

		renamed, said := p.create(config)
		said.Are(t, "warning: An existing action was overwritten")
		_, said = p.apply(destroy)

		said.Are(t, "warning: An action was taken over")
		said.Hold(t, "moved")
		if id := w.idsByNode()["hold"]; id == "" || p.attribute(renamed, "id") != id {
			t.Errorf("the new address has the id %v, the server %q", p.attribute(renamed, "id"), id)
		}
		if n := w.Count(fakeapi.OpDeleteAction); n != 0 {
			t.Errorf("%d deletes, want none", n)
		}
	})
	t.Run("with a moved block there is no write", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", each("old", ""))
		ws.apply()
		w.ForgetJournal()
		ws.write("main.tf", each("new", "")+"moved {\n  from = talq_action.this[\"old\"]\n  to = talq_action.this[\"new\"]\n}\n")
		ws.apply().says("0 added, 0 changed, 0 destroyed")
		if n := w.Count(fakeapi.OpUpsertAction) + w.Count(fakeapi.OpDeleteAction); n != 0 {
			t.Errorf("%d writes, want none", n)
		}
	})
}

func (w world) expectOneHold(t *testing.T, ws *workspace, address string) {
	t.Helper()
	id := w.idsByNode()["hold"]
	if id == "" {
		t.Fatal("the action is gone")
	}
	if got := ws.state()[address]["id"]; got != id {
		t.Errorf("%s has the id %v, want %s", address, got, id)
	}
	ws.planEmpty()
}

// TestCreateBeforeDestroy takes the action over and must not delete it then.
func TestCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", holdAction("a", "hold", "lifecycle { create_before_destroy = true }"))
	ws.apply()

	ws.apply("-replace=talq_action.a").says(takeover, "An action was taken over")

	w.expectOneHold(t, ws, "talq_action.a")
}
