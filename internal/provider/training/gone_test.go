package training_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAbsenceIsConfirmed: the agent's answer alone takes no training out of the state, only
// a whole listing that lacks it too.
func TestAbsenceIsConfirmed(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.Training("a", "prices", ""))
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Times: 1, Rewrite: func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`"training-1"`), []byte(`"training-9"`))
	}})
	w.ForgetJournal()

	ws.PlanEmpty().SaysNot("A training is gone")

	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListTrainings: 1})
}

// TestAnAnswerThatFailsTakesNothingOut of the state.
func TestAnAnswerThatFailsTakesNothingOut(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fakeapi.Fault{
		"404 on the agent":  {Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found in this environment."}`},
		"500":               {Status: http.StatusInternalServerError},
		"an empty answer":   {Status: http.StatusOK, Body: " "},
		"no JSON":           {Body: "<html>"},
		"an answer cut off": {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_training")
			state, said := p.Create(acctest.MinimalTraining())
			said.None(t)
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 0})
			w.Inject(fault)

			after, said := p.Refresh(state)

			said.Are(t, `error: Could not read the training "Prices" (prices) of agent agent-1`)
			if after.IsNull() {
				t.Error("the training left the state")
			}
			if name == "404 on the agent" {
				said.Hold(t, "The agent was deleted, and its trainings with it", "terraform state rm")
			}
		})
	}
}

// TestDeleteOfWhatIsGone succeeds, unless the token may be of another environment.
func TestDeleteOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		body  string
		heads []string
	}{
		"the training is gone":   {`{"success":false,"message":"Training not found"}`, nil},
		"the agent is gone":      {`{"success":false,"message":"Agent not found"}`, nil},
		"in another environment": {`{"success":false,"message":"Agent not found in this environment."}`, []string{`error: Could not delete the training "Prices" (prices) of agent agent-1`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of("talq_training")
			state, _ := p.Create(acctest.MinimalTraining())
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()}) // the next run begins
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteTraining}, Status: http.StatusNotFound, Body: row.body})

			_, said := p.Apply(p.Plan(state, nil))

			said.Are(t, row.heads...)
		})
	}
}

// TestRefusalsStandOnTheirAttribute: and save no state.
func TestRefusalsStandOnTheirAttribute(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_training")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Status: http.StatusUnprocessableEntity,
		Body: `{"success":false,"message":"The given data was invalid.","errors":{"subject":["The subject is too dull."],"instructions":["Too short."]}}`})

	state, said := p.Create(acctest.MinimalTraining())

	const head = `Could not create the training "Prices" (prices) of agent agent-1`
	said.Are(t, "error at subject: "+head, "error at instructions: "+head).Hold(t, "The subject is too dull.", "So far this run has changed nothing on agent agent-1")
	if !state.IsNull() {
		t.Error("a create that was refused saved a state")
	}
}
