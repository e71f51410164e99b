package provider

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

const unmanagedNames = "No configuration manages these actions of agent agent-1: "

// byHand puts an action on the agent as somebody does in the dashboard, and
// publishes the agent, so that nothing but the action tells.
func (w world) byHand(name string) (id string) {
	id = w.AddAction(w.agent, map[string]any{"name": name, "description": "Made by hand", "type": action.TypeHold, "hold_duration": 5})
	w.SetPublished(w.agent, true)
	return id
}

func TestRecipeUnmanagedCheck(t *testing.T) {
	t.Parallel()
	const failed = "Warning: Check block assertion failed"
	w := newWorld(t)
	ws := recipe(t, "unmanaged", "check", w.provider(), fmt.Sprintf("agent_id = %q\n", w.agent))

	t.Log("what the code makes is managed, from the first apply on")
	ws.apply().saysNot("Warning")
	w.ForgetJournal()
	ws.planEmpty().saysNot("Warning")
	w.made(t, ops{fakeapi.OpGetAgent: 1})

	t.Log("so is what it replaces, removes and edits")
	ws.apply(`-replace=talq_action.this["reception"]`).says("1 added, 1 changed, 1 destroyed").saysNot("Warning")
	ws.replace("main.tf", "    emergency = \"+12025550124\"\n", "")
	ws.terraform("plan").exits(0).says("known after apply").saysNot(failed)
	ws.apply().says("0 added, 1 changed, 1 destroyed").saysNot("Warning")
	ws.replace("main.tf", "+12025550123", "+12025550199")
	ws.apply().saysNot("Warning")

	t.Log("an action made by hand is named, and left alone")
	id := w.byHand("Wait")
	ws.planEmpty().says(failed, unmanagedNames+"Wait ("+id+"). Import them")
	w.ForgetJournal()
	ws.apply().says(failed, unmanagedNames+"Wait ("+id+").")
	if n := len(w.writes()); n != 0 {
		t.Errorf("%d writes, want none", n)
	}

	t.Log("a plan that changes actions leaves it to the apply")
	ws.replace("main.tf", "+12025550199", "+12025550123")
	ws.terraform("plan", "-detailed-exitcode").exits(2).saysNot(failed)
	ws.apply().says(failed, unmanagedNames+"Wait ("+id+").")

	w.RemoveAction(w.agent, id)
	w.SetPublished(w.agent, true)
	ws.planEmpty().saysNot("Warning")
}

func TestRecipeUnmanagedPostcondition(t *testing.T) {
	t.Parallel()
	const failed = "Error: Resource postcondition failed"
	w := newWorld(t)
	ws := recipe(t, "unmanaged", "postcondition", w.provider(), fmt.Sprintf("agent_id = %q\n", w.agent))
	ws.apply()
	ws.planEmpty()
	ws.apply(`-replace=talq_action.this["reception"]`)
	ws.replace("main.tf", "    emergency = \"+12025550124\"\n", "")
	ws.apply().says("0 added, 1 changed, 1 destroyed")

	t.Log("an action made by hand fails the plan")
	id := w.byHand("Wait")
	w.ForgetJournal()
	ws.planFails().says(failed, unmanagedNames+"Wait ("+id+"). Import them")
	ws.applyFails().says(failed)
	if n := len(w.writes()); n != 0 {
		t.Errorf("%d writes, want none", n)
	}

	t.Log("where actions change as well it fails the apply, and the agent is live anyway")
	ws.replace("main.tf", "+12025550123", "+12025550199")
	ws.terraform("plan").exits(0)
	w.ForgetJournal()
	ws.applyFails().says(failed, unmanagedNames+"Wait ("+id+").")
	w.expectOnAgent(t, w.agent, 1, []int{0}, 1)
	w.expectLive(t, w.agent, true)

	w.RemoveAction(w.agent, id)
	w.SetPublished(w.agent, true)
	ws.planEmpty()
}
