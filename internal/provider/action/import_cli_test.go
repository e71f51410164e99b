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
