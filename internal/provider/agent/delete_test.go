package agent_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestDeletionProtection refuses at plan, also where the whole block is gone, and lets the
// way out that it names be gone.
func TestDeletionProtection(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	protected := acctest.FullAgent().With(acctest.AgentFields{"deletion_protection": ``})
	ws.Write("main.tf", protected.HCL())
	ws.Apply()
	w.ForgetJournal()
	ws.Terraform("plan", "-destroy").Exits(1).Says("The agent is protected", "set deletion_protection = false, apply, and then destroy it")
	ws.Terraform("destroy", "-auto-approve", "-refresh=false").Exits(1)
	ws.Write("main.tf", "")
	ws.ApplyFails().Says("The agent is protected")
	w.Wrote(t, acctest.Ops{})
	ws.Write("main.tf", protected.With(acctest.AgentFields{"deletion_protection": `false`}).HCL())
	w.ForgetJournal()
	ws.Apply().Says("0 added, 1 changed")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	ws.Write("main.tf", "")
	ws.Apply().Says("1 destroyed")
	if _, there := w.Server.Agent("agent-2"); there {
		t.Error("the agent is still there")
	}
}

// TestReplacementOnPurpose is the way that the error about a new name describes.
func TestReplacementOnPurpose(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	agent := acctest.FullAgent().With(acctest.AgentFields{"deletion_protection": ``})
	renamed := acctest.AgentFields{"label": `"Back office"`}
	ws.Write("main.tf", agent.HCL())
	ws.Apply()
	ws.Write("main.tf", agent.With(renamed).HCL())
	ws.PlanFails().Says("The API cannot change this", "terraform taint ADDRESS")
	ws.PlanFails("-replace=talq_agent.this").Says("The API cannot change this") // Terraform plans an update first

	ws.Terraform("taint", "talq_agent.this").Exits(0)
	ws.ApplyFails().Says("The agent is protected") // a replacement is no way round it
	ws.Terraform("untaint", "talq_agent.this").Exits(0)

	agent = agent.With(acctest.AgentFields{"deletion_protection": `false`})
	ws.Write("main.tf", agent.HCL())
	ws.Apply()
	ws.Terraform("taint", "talq_agent.this").Exits(0)
	ws.Write("main.tf", agent.With(renamed).HCL())
	ws.Apply().Says("1 added, 0 changed, 1 destroyed")
	ws.PlanEmpty()
	if agents := w.Agents(); len(agents) != 2 || agents[1].Fields["label"] != "Back office" {
		t.Errorf("the agents are %v", agents)
	}
}

// TestPublishedAgentIsUnpublishedFirst: the API deletes none that is published.
func TestPublishedAgentIsUnpublishedFirst(t *testing.T) {
	t.Parallel()
	config := acctest.ButWith(whole(), acctest.Values{"deletion_protection": false})
	for _, row := range []struct {
		name   string
		before func(*stage) // the plan
		after  func(*stage)
		codes  fakeapi.ErrorCodes
		want   acctest.Ops
	}{
		{"a draft", nil, nil, 0, acctest.Ops{fakeapi.OpDeleteAgent: 1}},
		{"published", func(s *stage) { s.SetPublished(s.id, true) }, nil, 0, acctest.Ops{fakeapi.OpUnpublish: 1, fakeapi.OpDeleteAgent: 1}},
		{"published after the plan", nil, func(s *stage) { s.SetPublished(s.id, true) }, 0, acctest.Ops{fakeapi.OpUnpublish: 1, fakeapi.OpDeleteAgent: 2}},
		{"published after the plan, by its code", nil, func(s *stage) { s.SetPublished(s.id, true) }, fakeapi.ErrorCodeInside, acctest.Ops{fakeapi.OpUnpublish: 1, fakeapi.OpDeleteAgent: 2}},
		{"gone after the plan", nil, func(s *stage) { s.RemoveAgent(s.id) }, 0, acctest.Ops{fakeapi.OpDeleteAgent: 1}},
		{"published, and gone after the plan", func(s *stage) { s.SetPublished(s.id, true) }, func(s *stage) { s.RemoveAgent(s.id) }, 0,
			acctest.Ops{fakeapi.OpUnpublish: 1, fakeapi.OpDeleteAgent: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := staged(t, config, fakeapi.WithBehaviour(fakeapi.Behaviour{ErrorCodes: row.codes}))
			if row.before != nil {
				row.before(s)
			}
			s = s.restarted(t)
			seen, _ := s.Refresh(s.state)
			plan := s.Plan(seen, nil)
			plan.None(t)
			if row.after != nil {
				row.after(s)
			}
			s.ForgetJournal()
			state, said := s.restarted(t).Apply(plan)
			said.None(t)
			s.Made(t, row.want)
			if _, there := s.World.Server.Agent(s.id); there || !state.IsNull() {
				t.Errorf("there: %t, state %s", there, state)
			}
		})
	}
}

