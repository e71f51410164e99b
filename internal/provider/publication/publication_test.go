package publication_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

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
			[]string{"Could not publish the agent agent-1", "after 3 attempts", "What was written is in the state", "takes no calls", "The quickest way back is the dashboard"}},
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
				w := acctest.NewWorld(t)
				ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 2"))
				if !first {
					ws.Write("main.tf", acctest.Held(10, "a", "b"))
					ws.Apply()
				}
				w.SetReady(w.Agent, row.ready, "No voice was chosen.", "No number.")
				row.fault.Match = fakeapi.Match{Op: fakeapi.OpPublish}
				w.Inject(row.fault)
				ws.Write("main.tf", acctest.Held(20, "a", "b"))
				w.ForgetJournal()

				ws.ApplyFails().Says(row.says...)

				w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: row.sent})

				state := ws.State()
				for _, address := range []string{"talq_action.a", "talq_action.b"} {
					if got := fmt.Sprint(state[address]["hold_duration"]); got != "20" {
						t.Errorf("the state of %s has hold_duration %s, want 20", address, got)
					}
				}
				w.ClearFaults()
				w.SetReady(w.Agent, true)
				// Where the answer alone was wrong, the dashboard makes it true.
				w.SetPublished(w.Agent, false)
				ws.Terraform("plan", "-detailed-exitcode").Exits(2)
				w.ForgetJournal()
				ws.Apply()
				w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
				if status := w.AgentStatus(w.Agent); status != "published" {
					t.Errorf("the agent is %s", status)
				}
				ws.PlanEmpty()
			})
		}
	}
}

// TestTargetLeavesADraft: the publication is not part of it, so the next plan publishes.
func TestTargetLeavesADraft(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	ws.Write("main.tf", acctest.Held(20, "a", "b"))
	w.ForgetJournal()
	ws.Apply("-target=talq_action.a")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})

	acctest.ExpectDraftSeen(t, ws)

	w.ForgetJournal()
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	ws.PlanEmpty()
}

// writesInOrder are the operations of the writes that the journal holds. [acctest.World.Wrote]
// expects a publish to be the last.
func writesInOrder(w acctest.World) (order []fakeapi.Op) {
	for _, r := range w.Requests(fakeapi.Match{}) {
		if r.Method != http.MethodGet {
			order = append(order, r.Op)
		}
	}
	return order
}

// TestTriggersThatMissAnAction publish too early or not at all; the warning and
// the next plan say so.
func TestTriggersThatMissAnAction(t *testing.T) {
	t.Parallel()
	t.Run("the publication came first: a warning on the action", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Held(10, "a"))
		ws.Apply()
		ws.Write("main.tf", acctest.Holds{Seconds: 20, Triggers: []string{"a"}, OfB: "depends_on = [talq_agent_publication.this]"}.HCL())
		w.ForgetJournal()

		ws.Apply().Says("Warning: The agent is a draft again", `before it wrote the action "Hold" (b)`, "triggers")

		if got, want := writesInOrder(w), []fakeapi.Op{fakeapi.OpUpsertAction, fakeapi.OpPublish, fakeapi.OpUpsertAction}; !slices.Equal(got, want) {
			t.Errorf("the writes are %v, want %v", got, want)
		}
		w.ExpectLive(t, w.Agent, false)
		acctest.ExpectDraftSeen(t, ws)
		w.ForgetJournal()
		ws.Apply()
		w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
		ws.PlanEmpty()
	})
	t.Run("no trigger changed: the next plan publishes", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Held(10))
		ws.Apply()
		ws.Apply() // whichever came first, the agent is published now
		ws.Write("main.tf", acctest.Held(20))
		w.ForgetJournal()
		ws.Apply()
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2})
		acctest.ExpectDraftSeen(t, ws)
	})
}

// TestActionThatCannotBeWritten keeps the publication from running, and says
// what that means for the agent.
func TestActionThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	refused := fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: "b"}, Status: http.StatusUnprocessableEntity,
		Body: `{"success":false,"message":"The given data was invalid.","errors":{"name":["The name is taken."]}}`}
	chained := func(seconds int, ofB string) string { // b is written after a
		return acctest.Holds{Seconds: seconds, Triggers: []string{"a", "b"}, OfB: "depends_on = [talq_action.a]\n" + ofB}.HCL()
	}
	t.Run("after another was written: the agent is a draft", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", chained(10, ""))
		ws.Apply()
		w.Inject(refused)
		ws.Write("main.tf", chained(20, ""))
		w.ForgetJournal()

		ws.ApplyFails().Says("The name is taken.", "Earlier writes of this run have put agent agent-1 into draft", "takes no calls", "publish it in the dashboard")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2})
		w.ClearFaults()
		w.ForgetJournal()
		ws.Apply()
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
		ws.PlanEmpty()
	})
	t.Run("first of all: nothing was changed", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", chained(10, ""))
		ws.Apply()
		w.Inject(refused)
		ws.Write("main.tf", chained(10, `current_status = "inactive"`))
		w.ForgetJournal()

		ws.ApplyFails().Says("So far this run has changed nothing on agent agent-1").SaysNot("into draft")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
		if status := w.AgentStatus(w.Agent); status != "published" {
			t.Errorf("the agent is %s", status)
		}
	})
	t.Run("after this run published: the agent takes calls", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Held(10, "a"))
		ws.Apply()
		w.Inject(refused)
		ws.Write("main.tf", acctest.Holds{Seconds: 20, Triggers: []string{"a"}, OfB: "depends_on = [talq_agent_publication.this]"}.HCL())
		w.ForgetJournal()

		ws.ApplyFails().Says("This run has published agent agent-1", "it is published and takes calls").SaysNot("changed nothing")

		if got, want := writesInOrder(w), []fakeapi.Op{fakeapi.OpUpsertAction, fakeapi.OpPublish, fakeapi.OpUpsertAction}; !slices.Equal(got, want) {
			t.Errorf("the writes are %v, want %v", got, want)
		}
		w.ExpectLive(t, w.Agent, true)
	})
	t.Run("after this run unpublished: the agent is a draft", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Holds{Seconds: 10, Triggers: []string{"a", "b"}, Publish: "unpublish_on_destroy = true"}.HCL())
		ws.Apply()
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Status: http.StatusForbidden, Body: `{"success":false,"message":"No."}`})

		ws.Terraform("destroy", "-auto-approve").Exits(1).Says("have put agent agent-1 into draft", "takes no calls").SaysNot("changed nothing")

		if n := len(w.Requests(fakeapi.Match{Op: fakeapi.OpUnpublish})); n != 1 {
			t.Errorf("%d unpublishes, want 1", n)
		}
		w.ExpectLive(t, w.Agent, false)
	})
	t.Run("without an answer: nobody knows", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock("max_retries = 0"))
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Drop: true})
		ws.Write("main.tf", acctest.HoldAction("a", "a", ""))
		ws.ApplyFails().Says("It is not known whether this run has put agent agent-1 into draft")
	})
}

