package agent_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func TestScratch(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.FullAgent().HCL())
	t.Log(ws.Apply().Output)
	t.Log(ws.PlanEmpty().Output)
	for _, r := range w.Journal() {
		t.Log(r.Op, r.Status, string(r.RawBody))
	}
	t.Log(acctest.ToJSON(t, ws.State()))
	ws.Destroy()
	t.Log(w.Agents())
}
