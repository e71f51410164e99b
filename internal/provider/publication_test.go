package provider

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// held is two holds and the publication of their agent, which triggers on the
// given of them.
func held(seconds int, triggers ...string) string {
	var b strings.Builder
	for _, name := range []string{"a", "b"} {
		b.WriteString(strings.Replace(holdAction(name, name, ""), "= 30", fmt.Sprintf("= %d", seconds), 1))
	}
	b.WriteString("resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {\n")
	for _, name := range triggers {
		fmt.Fprintf(&b, "    %s = talq_action.%s.revision\n", name, name)
	}
	return b.String() + "  }\n}\n"
}

const publicationAddress = "talq_agent_publication.this"

// expectDraftSeen expects a plan whose change to the publication is from draft
// to published.
func expectDraftSeen(t *testing.T, ws *workspace) {
	t.Helper()
	change := ws.planChanges()[publicationAddress]
	if change == nil {
		t.Fatal("the plan leaves the publication alone")
	}
	before, after := change.Before.(map[string]any)["current_status"], change.After.(map[string]any)["current_status"]
	if before != "draft" || after != "published" || !change.Actions.Update() {
		t.Errorf("the plan is to %v the publication from %v to %v", change.Actions, before, after)
	}
	ws.terraform("plan").exits(0).says(`~ current_status = "draft" -> "published"`)
}

// TestFailedPublish loses nothing, and the next apply publishes and does no more.
func TestFailedPublish(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		ready bool
		sent  int // how often the publish is sent by the apply that fails
		says  []string
	}{
		{"500 for longer than the retries", fakeapi.Fault{Status: http.StatusInternalServerError}, true, 3,
			[]string{"Could not publish the agent agent-1", "after 3 attempts", "The actions that were written are in the state", "takes no calls", "The quickest way back is the dashboard"}},
		{"422, with the reasons", fakeapi.Fault{}, false, 1,
			[]string{"Could not publish the agent agent-1", "Agent is not ready to publish.", "No voice was chosen.", "No number.", "Complete the agent in the dashboard"}},
		{"200 that says draft", fakeapi.Fault{Rewrite: func(body []byte) []byte { return []byte(strings.Replace(string(body), "published\"", "draft\"", 1)) }}, true, 1,
			[]string{"The agent is not live", `status "draft"`}},
		{"200 without a status", fakeapi.Fault{Rewrite: func([]byte) []byte { return []byte(`{"success":true,"data":{"id":"agent-1"}}`) }}, true, 1,
			[]string{"The agent is not live"}},
	} {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, first publish %v", row.name, first), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				ws := newWorkspace(t, strings.Replace(w.provider(), "}\n", "  max_retries = 2\n}\n", 1))
				if !first {
					ws.write("main.tf", held(10, "a", "b"))
					ws.apply()
				}
				w.SetReady(w.agent, row.ready, "No voice was chosen.", "No number.")
				row.fault.Match = fakeapi.Match{Op: fakeapi.OpPublish}
				w.Inject(row.fault)
				ws.write("main.tf", held(20, "a", "b"))
				w.ForgetJournal()

				ws.applyFails().says(row.says...)

				w.expectOnAgent(t, w.agent, 2, []int{0}, row.sent)

				state := ws.state()
				for _, address := range []string{"talq_action.a", "talq_action.b"} {
					if got := fmt.Sprint(state[address]["hold_duration"]); got != "20" {
						t.Errorf("the state of %s has hold_duration %s, want 20", address, got)
					}
				}
				w.ClearFaults()
				w.SetReady(w.agent, true)
				// Where the answer alone was wrong, the dashboard makes it true.
				w.SetPublished(w.agent, false)
				ws.terraform("plan", "-detailed-exitcode").exits(2)
				w.ForgetJournal()
				ws.apply()
				w.expectOnAgent(t, w.agent, 0, []int{0}, 1)
				if status := w.AgentStatus(w.agent); status != "published" {
					t.Errorf("the agent is %s", status)
				}
				ws.planEmpty()
			})
		}
	}
}

// TestDraftIsDrift makes the agent a draft in each way that is not the apply's own.
func TestDraftIsDrift(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		make   func(t *testing.T, w world, ws *workspace)
		writes int // of the apply that heals it
	}{
		{"unpublished in the dashboard", func(_ *testing.T, w world, _ *workspace) { w.SetPublished(w.agent, false) }, 0},
		{"edited in the dashboard", func(_ *testing.T, w world, _ *workspace) {
			w.EditAction(w.agent, w.idsByNode()["a"], map[string]any{"speak_on_send": "Hi"})
		}, 0},
		{"-target on one action", func(t *testing.T, w world, ws *workspace) {
			ws.write("main.tf", held(20, "a", "b"))
			w.ForgetJournal()
			ws.apply("-target=talq_action.a")
			w.expectOnAgent(t, w.agent, 1, []int{0}, 0)
		}, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", held(10, "a", "b"))
			ws.apply()
			row.make(t, w, ws)

			expectDraftSeen(t, ws)

			w.ForgetJournal()
			ws.apply()
			w.expectOnAgent(t, w.agent, row.writes, []int{0}, 1)
			ws.planEmpty()
		})
	}
}

