package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestGuideDriftOutputs repeats what the guide about drift shows.
func TestGuideDriftOutputs(t *testing.T) {
	t.Parallel()
	needWordsOfTerraform(t)
	w := acctest.NewWorld(t)
	ws := recipe(t, "unmanaged", "check", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	if err := os.CopyFS(filepath.Join(ws.Dir, "pipelines"), os.DirFS(pipelines)); err != nil {
		t.Fatal(err)
	}
	ws.Env = []string{"TERRAFORM=" + acctest.CLIPath()}
	ws.Apply()
	outputs := map[string]string{"nothing": shown(ws, "pipelines/drift.sh; echo $?")}

	ids := w.IDsByNode()
	w.EditAction(w.Agent, ids["transfer-to-reception"], map[string]any{"name": "To the front desk"})
	w.RemoveAction(w.Agent, ids["transfer-to-emergency"])
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	outputs["drift"] = shown(ws, "pipelines/drift.sh; echo $?")

	ws.Apply()
	w.EditAction(w.Agent, w.IDsByNode()["transfer-to-reception"], map[string]any{"integration": map[string]any{"id": "crm"}, "updated_at": acctest.Later(0)})
	byHand(w, "Put through to voicemail")
	if got := shown(ws, "pipelines/drift.sh; echo $?"); !strings.Contains(got, "## Drift: 2 findings") || !strings.HasSuffix(got, "\n2\n") {
		t.Errorf("a hidden change and an action that nothing manages end in\n%s", got)
	}
	compareGuides(t, outputs)
}

// TestMinimalRefreshSeesNoDrift shows why the guide keeps it out of a nightly plan.
func TestMinimalRefreshSeesNoDrift(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.17.0", acctest.Never, "plan -minimal-refresh")
	w, ws := guideAgent(t)
	w.EditAction(w.Agent, w.IDsByNode()["transfer-to-reception"], map[string]any{"name": "To the front desk"})
	w.SetPublished(w.Agent, false)

	ws.PlanEmpty("-minimal-refresh")

	ws.Terraform("plan", "-detailed-exitcode").Exits(2).Says("To the front desk", `"draft" -> "published"`)
}