// TestAgentOnACall is not deleted, and stays in the state.
func TestAgentOnACall(t *testing.T) {
	t.Parallel()
	for _, codes := range []fakeapi.ErrorCodes{fakeapi.ErrorCodeAbsent, fakeapi.ErrorCodeBeside, fakeapi.ErrorCodeInside} {
		s := staged(t, acctest.ButWith(whole(), acctest.Values{"deletion_protection": false}), fakeapi.WithBehaviour(fakeapi.Behaviour{ErrorCodes: codes}))
		s.SetPublished(s.id, true)
		s.StartCall(s.id)
		s = s.restarted(t)
		seen, _ := s.Refresh(s.state)
		state, said := s.Apply(s.Plan(seen, nil))
		said.Are(t, "error: The agent is on a call").Hold(t, "Wait until its calls have ended", "put agent agent-2 into draft")
		if state.IsNull() {
			t.Error("it was taken out of the state")
		}
		s.EndCalls(s.id)
		_, said = s.Apply(s.Plan(seen, nil))
		said.None(t)
	}
}

// TestDeleteThatFails leaves the agent in the state.
func TestDeleteThatFails(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		fault fakeapi.Fault
		said  string
	}{
		"of another environment": {fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAgent}, Status: 404, Body: `{"success":false,"message":"Agent not found in this environment."}`},
			`error: Could not delete the agent "Front desk" (agent-2)`},
		"a page of a proxy": {fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAgent}, Status: 404, Body: "<html></html>"},
			`error: Could not delete the agent "Front desk" (agent-2)`},
		"not allowed": {fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAgent}, Status: 403, Body: `{"success":false,"message":"No."}`},
			`error: Could not delete the agent "Front desk" (agent-2)`},
		"no unpublish": {fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUnpublish}, Status: 403, Body: `{"success":false,"message":"No."}`},
			`error: Could not unpublish the agent "Front desk" (agent-2)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := staged(t, acctest.ButWith(whole(), acctest.Values{"deletion_protection": false}))
			s.SetPublished(s.id, true)
			s = s.restarted(t)
			seen, _ := s.Refresh(s.state)
			s.Inject(row.fault)
			state, said := s.Apply(s.Plan(seen, nil))
			said.Are(t, row.said)
			if state.IsNull() {
				t.Error("it was taken out of the state")
			}
		})
	}
	t.Run("the answer gets lost", func(t *testing.T) {
		t.Parallel()
		s := staged(t, acctest.ButWith(whole(), acctest.Values{"deletion_protection": false}))
		s.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAgent}, Times: 1, AfterProcessing: true, Drop: true})
		_, said := s.Apply(s.Plan(s.state, nil))
		said.None(t)
		s.Made(t, acctest.Ops{fakeapi.OpDeleteAgent: 2})
	})
}

// TestMissingAgentIsAnErrorOnRead: a 404 is no proof that it is gone (API.md, ruling 8).
func TestMissingAgentIsAnErrorOnRead(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	s.RemoveAgent(s.id)
	s = s.restarted(t)
	state, said := s.Refresh(s.state)
	said.Are(t, `error: Could not read the agent "Front desk" (agent-2)`).Hold(t, "another environment", "terraform state rm")
	if state.IsNull() {
		t.Error("it was taken out of the state")
	}
}

// TestAgentThatIsWrittenAfterItsPublish is a draft again, and a warning says what to do.
func TestAgentThatIsWrittenAfterItsPublish(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	plan := s.Plan(s.state, acctest.ButWith(whole(), acctest.Values{"description": "You are brief."}))
	_, said := s.Protocol.Of("talq_agent_publication").Create(acctest.Values{"agent_id": s.id, "triggers": acctest.Values{}})
	said.None(t)
	s.ExpectLive(t, s.id, true)
	_, said = s.Apply(plan)
	said.Are(t, "warning: The agent is a draft again").Hold(t, "triggers = { agent = talq_agent.this.revision }")
	s.ExpectLive(t, s.id, false)
}