// TestTriggersThatMissAnAction publish too early or not at all; the warning and
// the next plan say so.
func TestTriggersThatMissAnAction(t *testing.T) {
	t.Parallel()
	t.Run("the publication came first: a warning on the action", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", held(10, "a"))
		ws.apply()
		ws.write("main.tf", strings.Replace(held(20, "a"), `node_id       = "b"`, "depends_on    = [talq_agent_publication.this]\n  node_id       = \"b\"", 1))
		w.ForgetJournal()

		ws.apply().says("Warning: The agent is a draft again", `before it wrote the action "Hold" (b)`, "triggers")

		var order []fakeapi.Op
		for _, r := range w.writes() {
			order = append(order, r.Op)
		}
		if want := []fakeapi.Op{fakeapi.OpUpsertAction, fakeapi.OpPublish, fakeapi.OpUpsertAction}; !slices.Equal(order, want) {
			t.Errorf("the writes are %v, want %v", order, want)
		}
		w.expectLive(t, w.agent, false)
		expectDraftSeen(t, ws)
		w.ForgetJournal()
		ws.apply()
		w.expectOnAgent(t, w.agent, 0, []int{0}, 1)
		ws.planEmpty()
	})
	t.Run("no trigger changed: the next plan publishes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", held(10))
		ws.apply()
		ws.apply() // whichever came first, the agent is published now
		ws.write("main.tf", held(20))
		w.ForgetJournal()
		ws.apply()
		w.expectOnAgent(t, w.agent, 2, []int{0}, 0)
		expectDraftSeen(t, ws)
	})
}

// TestActionThatCannotBeWritten keeps the publication from running, and says
// what that means for the agent.
func TestActionThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	refused := fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "b"}, Status: http.StatusUnprocessableEntity,
		Body: `{"success":false,"message":"The given data was invalid.","errors":{"name":["The name is taken."]}}`}
	chained := func(seconds int) string { // b is written after a
		return strings.Replace(held(seconds, "a", "b"), `node_id       = "b"`, "depends_on    = [talq_action.a]\n  node_id       = \"b\"", 1)
	}
	t.Run("after another was written: the agent is a draft", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", chained(10))
		ws.apply()
		w.Inject(refused)
		ws.write("main.tf", chained(20))
		w.ForgetJournal()

		ws.applyFails().says("The name is taken.", "Earlier writes of this run have put agent agent-1 into draft", "takes no calls", "publish it in the dashboard")

		w.expectOnAgent(t, w.agent, 2, []int{0}, 0)
		w.ClearFaults()
		w.ForgetJournal()
		ws.apply()
		w.expectOnAgent(t, w.agent, 1, []int{0}, 1)
		ws.planEmpty()
	})
	t.Run("first of all: nothing was changed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", chained(10))
		ws.apply()
		w.Inject(refused)
		ws.write("main.tf", strings.Replace(chained(10), `"b"
  name          = "Hold"`, `"b"
  name          = "Taken"`, 1))
		w.ForgetJournal()

		ws.applyFails().says("So far this run has changed nothing on agent agent-1").saysNot("into draft")

		w.expectOnAgent(t, w.agent, 1, []int{0}, 0)
		if status := w.AgentStatus(w.agent); status != "published" {
			t.Errorf("the agent is %s", status)
		}
	})
	t.Run("after this run published: the agent takes calls", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", held(10, "a"))
		ws.apply()
		w.Inject(refused)
		ws.write("main.tf", strings.Replace(held(20, "a"), `node_id       = "b"`, "depends_on    = [talq_agent_publication.this]\n  node_id       = \"b\"", 1))
		w.ForgetJournal()

		ws.applyFails().says("This run has published agent agent-1", "it is published and takes calls").saysNot("changed nothing")

		if got := len(w.writes()); got != 3 || w.AgentStatus(w.agent) != "published" {
			t.Errorf("the agent is %s after %d writes, want published after 3", w.AgentStatus(w.agent), got)
		}
	})
	t.Run("after this run unpublished: the agent is a draft", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", strings.Replace(held(10, "a", "b"), "  triggers", "  unpublish_on_destroy = true\n  triggers", 1))
		ws.apply()
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Status: http.StatusForbidden, Body: `{"success":false,"message":"No."}`})

		ws.terraform("destroy", "-auto-approve").exits(1).says("have put agent agent-1 into draft", "takes no calls").saysNot("changed nothing")

		if n := w.Count(fakeapi.OpUnpublish); n != 1 || w.AgentStatus(w.agent) != "draft" {
			t.Errorf("the agent is %s after %d unpublishes", w.AgentStatus(w.agent), n)
		}
	})
	t.Run("without an answer: nobody knows", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, strings.Replace(w.provider(), "}\n", "  max_retries = 0\n}\n", 1))
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Drop: true})
		ws.write("main.tf", holdAction("a", "a", ""))
		ws.applyFails().says("It is not known whether this run has put agent agent-1 into draft")
	})
}

