package publication_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestPublishWaitsForWritesUnderWay: also for one that no trigger refers to.
func TestPublishWaitsForWritesUnderWay(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a"))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "b"}, Delay: time.Second})
	ws.Write("main.tf", acctest.Held(20, "a"))
	w.ForgetJournal()

	ws.Apply()

	b, publish := w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "b"})[0], w.Requests(fakeapi.Match{Op: fakeapi.OpPublish})[0]
	if b.AnsweredAt.IsZero() || publish.ArrivedAt.Before(b.AnsweredAt) {
		t.Errorf("the publish came at %s, the write was answered at %s", publish.ArrivedAt, b.AnsweredAt)
	}
	if status := w.AgentStatus(w.Agent); status != "published" {
		t.Errorf("the agent is %s", status)
	}
}

// TestRenamedPublication must not take the agent off the air, whichever of
// publish and unpublish Terraform does first.
func TestRenamedPublication(t *testing.T) {
	t.Parallel()
	publication := func(name, more string) string {
		return fmt.Sprintf("resource \"talq_agent_publication\" %q {\n  agent_id = \"agent-1\"\n  triggers = {}\n  unpublish_on_destroy = true\n%s}\n", name, more)
	}
	t.Run("publish first, as under create_before_destroy", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", publication("a", "lifecycle { create_before_destroy = true }\n"))
		ws.Apply()
		ws.Apply("-replace=talq_agent_publication.a").Says("Warning: The agent was left published", "moved")
		w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 2})
		w.ExpectLive(t, w.Agent, true)
	})
	t.Run("unpublish first", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", publication("a", ""))
		ws.Apply()
		ws.Apply("-replace=talq_agent_publication.a").SaysNot("left published")
		w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 2, fakeapi.OpUnpublish: 1})
		w.ExpectLive(t, w.Agent, true)
	})
	t.Run("renamed, in whatever order", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", publication("a", ""))
		ws.Apply()
		ws.Write("main.tf", publication("b", ""))
		ws.Apply()
		if status := w.AgentStatus(w.Agent); status != "published" {
			t.Errorf("the agent is %s", status)
		}
		ws.PlanEmpty()
	})
}

// TestUnpublishThatDidNothing keeps the publication in the state.
func TestUnpublishThatDidNothing(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n  unpublish_on_destroy = true\n}\n")
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUnpublish}, Status: http.StatusOK, Body: `{"success":true,"data":{"id":"agent-1","current_status":"published"}}`})
	ws.Terraform("destroy", "-auto-approve").Exits(1).Says("The agent is still on the air", `status "published"`)
	w.ClearFaults()
	ws.Destroy()
	if status := w.AgentStatus(w.Agent); status != "draft" {
		t.Errorf("the agent is %s", status)
	}
}

// TestAgentWithoutAStatus is an error: nobody can tell whether it takes calls.
func TestAgentWithoutAStatus(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Rewrite: func(body []byte) []byte {
		return []byte(strings.ReplaceAll(string(body), `"current_status":"published"`, `"current_status":null`))
	}})
	ws.PlanFails().Says("The agent's status is not known")
	w.ClearFaults()
	ws.PlanEmpty()
}

// TestOddPartsOfAnAgent do not keep a publication from being planned.
func TestOddPartsOfAnAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Rewrite: func(body []byte) []byte {
		text := strings.ReplaceAll(string(body), `"is_ready_to_publish":true`, `"is_ready_to_publish":1`)
		return []byte(strings.ReplaceAll(text, `"name":"Hold"`, `"name":5`))
	}})
	ws.PlanEmpty()
}

// TestReadinessSeenByADataSource warns before the first publish already.
func TestReadinessSeenByADataSource(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.SetReady(w.Agent, false)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "data \"talq_agent\" \"this\" { id = \"agent-1\" }\nresource \"talq_agent_publication\" \"this\" {\n  agent_id = data.talq_agent.this.id\n  triggers = {}\n}\n")
	ws.Terraform("plan").Exits(0).Says("Warning: The agent is not ready to be published")
}

// TestDeleteWhoseAnswerGotLost: it still counts as a write, so the agent is a draft.
func TestDeleteWhoseAnswerGotLost(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	state, problems := p.Create(acctest.Values{"agent_id": w.Agent, "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	problems.None(t)
	p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
	_, problems = invoke(p, acctest.Values{"agent_id": w.Agent})             // this run publishes the agent
	problems.None(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Times: 1, AfterProcessing: true, Status: http.StatusBadGateway})

	_, problems = p.Apply(p.Plan(state, nil))

	problems.Are(t, "warning: The agent is a draft again")
}
