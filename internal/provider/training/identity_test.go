package training_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const takeover = "Warning: An existing training was overwritten"

func TestCreateOnATakenNodeIDWarns(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddTraining(w.Agent, acctest.TakenTraining("prices"))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", ""))

	ws.Apply().Says(takeover, "its training "+id, "by another configuration").SaysNot("what the API does not return")

	w.HasTrainings(t, "prices")
	if got := ws.State()["talq_training.a"]["id"]; got != id {
		t.Errorf("the state has the id %v, want %s", got, id)
	}
	ws.PlanEmpty()
}

func TestCreateWhoseAnswerGotLostIsNoTakeover(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Times: 1, AfterProcessing: true, Drop: true})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", ""))

	ws.Apply().SaysNot("Warning")

	w.HasTrainings(t, "prices")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 2})
}

// TestDuplicateNodeID: the second of two resources is refused before anything is sent.
func TestDuplicateNodeID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", "")+acctest.Training("b", "prices", ""))

	ws.ApplyFails().Says("Duplicate node_id", `has just written the training training-1 of agent agent-1 under the node id "prices"`, "Nothing was sent for this one")

	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 1})
	if state := ws.State(); len(state) != 1 {
		t.Errorf("the state holds %v, want one of the two", state)
	}
}

// TestOneTrainingUnderTwoAddresses: the plan says so before one of them is destroyed.
func TestOneTrainingUnderTwoAddresses(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", ""))
	ws.Apply()
	ws.Write("other.tf", acctest.Training("b", "prices", ""))
	ws.Apply().Says(takeover)

	ws.PlanFails().Says("Training managed twice", "terraform state rm")

	ws.Remove("other.tf")
	ws.Terraform("state", "rm", "talq_training.b").Exits(0)
	ws.PlanEmpty()
	w.HasTrainings(t, "prices")
}

// TestATrainingAndAnActionOfOneNodeID: each kind has node ids, ids and locks of its own.
func TestATrainingAndAnActionOfOneNodeID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	config := func(more string) string {
		return acctest.Training("a", "same", more) + acctest.HoldAction("a", "same", more)
	}
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	w.AddTraining(w.Agent, map[string]any{"id": "id-1", "node_id": "same", "subject": "Prices", "instructions": "A cleaning costs 90 euros."})
	w.AddAction(w.Agent, map[string]any{"id": "id-1", "node_id": "same", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	ws.Write("main.tf", config("")+`
import {
  to = talq_training.a
  id = "agent-1/id-1/same"
}
import {
  to = talq_action.a
  id = "agent-1/id-1/same"
}
`)
	ws.Apply().Says("2 imported")
	ws.Write("main.tf", config(`current_status = "inactive"`))
	ws.Apply().Says("0 added, 2 changed, 0 destroyed").SaysNot("Warning")
	ws.PlanEmpty()
	ws.Destroy().SaysNot("Warning")
	w.HasTrainings(t)
	if n := len(w.Actions(w.Agent)); n != 0 {
		t.Errorf("%d actions are left", n)
	}
}

func TestRenamedWithoutMoved(t *testing.T) {
	t.Parallel()
	t.Run("POST first: the training is not deleted", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_training")
		old, _ := p.Create(acctest.MinimalTraining())
		p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
		destroy := p.Plan(old, nil)

		renamed, said := p.Create(acctest.MinimalTraining())
		said.Are(t, "warning: An existing training was overwritten")
		_, said = p.Apply(destroy)

		said.Are(t, "warning: A training was taken over").Hold(t, "moved")
		p.Expect(renamed, acctest.Values{"id": p.Attribute(old, "id")})
		w.HasTrainings(t, "prices")
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 2})
	})
	t.Run("DELETE first: it is made again", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_training")
		old, _ := p.Create(acctest.MinimalTraining())
		p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()})

		_, said := p.Apply(p.Plan(old, nil))
		said.None(t)
		_, said = p.Create(acctest.MinimalTraining())
		said.None(t)

		w.HasTrainings(t, "prices")
	})
	t.Run("with a moved block there is no write", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", acctest.Training("a", "prices", ""))
		ws.Apply()
		w.ForgetJournal()
		ws.Write("main.tf", acctest.Training("b", "prices", "")+"moved {\n  from = talq_training.a\n  to = talq_training.b\n}\n")
		ws.Apply().Says("0 added, 0 changed, 0 destroyed")
		w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	})
}

