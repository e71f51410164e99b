package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// TestGuideAdoptionOutputs repeats what the guide about adoption shows.
func TestGuideAdoptionOutputs(t *testing.T) {
	t.Parallel()
	needWordsOfTerraform(t)
	w := acctest.NewWorld(t)
	for _, fields := range []map[string]any{
		{"id": "4f21", "node_id": "schedule-appointment", "name": "Schedule an appointment", "description": "When the caller wants an appointment.", "type": action.TypeWebhook,
			"url": "https://practice.example.com/appointments", "inputs": []any{map[string]any{"name": "day", "type": "string", "required": true, "description": "The day"}}},
		{"id": "8c03", "name": "Transfer to reception", "description": "When the caller asks for a person.", "type": action.TypeTransfer, "transfer_to": "+12025550123"},
		{"id": "b7e9", "name": "Look up the schedule", "description": "When you need a moment.", "type": action.TypeHold, "hold_duration": 30},
	} {
		w.AddAction(w.Agent, fields)
	}
	w.SetPublished(w.Agent, true)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	if err := os.CopyFS(filepath.Join(ws.Dir, "adopt"), os.DirFS(filepath.Join(recipes, "adopt"))); err != nil {
		t.Fatal(err)
	}
	ws.Write("adopt/override.tf", w.ProviderBlock())
	w.ForgetJournal()

	read := shown(ws, `terraform -chdir=adopt apply -auto-approve -var=agent_id=agent-1 -var='node_ids={"4f21" = "schedule-appointment"}'`)
	outputs := map[string]string{
		"imports": shown(ws, "terraform -chdir=adopt output -raw imports > imports.tf; cat imports.tf"),
	}
	ws.GenerateConfig("imports.tf", func() {
		ws.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("3 to import, 0 to add, 0 to change, 0 to destroy", "(schedule-appointment)", "`integration`")
	})
	ws.Apply().Says("3 imported, 0 added, 0 changed, 0 destroyed")
	ws.Remove("imports.tf")
	ws.PlanEmpty()
	if !strings.Contains(read, "Apply complete! Resources: 0 added, 0 changed, 0 destroyed.") {
		t.Errorf("the first step of the adoption says\n%s", read)
	}
	w.Wrote(t, acctest.Ops{})
	outputs["publication"] = shown(ws, "terraform -chdir=adopt output -raw publication > publication.tf; cat publication.tf; terraform apply -auto-approve | tail -n 1")
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})

	w.EditAction(w.Agent, "4f21", map[string]any{"name": "Make an appointment"})
	ws.Replace("generated.tf", `"Schedule an appointment"`, `"Make an appointment"`)
	ws.Apply()

	ws.Replace("generated.tf", "When the caller wants an appointment.", "When the caller wants to come by.")
	w.ForgetJournal()
	ws.Apply().Says("0 added, 2 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})

	ws.Replace("generated.tf", "+12025550123", "+12025550199")
	w.ForgetJournal()
	ws.ApplyFails().Says("A change needs the node id")
	w.Wrote(t, acctest.Ops{})
	w.ExpectLive(t, w.Agent, true)

	edit(ws, t, "node_id +=.*", `node_id = "transfer-to-reception"`, "talq_action.transfer_to_reception")
	w.ForgetJournal()
	outputs["replace"] = shown(ws, "terraform apply -auto-approve -replace=talq_action.transfer_to_reception | grep complete")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpDeleteAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()
	if _, there := w.Action(w.Agent, "8c03"); there || len(w.Actions(w.Agent)) != 3 {
		t.Errorf("the agent has %v", fmt.Sprint(w.Actions(w.Agent)))
	}
	compareGuides(t, outputs)
}