// TestNothingPublishesByItself: no change, a refresh, a plan.
func TestNothingPublishesByItself(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	w.ForgetJournal()
	ws.Apply().Says("0 added, 0 changed, 0 destroyed")
	w.SetPublished(w.Agent, false)
	ws.Apply("-refresh-only")
	ws.Terraform("refresh").Exits(0)
	ws.PlanChanges()
	w.Wrote(t, acctest.Ops{})
}

// TestReadinessWarning comes only in a plan that publishes, and costs no request.
func TestReadinessWarning(t *testing.T) {
	t.Parallel()
	const warning = "Warning: The agent is not ready to be published"
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Held(10, "a", "b"))
	ws.Apply()
	w.SetReady(w.Agent, false)

	ws.PlanEmpty().SaysNot(warning)

	ws.Write("main.tf", acctest.Held(20, "a", "b"))
	w.ForgetJournal()
	ws.Terraform("plan").Exits(0).Says(warning)
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	ws.Terraform("plan", "-refresh=false").Exits(0).SaysNot(warning)
	w.SetReady(w.Agent, true)
	ws.Terraform("plan").Exits(0).SaysNot(warning)
}

// TestDestroyOfAPublication of an agent that is gone ends well, and to change what a destroy does
// publishes nothing.
func TestDestroyOfAPublication(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", publicationOf(w.Agent, "{}", ""))
	ws.Apply()
	ws.Write("main.tf", publicationOf(w.Agent, "{}", "unpublish_on_destroy = true"))
	w.ForgetJournal()
	ws.Apply().Says("1 changed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()

	w.RemoveAgent(w.Agent)
	ws.Destroy("-refresh=false")
	w.Wrote(t, acctest.Ops{fakeapi.OpUnpublish: 1})
}

// TestPublicationOfAnAgentThatIsNotFound keeps the state (API.md, ruling 8).
func TestPublicationOfAnAgentThatIsNotFound(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	other := w.AddEnvironment()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n  unpublish_on_destroy = true\n}\n")
	ws.Apply()
	ws.Write("provider.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n"+acctest.ProviderBlock(w.BaseURL(), other))
	advice := "The token belongs to another environment"
	ws.PlanFails().Says("Could not read the agent agent-1", advice, "terraform state rm")
	ws.Terraform("destroy", "-auto-approve", "-refresh=false").Exits(1).Says("Could not unpublish the agent agent-1", advice)
	if state := ws.State(); len(state) != 1 {
		t.Errorf("the state holds %v", state)
	}
	if status := w.AgentStatus(w.Agent); status != "published" {
		t.Errorf("the agent is %s", status)
	}
}

func TestImportOfAPublicationByAWrongID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n}\n")
	ws.Terraform("import", acctest.PublicationAddress, " ").Exits(1).Says("Wrong import id")
	ws.Terraform("import", acctest.PublicationAddress, "nobody").Exits(1).Says("Could not read the agent nobody", "Either the id is wrong").SaysNot("terraform state rm")
}

// TestImportWithTheKeysOfTheTriggers changes nothing, as long as nothing behind the keys was
// written; and to take out a key publishes.
func TestImportWithTheKeysOfTheTriggers(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	w.SetPublished(w.Agent, true)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	action := "resource \"talq_action\" \"a\" {\n  agent_id = \"agent-1\"\n  name = \"Hold\"\n  description = \"Holds the call\"\n  type = \"hold\"\n  hold_duration = 30\n}\n"
	publication := func(triggers string) string {
		return "resource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {" + triggers + "}\n}\n"
	}
	ws.Write("main.tf", action+publication("hold = talq_action.a.revision"))
	ws.Write("imports.tf", fmt.Sprintf("import {\n  to = talq_action.a\n  id = \"agent-1/%s\"\n}\nimport {\n  to = talq_agent_publication.this\n  id = \"agent-1/hold\"\n}\n", id))
	ws.Apply().Says("2 imported, 0 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.Wrote(t, acctest.Ops{})
	ws.Remove("imports.tf")
	ws.Write("main.tf", publication(""))
	ws.Apply().Says("0 added, 1 changed, 1 destroyed")
	if got := w.AgentStatus(w.Agent); got != "published" {
		t.Errorf("the agent is %s", got)
	}
}
