package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestPublishWaitsForWritesUnderWay: also for one that no trigger refers to.
func TestPublishWaitsForWritesUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a"))
	ws.apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "b"}, Delay: time.Second})
	ws.write("main.tf", held(20, "a"))
	w.ForgetJournal()

	ws.apply()

	b, publish := w.first(fakeapi.OpUpsertAction, "b"), w.first(fakeapi.OpPublish, "")
	if b.AnsweredAt.IsZero() || publish.ArrivedAt.Before(b.AnsweredAt) {
		t.Errorf("the publish came at %s, the write was answered at %s", publish.ArrivedAt, b.AnsweredAt)
	}
	if status := w.AgentStatus(w.agent); status != "published" {
		t.Errorf("the agent is %s", status)
	}
}

// first returns the first request of a kind.
func (w world) first(op fakeapi.Op, nodeID string) fakeapi.Request {
	for _, r := range w.Requests(op) {
		if nodeID == "" || r.NodeID == nodeID {
			return r
		}
	}
	return fakeapi.Request{}
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
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", publication("a", "lifecycle { create_before_destroy = true }\n"))
		ws.apply()
		ws.apply("-replace=talq_agent_publication.a").says("Warning: The agent was left published", "moved")
		if n := w.Count(fakeapi.OpUnpublish); n != 0 || w.AgentStatus(w.agent) != "published" {
			t.Errorf("the agent is %s after %d unpublishes", w.AgentStatus(w.agent), n)
		}
	})
	t.Run("unpublish first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", publication("a", ""))
		ws.apply()
		ws.apply("-replace=talq_agent_publication.a").saysNot("left published")
		if n := w.Count(fakeapi.OpUnpublish); n != 1 || w.AgentStatus(w.agent) != "published" {
			t.Errorf("the agent is %s after %d unpublishes", w.AgentStatus(w.agent), n)
		}
	})
	t.Run("renamed, in whatever order", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", publication("a", ""))
		ws.apply()
		ws.write("main.tf", publication("b", ""))
		ws.apply()
		if status := w.AgentStatus(w.agent); status != "published" {
			t.Errorf("the agent is %s", status)
		}
		ws.planEmpty()
	})
}

// TestUnpublishThatDidNothing keeps the publication in the state.
func TestUnpublishThatDidNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n  unpublish_on_destroy = true\n}\n")
	ws.apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUnpublish}, Status: http.StatusOK, Body: `{"success":true,"data":{"id":"agent-1","current_status":"published"}}`})
	ws.terraform("destroy", "-auto-approve").exits(1).says("The agent is still on the air", `status "published"`)
	w.ClearFaults()
	ws.destroy()
	if status := w.AgentStatus(w.agent); status != "draft" {
		t.Errorf("the agent is %s", status)
	}
}

// TestAgentWithoutAStatus is an error: nobody can tell whether it takes calls.
func TestAgentWithoutAStatus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a", "b"))
	ws.apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Rewrite: func(body []byte) []byte {
		return []byte(strings.ReplaceAll(string(body), `"current_status":"published"`, `"current_status":null`))
	}})
	ws.planFails().says("The agent's status is not known")
	w.ClearFaults()
	ws.planEmpty()
}

// TestOddPartsOfAnAgent do not keep a publication from being planned.
func TestOddPartsOfAnAgent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a", "b"))
	ws.apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Rewrite: func(body []byte) []byte {
		text := strings.ReplaceAll(string(body), `"is_ready_to_publish":true`, `"is_ready_to_publish":1`)
		return []byte(strings.ReplaceAll(text, `"name":"Hold"`, `"name":5`))
	}})
	ws.planEmpty()
}

// TestReadinessSeenByADataSource warns before the first publish already.
func TestReadinessSeenByADataSource(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetReady(w.agent, false)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", "data \"talq_agent\" \"this\" { id = \"agent-1\" }\nresource \"talq_agent_publication\" \"this\" {\n  agent_id = data.talq_agent.this.id\n  triggers = {}\n}\n")
	ws.terraform("plan").exits(0).says("Warning: The agent is not ready to be published")
}

// TestDeleteWhoseAnswerGotLost: it still counts as a write, so the agent is a draft.
func TestDeleteWhoseAnswerGotLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.protocol(t)
	state, problems := p.create(given{"agent_id": w.agent, "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	problems.None(t)
	p.configure(given{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
	_, problems = p.invoke(given{"agent_id": w.agent})              // this run publishes the agent
	problems.None(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Times: 1, AfterProcessing: true, Status: http.StatusBadGateway})

	_, problems = p.apply(p.plan(state, nil))

	problems.Are(t, "warning: The agent is a draft again")
}