// TestNothingPublishesByItself: no change, a refresh, a plan.
func TestNothingPublishesByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a", "b"))
	ws.apply()
	w.ForgetJournal()
	ws.apply().says("0 added, 0 changed, 0 destroyed")
	w.SetPublished(w.agent, false)
	ws.apply("-refresh-only")
	ws.terraform("refresh").exits(0)
	ws.planChanges()
	w.expectOnAgent(t, w.agent, 0, []int{0}, 0)
}

// TestReadinessWarning comes only in a plan that publishes, and costs no request.
func TestReadinessWarning(t *testing.T) {
	t.Parallel()
	const warning = "Warning: The agent is not ready to be published"
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", held(10, "a", "b"))
	ws.apply()
	w.SetReady(w.agent, false)

	ws.planEmpty().saysNot(warning)

	ws.write("main.tf", held(20, "a", "b"))
	w.ForgetJournal()
	ws.terraform("plan").exits(0).says(warning)
	if n := w.Count(fakeapi.OpGetAgent); n != 1 {
		t.Errorf("%d reads of the agent, want 1", n)
	}
	ws.terraform("plan", "-refresh=false").exits(0).saysNot(warning)
	w.SetReady(w.agent, true)
	ws.terraform("plan").exits(0).saysNot(warning)
}

// TestDestroyOfAPublication forgets, or takes the agent off the air.
func TestDestroyOfAPublication(t *testing.T) {
	t.Parallel()
	alone := func(more string) string {
		return "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n" + more + "}\n"
	}
	for _, row := range []struct {
		name        string
		config      string
		gone        bool
		unpublishes int
		status      string
	}{
		{"forgotten", alone(""), false, 0, "published"},
		{"unpublished on demand", alone("unpublish_on_destroy = true\n"), false, 1, "draft"},
		{"of an agent that is gone", alone("unpublish_on_destroy = true\n"), true, 1, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", row.config)
			ws.apply()
			if row.gone {
				w.RemoveAgent(w.agent)
			}
			w.ForgetJournal()
			ws.destroy("-refresh=false")
			if n := w.Count(fakeapi.OpUnpublish); n != row.unpublishes {
				t.Errorf("%d requests to unpublish, want %d", n, row.unpublishes)
			}
			if status := w.AgentStatus(w.agent); status != row.status {
				t.Errorf("the agent is %q, want %q", status, row.status)
			}
		})
	}
	t.Run("changing what a destroy does publishes nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ws := newWorkspace(t, w.provider())
		ws.write("main.tf", alone(""))
		ws.apply()
		ws.write("main.tf", alone("unpublish_on_destroy = true\n"))
		w.ForgetJournal()
		ws.apply().says("1 changed")
		w.expectOnAgent(t, w.agent, 0, []int{0}, 0)
		ws.planEmpty()
	})
}

// TestPublicationOfAnAgentThatIsNotFound keeps the state (API.md, ruling 8).
func TestPublicationOfAnAgentThatIsNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.AddEnvironment()
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n  unpublish_on_destroy = true\n}\n")
	ws.apply()
	ws.write("provider.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"+providerBlock(w.BaseURL(), other))
	advice := "The token belongs to another environment"
	ws.planFails().says("Could not read the agent agent-1", advice, "terraform state rm")
	ws.terraform("destroy", "-auto-approve", "-refresh=false").exits(1).says("Could not unpublish the agent agent-1", advice)
	if state := ws.state(); len(state) != 1 {
		t.Errorf("the state holds %v", state)
	}
	if status := w.AgentStatus(w.agent); status != "published" {
		t.Errorf("the agent is %s", status)
	}
}

// TestImportOfAPublication by the agent's id.
func TestImportOfAPublication(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n}\n")
	ws.terraform("import", publicationAddress, " ").exits(1).says("Wrong import id")
	ws.terraform("import", publicationAddress, "nobody").exits(1).says("Could not read the agent nobody", "Either the id is wrong").saysNot("terraform state rm")
	ws.terraform("import", publicationAddress, "agent-1").exits(0)
	if state := ws.state()[publicationAddress]; state["current_status"] != "published" || state["unpublish_on_destroy"] != false {
		t.Errorf("imported as %v", state)
	}
	ws.apply().says("1 changed")
	ws.planEmpty()
}