func TestCreateBeforeDestroyDoesNotDelete(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", "lifecycle { create_before_destroy = true }"))
	ws.Apply()

	ws.Apply("-replace=talq_training.a").Says(takeover, "Warning: A training was taken over")

	w.HasTrainings(t, "prices")
	ws.PlanEmpty()
}

// TestWrongNodeIDAfterAnImport: no work of somebody's is lost, and the state stays.
func TestWrongNodeIDAfterAnImport(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, form string, settings ...string) (acctest.World, *acctest.Workspace, string) {
		w := acctest.NewWorld(t)
		id := w.AddTraining(w.Agent, map[string]any{"node_id": "right", "subject": "Prices", "instructions": "Theirs"})
		ws := acctest.NewWorkspace(t, w.ProviderBlock(settings...))
		ws.Write("main.tf", acctest.Training("a", "wrong", ""))
		ws.Terraform("import", "talq_training.a", fmt.Sprintf(form, id)).Exits(0)
		return w, ws, id
	}
	for _, form := range []string{"agent-1/%s", "agent-1/%s/wrong"} {
		t.Run("of a sibling, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w, ws, _ := start(t, form)
			sibling := w.AddTraining(w.Agent, acctest.TakenTraining("wrong"))
			before := acctest.ToJSON(t, ws.State())

			ws.ApplyFails().Says("The update overwrote another training", sibling, "nothing was deleted", "Earlier writes of this run have put agent agent-1 into draft")

			w.HasTrainings(t, "right", "wrong")
			if got := acctest.ToJSON(t, ws.State()); got != before {
				t.Errorf("the state is now\n%s\nwant\n%s", got, before)
			}
		})
		t.Run("of nobody, imported as "+form, func(t *testing.T) {
			t.Parallel()
			w, ws, id := start(t, form)

			ws.ApplyFails().Says("The update found no training", "which was deleted again").SaysNot("what the API does not return")

			w.HasTrainings(t, "right")
			if got := ws.State()["talq_training.a"]["id"]; got != id {
				t.Errorf("the state has the id %v, want %s", got, id)
			}
			ws.Terraform("state", "rm", "talq_training.a").Exits(0)
			ws.Terraform("import", "talq_training.a", "agent-1/"+id+"/right").Exits(0)
			ws.Write("main.tf", acctest.Training("a", "right", ""))
			ws.Apply().Says("0 added, 1 changed, 0 destroyed")
			ws.PlanEmpty()
		})
	}
	t.Run("of nobody, but that is not certain: nothing is deleted", func(t *testing.T) {
		t.Parallel()
		w, ws, _ := start(t, "agent-1/%s")
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Times: 1, Status: http.StatusServiceUnavailable})

		ws.ApplyFails().Says("The update overwrote or created a training", "nothing was deleted")

		w.HasTrainings(t, "right", "wrong")
	})
	t.Run("of nobody, and the new one cannot be deleted again: the error names it", func(t *testing.T) {
		t.Parallel()
		w, ws, _ := start(t, "agent-1/%s", "max_retries = 0")
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteTraining}, Status: http.StatusInternalServerError})

		ws.ApplyFails().Says("Could not delete the training training-2 again", "first delete training-2 in the dashboard")
	})
}

// TestUpdateOfATrainingDeletedMeanwhile deletes the training between plan and apply.
func TestUpdateOfATrainingDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", ""))
	ws.Apply()
	ws.Write("main.tf", acctest.Training("a", "prices", `current_status = "inactive"`))
	ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
	w.RemoveTraining(w.Agent, w.TrainingOf(t, "prices").ID)

	ws.Terraform("apply", "saved.tfplan").Exits(1).Says("The training was deleted meanwhile", "Nothing was deleted", "takes over training-2")

	ws.Apply().Says("1 added, 0 changed, 0 destroyed")
	ws.PlanEmpty()
	w.HasTrainings(t, "prices")
}

// TestTheSecondUpdateOfOneNodeIDIsRefused: nothing is sent for it, and its state stays.
func TestTheSecondUpdateOfOneNodeIDIsRefused(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_training")
	state, said := p.Create(acctest.MinimalTraining())
	said.None(t)
	p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
	first := p.Plan(state, acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"subject": "First"}))
	second := p.Plan(state, acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"subject": "Second"}))
	w.ForgetJournal()
	_, said = p.Apply(first)
	said.None(t)

	after, said := p.Apply(second)

	said.Are(t, "error at node_id: Duplicate node_id")
	p.Expect(after, acctest.Values{"subject": "Prices"})
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 1})
}
