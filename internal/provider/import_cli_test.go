package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// secretive is a webhook as somebody made it in the dashboard, with all that no
// answer shows.
func secretive() map[string]any {
	return map[string]any{
		"node_id": "schedule", "name": "Schedule", "description": "Schedules a meeting", "type": "webhook", "url": "https://api.example.com/schedule",
		"authorization_scheme": "bearer", "custom_headers": []any{map[string]any{"key": "X-Api-Key", "value": "made-by-hand"}},
		"speak_on_send": "One moment.", "speak_on_receive": "Done.", "execution_mode": "during_call", "integration": map[string]any{"id": "calendar"},
		"inputs": []any{map[string]any{"name": "date", "type": "string", "required": true, "description": "Meeting date"}},
	}
}

func webhook(nodeID, description string) string {
	return fmt.Sprintf(`
resource "talq_action" "a" {
  agent_id    = "agent-1"
  node_id     = %q
  name        = "Schedule"
  description = %q
  type        = "webhook"
  url         = "https://api.example.com/schedule"
  inputs      = [{ name = "date", required = true, description = "Meeting date" }]
}
`, nodeID, description)
}

// TestUpdateAfterImportLeavesHiddenFieldsAlone: the body must not even name what
// only the server knows.
func TestUpdateAfterImportLeavesHiddenFieldsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AddAction(w.agent, secretive())
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", webhook("schedule", "Schedules a meeting"))
	ws.terraform("import", "talq_action.a", "agent-1/"+id).exits(0).
		says("Some attributes cannot be imported", "`custom_headers`", "`speak_on_send`", "`authorization_scheme`", "`integration`", "`execution_mode`")

	t.Log("the node id is filled in without a write")
	ws.apply().says("0 added, 1 changed, 0 destroyed", "Warning: The node id cannot be checked")
	if n := w.Count(fakeapi.OpUpsertAction); n != 0 {
		t.Errorf("%d upserts, want none", n)
	}
	if state := ws.state()["talq_action.a"]; state["node_id"] != "schedule" || state["revision"] != nil {
		t.Errorf("the state has node_id %v and revision %v, want schedule and none", state["node_id"], state["revision"])
	}
	ws.planEmpty()

	t.Log("the description is edited")
	ws.write("main.tf", webhook("schedule", "Schedules a visit"))
	ws.apply().says("0 added, 1 changed, 0 destroyed").saysNot("Some attributes cannot be imported")
	requests := w.Requests(fakeapi.OpUpsertAction)
	if len(requests) != 1 {
		t.Fatalf("%d upserts, want 1", len(requests))
	}
	for _, field := range []string{"authorization_scheme", "custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "integration"} {
		if requests[0].Has(field) {
			t.Errorf("the body names %s", field)
		}
	}
	stored, _ := w.Action(w.agent, id)
	if got := toJSON(t, stored.Fields["custom_headers"]); !strings.Contains(got, "made-by-hand") {
		t.Errorf("the headers are now %s", got)
	}
	ws.planEmpty()
}

// TestWrongNodeID updates after an import under a node id that is not the
// action's own.
func TestWrongNodeID(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"agent-1/%s", "agent-1/%s/wrong"} {
		t.Run("of a sibling, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.AddAction(w.agent, secretive())
			sibling := w.AddAction(w.agent, takenHold("wrong"))
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", webhook("wrong", "Schedules a visit"))
			ws.terraform("import", "talq_action.a", fmt.Sprintf(form, id)).exits(0)
			before := ws.state()["talq_action.a"]

			ws.applyFails().says("The update hit another action", sibling, "nothing was deleted")

			if n := w.Count(fakeapi.OpDeleteAction); n != 0 {
				t.Errorf("%d deletes, want none", n)
			}
			if n := len(w.Actions(w.agent)); n != 2 {
				t.Errorf("the agent has %d actions, want 2", n)
			}
			if got, want := toJSON(t, ws.state()["talq_action.a"]), toJSON(t, before); got != want {
				t.Errorf("the state is now\n%s\nwant\n%s", got, want)
			}
		})
		t.Run("of nobody, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.AddAction(w.agent, secretive())
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", webhook("wrong", "Schedules a visit"))
			ws.terraform("import", "talq_action.a", fmt.Sprintf(form, id)).exits(0)

			ws.applyFails().says("The update found no action", "which was deleted again")

			if actions := w.Actions(w.agent); len(actions) != 1 || actions[0].ID != id {
				t.Errorf("the agent has %v, want %s alone", actions, id)
			}
			ws.terraform("plan", "-detailed-exitcode").exits(2)
			if !strings.Contains(form, "wrong") {
				ws.write("main.tf", webhook("schedule", "Schedules a visit"))
				ws.apply().says("0 added, 1 changed, 0 destroyed")
			}
		})
	}
	t.Run("of a sibling that was never edited: a listing tells it from a fresh one", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{UntouchedWhenEqual: true}))
		id := w.AddAction(w.agent, takenHold("own"))
		twin := map[string]any{"node_id": "wrong", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30,
			"current_status": "active", "inputs": []any{map[string]any{"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration in seconds", "value": 30}}}
		sibling := w.AddAction(w.agent, twin)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", holdAction("a", "wrong", ""))
		ws.terraform("import", "talq_action.a", "agent-1/"+id).exits(0)

		ws.applyFails().says("The update hit another action", sibling)

		if n := len(w.Actions(w.agent)); n != 2 {
			t.Errorf("the agent has %d actions, want 2", n)
		}
	})
}

