package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// guideOfDrift is the template of the guide about drift; see [guide].
const guideOfDrift = "../../templates/guides/drift.md.tmpl"

// TestGuideDriftOutputs repeats what the guide about drift shows.
func TestGuideDriftOutputs(t *testing.T) {
	t.Parallel()
	if have := cliVersion(t); !strings.HasPrefix(have, "Terraform v1.11.") {
		t.Skipf("the guide shows the output of Terraform 1.11, and this is %s", have)
	}
	w := newWorld(t)
	ws := recipe(t, "unmanaged", "check", w.provider(), fmt.Sprintf("agent_id = %q\n", w.agent))
	if err := os.CopyFS(filepath.Join(ws.dir, "pipelines"), os.DirFS(pipelines)); err != nil {
		t.Fatal(err)
	}
	ws.env = []string{"TERRAFORM=" + cliPath()}
	ws.apply()
	shown := map[string]string{"nothing": ws.shown("pipelines/drift.sh; echo $?")}

	ids := w.idsByNode()
	w.EditAction(w.agent, ids["transfer-to-reception"], map[string]any{"name": "To the front desk"})
	w.RemoveAction(w.agent, ids["transfer-to-emergency"])
	ws.replace("main.tf", "+12025550123", "+12025550199")
	shown["drift"] = ws.shown("pipelines/drift.sh; echo $?")

	ws.apply()
	w.EditAction(w.agent, w.idsByNode()["transfer-to-reception"], map[string]any{"integration": map[string]any{"id": "crm"}, "updated_at": later(0)})
	w.byHand("Put through to voicemail")
	shown["warnings"] = ws.shown("pipelines/drift.sh; echo $?")
	compareGuide(t, guideOfDrift, shown, func(string) bool { return true })
}
