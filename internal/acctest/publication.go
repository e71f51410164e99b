package acctest

import (
	"testing"
)

// PublicationAddress is where the configurations of tests have their publication.
const PublicationAddress = "talq_agent_publication.this"

// ExpectDraftSeen expects a plan whose change to the publication is from draft
// to published.
func ExpectDraftSeen(t *testing.T, ws *Workspace) {
	t.Helper()
	change := ws.PlanChanges()[PublicationAddress]
	if change == nil {
		t.Fatal("the plan leaves the publication alone")
	}
	before, after := change.Before.(map[string]any)["current_status"], change.After.(map[string]any)["current_status"]
	if before != "draft" || after != "published" || !change.Actions.Update() {
		t.Errorf("the plan is to %v the publication from %v to %v", change.Actions, before, after)
	}
	ws.Terraform("plan").Exits(0).Says(`~ current_status = "draft" -> "published"`)
}

// ExpectLive expects what an agent is at the moment.
func (w World) ExpectLive(t *testing.T, agent string, live bool) {
	t.Helper()
	if got := w.AgentStatus(agent); (got == "published") != live {
		t.Errorf("agent %s is %s, want live: %v", agent, got, live)
	}
}
