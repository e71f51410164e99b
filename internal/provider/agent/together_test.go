package agent_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAgentsOfOneConfiguration are made one by one, and read by two calls and a page.
func TestAgentsOfOneConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.RemoveAgent(w.Agent)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.LeastAgent().With(acctest.AgentFields{"count": `6`, "label": `"Agent ${count.index}"`}).HCL())
	ws.Apply().Says("6 added")
	w.Made(t, acctest.Ops{fakeapi.OpListAgents: 6, fakeapi.OpCreateAgent: 6})
	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 2, fakeapi.OpListAgents: 1})
	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 2, fakeapi.OpListAgents: 1, fakeapi.OpDeleteAgent: 6})
}

// TestEqualAgentsOfOneConfiguration: nothing tells them apart, and there are as many as
// there should be.
func TestEqualAgentsOfOneConfiguration(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.RemoveAgent(w.Agent)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Skip: 1, Times: 2, AfterProcessing: true, Drop: true})
	ws.Write("main.tf", acctest.LeastAgent().With(acctest.AgentFields{"count": `5`}).HCL())
	ws.Apply().Says("5 added", "An agent was found again")
	ws.PlanEmpty()
	if n := len(w.Agents()); n != 5 {
		t.Errorf("there are %d agents", n)
	}
}

// TestVoiceLeftToTheDashboard is what the error about a missing voice advises.
func TestVoiceLeftToTheDashboard(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	agent := acctest.LeastAgent()
	ws.Write("main.tf", agent.HCL())
	ws.Apply()
	w.EditAgent("agent-2", map[string]any{"voice": map[string]any{"id": "v", "template": map[string]any{"id": "theirs", "name": "Theirs"}}})
	ws.PlanFails().Says(`It has the voice template "theirs" now`, "ignore_changes = [voice]")
	ws.Write("main.tf", agent.With(acctest.AgentFields{acctest.Blocks: "lifecycle { ignore_changes = [voice] }"}).HCL())
	ws.PlanEmpty()
}

// TestReadinessThatAnApplyBringsAbout: a publication warns of an agent that is not ready, but
// not where this very apply writes it.
func TestReadinessThatAnApplyBringsAbout(t *testing.T) {
	t.Parallel()
	const notReady = "warning at agent_id: The agent is not ready to be published"
	s := staged(t, acctest.ButWith(whole(), acctest.Values{"phone_number_ids": nil}))
	for _, row := range []struct {
		config acctest.Values
		want   []string
	}{{acctest.ButWith(whole(), acctest.Values{"phone_number_ids": nil}), []string{notReady}}, {whole(), nil}} {
		s = s.restarted(t)
		seen, said := s.Refresh(s.state)
		said.None(t)
		s.Plan(seen, row.config).None(t)
		publication := s.Of("talq_agent_publication")
		publication.Plan(publication.Action(nil), acctest.Values{"agent_id": s.id, "triggers": acctest.Values{}}).Are(t, row.want...)
	}
}

// TestProviderBlockInATestFile: Terraform 1.15 configures one provider for all walks of such
// a file, which is handed its own agents again and again.
func TestProviderBlockInATestFile(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	w.RemoveAgent(w.Agent)
	ws := acctest.NewWorkspace(t, "")
	ws.Write("main.tf", "variable \"prompt\" {\n  default = \"You answer the phone.\"\n}\nvariable \"agents\" {\n  default = 2\n}\n"+
		acctest.FullAgent().With(acctest.AgentFields{"count": `var.agents`, "advanced_settings": ``, "description": `var.prompt`}).HCL()+
		"resource \"talq_agent_publication\" \"this\" {\n  agent_id = talq_agent.this[0].id\n  triggers = { agent = talq_agent.this[0].revision }\n}\n")
	ws.Write("tests/agents.tftest.hcl", w.ProviderBlock()+`
run "create" {}
run "plan" {
  command = plan
}
run "change" {
  variables { prompt = "You are brief." }
}
run "fewer" {
  variables { agents = 1 }
}
`)
	ws.Terraform("test").Exits(0).Says("4 passed, 0 failed").SaysNot("Warning")
	if left := w.Agents(); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
