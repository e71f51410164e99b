package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestUpdateAfterImportLeavesHiddenFieldsAlone: the body must not even name what
// only the server knows.
func TestUpdateAfterImportLeavesHiddenFieldsAlone(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, acctest.Secretive())
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.WebhookWith(""))
	ws.Terraform("import", "talq_action.a", "agent-1/"+id).Exits(0).
		Says("Some attributes cannot be imported", "`custom_headers`", "`speak_on_send`", "`authorization_scheme`", "`integration`", "`execution_mode`")

	t.Log("the node id is filled in without a write")
	ws.Apply().Says("0 added, 1 changed, 0 destroyed", "Warning: The node id cannot be checked")
	w.Wrote(t, acctest.Ops{})
	if state := ws.State()["talq_action.a"]; state["node_id"] != "schedule" || state["revision"] != nil {
		t.Errorf("the state has node_id %v and revision %v, want schedule and none", state["node_id"], state["revision"])
	}
	ws.PlanEmpty()

	t.Log("the description is edited")
	ws.Write("main.tf", acctest.Webhook{Description: "Schedules a visit"}.HCL())
	ws.Apply().Says("0 added, 1 changed, 0 destroyed").SaysNot("Some attributes cannot be imported")
	requests := w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})
	if len(requests) != 1 {
		t.Fatalf("%d upserts, want 1", len(requests))
	}
	for _, field := range []string{"authorization_scheme", "custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "integration"} {
		if requests[0].Has(field) {
			t.Errorf("the body names %s", field)
		}
	}
	stored, _ := w.Action(w.Agent, id)
	if got := acctest.ToJSON(t, stored.Fields["custom_headers"]); !strings.Contains(got, "made-by-hand") {
		t.Errorf("the headers are now %s", got)
	}
	ws.PlanEmpty()
}

// TestWrongNodeID updates after an import under a node id that is not the
// action's own.
func TestWrongNodeID(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"agent-1/%s", "agent-1/%s/wrong"} {
		t.Run("of a sibling, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			id := w.AddAction(w.Agent, acctest.Secretive())
			sibling := w.AddAction(w.Agent, acctest.TakenHold("wrong"))
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
			ws.Terraform("import", "talq_action.a", fmt.Sprintf(form, id)).Exits(0)
			before := ws.State()["talq_action.a"]

			ws.ApplyFails().Says("The update overwrote another action", sibling, "nothing was deleted")

			w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
			if n := len(w.Actions(w.Agent)); n != 2 {
				t.Errorf("the agent has %d actions, want 2", n)
			}
			if got, want := acctest.ToJSON(t, ws.State()["talq_action.a"]), acctest.ToJSON(t, before); got != want {
				t.Errorf("the state is now\n%s\nwant\n%s", got, want)
			}
		})
		t.Run("of nobody, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			id := w.AddAction(w.Agent, acctest.Secretive())
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.Webhook{NodeID: "wrong", Description: "Schedules a visit"}.HCL())
			ws.Terraform("import", "talq_action.a", fmt.Sprintf(form, id)).Exits(0)

			ws.ApplyFails().Says("The update found no action", "which was deleted again")

			if actions := w.Actions(w.Agent); len(actions) != 1 || actions[0].ID != id {
				t.Errorf("the agent has %v, want %s alone", actions, id)
			}
			ws.Terraform("plan", "-detailed-exitcode").Exits(2)
			if !strings.Contains(form, "wrong") {
				ws.Write("main.tf", acctest.Webhook{Description: "Schedules a visit"}.HCL())
				ws.Apply().Says("0 added, 1 changed, 0 destroyed")
			}
		})
	}
	t.Run("of a sibling that was never edited: a listing tells it from a fresh one", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{UntouchedWhenEqual: true}))
		id := w.AddAction(w.Agent, acctest.TakenHold("own"))
		twin := map[string]any{"node_id": "wrong", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30,
			"current_status": "active", "inputs": []any{map[string]any{"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration in seconds", "value": 30}}}
		sibling := w.AddAction(w.Agent, twin)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.HoldAction("a", "wrong", ""))
		ws.Terraform("import", "talq_action.a", "agent-1/"+id).Exits(0)

		ws.ApplyFails().Says("The update overwrote another action", sibling)

		if n := len(w.Actions(w.Agent)); n != 2 {
			t.Errorf("the agent has %d actions, want 2", n)
		}
	})
}

// TestUpdateOfAnActionDeletedMeanwhile deletes the action between plan and apply.
func TestUpdateOfAnActionDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "hold", ""))
	ws.Apply()
	id := w.IDsByNode()["hold"]
	ws.Write("main.tf", acctest.HoldAction("a", "hold", `current_status = "inactive"`))
	ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
	w.RemoveAction(w.Agent, id)

	ws.Terraform("apply", "saved.tfplan").Exits(1).Says("The action was deleted meanwhile", "Most likely somebody deleted ours", "Nothing was deleted", "takes over action-2")

	ws.Apply().Says("1 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	if actions := w.Actions(w.Agent); len(actions) != 1 || actions[0].ID != "action-2" {
		t.Errorf("the agent has %v, want action-2 alone", actions)
	}
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 3})
}

// TestImportBlockThatStandsAlone: what the pages say of Terraform 1.16.0 to 1.16.2 is
// so, and of each other CLI the opposite.
func TestImportBlockThatStandsAlone(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, acctest.TakenHold("hold"))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("imports.tf", fmt.Sprintf("import {\n  to = talq_action.a\n  id = \"agent-1/%s/hold\"\n}\n", id))

	plan := ws.Terraform("plan", "-generate-config-out=generated.tf")

	switch fails := acctest.LoneImportFails(t); {
	case fails && strings.Contains(plan.Output, "1 to import"):
		t.Errorf("%s takes an import block without a resource block. The pages say that it does not: grep -rn 39144 templates", acctest.CLIVersion(t))
	case fails:
		plan.Says("failed to read", "registry.terraform.io/hashicorp/talq") // as the guide of error messages quotes it
	default:
		plan.Exits(0)
	}
}

// TestGeneratedConfiguration imports each type with nothing written but the
// import block.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	made := acctest.NewWorkspace(t, w.ProviderBlock())
	made.Write("main.tf", acctest.AllKinds(w.Agent, 1))
	made.Apply()
	w.ForgetJournal()
	var blocks strings.Builder
	for node, id := range w.IDsByNode() {
		fmt.Fprintf(&blocks, "import {\n  to = talq_action.%s\n  id = \"agent-1/%s/%s\"\n}\n", strings.TrimPrefix(node, "the-"), id, node)
	}
	ws.Write("imports.tf", blocks.String())

	ws.GenerateConfig("imports.tf", func() {
		ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("4 to import, 0 to add, 0 to change, 0 to destroy")
	})

	ws.Apply().Says("4 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.Wrote(t, acctest.Ops{})
}