// TestUpdateOfAnActionDeletedMeanwhile deletes the action between plan and apply.
func TestUpdateOfAnActionDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", holdAction("a", "hold", ""))
	ws.apply()
	id := w.idsByNode()["hold"]
	ws.write("main.tf", holdAction("a", "hold", `current_status = "inactive"`))
	ws.terraform("plan", "-out=saved.tfplan").exits(0)
	w.RemoveAction(w.agent, id)

	ws.terraform("apply", "saved.tfplan").exits(1).says("The action was deleted meanwhile", "Most likely somebody deleted ours", "Nothing was deleted", "takes over action-2")

	ws.apply().says("1 added, 0 changed, 0 destroyed")
	ws.planEmpty()
	if actions := w.Actions(w.agent); len(actions) != 1 || actions[0].ID != "action-2" || w.Count(fakeapi.OpDeleteAction) != 0 {
		t.Errorf("the agent has %v after %d deletes, want action-2 alone and none", actions, w.Count(fakeapi.OpDeleteAction))
	}
}

// TestGeneratedConfiguration imports each type with nothing written but the
// import block.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	made := newWorkspace(t, w.provider())
	made.write("main.tf", all(w.agent, 1))
	made.apply()
	w.ForgetJournal()
	for node, id := range w.idsByNode() {
		ws.write(node+".tf", fmt.Sprintf("import {\n  to = talq_action.%s\n  id = \"agent-1/%s/%s\"\n}\n", strings.TrimPrefix(node, "the-"), id, node))
	}

	ws.terraform("plan", "-generate-config-out=generated.tf").exits(0).says("4 to import, 0 to add, 0 to change, 0 to destroy")

	ws.apply().says("4 imported, 0 added, 0 changed, 0 destroyed")
	ws.planEmpty()
	if n := w.Count(fakeapi.OpUpsertAction); n != 0 {
		t.Errorf("%d upserts, want none", n)
	}
}

// TestImportWithVerify compares what an import brings with what the apply left,
// for each type, but for what the API does not return.
func TestImportWithVerify(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made, imported := newWorkspace(t, w.provider()), newWorkspace(t, w.provider())
	config := strings.NewReplacer("<<-EOT\n    ", `"`, "\n  EOT", `"`).Replace(all(w.agent, 1))
	made.write("main.tf", config)
	imported.write("main.tf", config)
	made.apply()
	for node, id := range w.idsByNode() {
		imported.terraform("import", "talq_action."+strings.TrimPrefix(node, "the-"), fmt.Sprintf("agent-1/%s/%s", id, node)).exits(0)
	}
	got, want := imported.state(), made.state()
	for address := range want {
		for _, unread := range []string{"authorization_scheme", "custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "integration", "revision"} {
			delete(want[address], unread)
			if got[address][unread] != nil {
				t.Errorf("%s of %s was imported as %v", unread, address, got[address][unread])
			}
			delete(got[address], unread)
		}
		if got, want := toJSON(t, got[address]), toJSON(t, want[address]); got != want {
			t.Errorf("%s was imported as\n%s\nwant\n%s", address, got, want)
		}
	}
}
