package guides_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

const unmanagedNames = "No configuration manages these actions of agent agent-1: "

// byHand puts an action on the agent as somebody does in the dashboard, and
// publishes the agent, so that nothing but the action tells.
func byHand(w acctest.World, name string) (id string) {
	id = w.AddAction(w.Agent, map[string]any{"name": name, "description": "Made by hand", "type": action.TypeHold, "hold_duration": 5})
	w.SetPublished(w.Agent, true)
	return id
}

func TestRecipeUnmanagedCheck(t *testing.T) {
	t.Parallel()
	const failed = "Warning: Check block assertion failed"
	w := acctest.NewWorld(t)
	ws := recipe(t, "unmanaged", "check", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))

	t.Log("what the code makes is managed, from the first apply on")
	ws.Apply().SaysNot("Warning")
	w.ForgetJournal()
	ws.PlanEmpty().SaysNot("Warning")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	t.Log("so is what it replaces, removes and edits")
	ws.Apply(`-replace=talq_action.this["reception"]`).Says("1 added, 1 changed, 1 destroyed").SaysNot("Warning")
	ws.Replace("main.tf", "    emergency = \"+12025550124\"\n", "")
	ws.Terraform("plan").Exits(0).Says("known after apply").SaysNot(failed)
	ws.Apply().Says("0 added, 1 changed, 1 destroyed").SaysNot("Warning")
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Apply().SaysNot("Warning")

	t.Log("an action made by hand is named, and left alone")
	id := byHand(w, "Wait")
	ws.PlanEmpty().Says(failed, unmanagedNames+"Wait ("+id+"). Import them")
	w.ForgetJournal()
	ws.Apply().Says(failed, unmanagedNames+"Wait ("+id+").")
	w.Wrote(t, acctest.Ops{})

	t.Log("a plan that changes actions leaves it to the apply")
	ws.Replace("main.tf", "+12025550199", "+12025550123")
	ws.Terraform("plan", "-detailed-exitcode").Exits(2).SaysNot(failed)
	ws.Apply().Says(failed, unmanagedNames+"Wait ("+id+").")

	w.RemoveAction(w.Agent, id)
	w.SetPublished(w.Agent, true)
	ws.PlanEmpty().SaysNot("Warning")
}

func TestRecipeUnmanagedPostcondition(t *testing.T) {
	t.Parallel()
	const failed = "Error: Resource postcondition failed"
	w := acctest.NewWorld(t)
	ws := recipe(t, "unmanaged", "postcondition", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply()
	ws.PlanEmpty()
	ws.Apply(`-replace=talq_action.this["reception"]`)
	ws.Replace("main.tf", "    emergency = \"+12025550124\"\n", "")
	ws.Apply().Says("0 added, 1 changed, 1 destroyed")

	t.Log("an action made by hand fails the plan")
	id := byHand(w, "Wait")
	w.ForgetJournal()
	ws.PlanFails().Says(failed, unmanagedNames+"Wait ("+id+"). Import them")
	ws.ApplyFails().Says(failed)
	w.Wrote(t, acctest.Ops{})

	t.Log("where actions change as well it fails the apply, and the agent is live anyway")
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Terraform("plan").Exits(0)
	w.ForgetJournal()
	ws.ApplyFails().Says(failed, unmanagedNames+"Wait ("+id+").")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)

	w.RemoveAction(w.Agent, id)
	w.SetPublished(w.Agent, true)
	ws.PlanEmpty()
}
