package training_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestWhatTheAPIStoresOtherwiseIsSaid: the state keeps what was planned, or Terraform would
// taint the training, and the next plan shows the difference.
func TestWhatTheAPIStoresOtherwiseIsSaid(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_training")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Times: 1, Rewrite: func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte("90 euros"), []byte("91 euros"))
	}})

	state, said := p.Create(acctest.MinimalTraining())

	said.Are(t, "warning: The API stored something else").Hold(t, "`instructions`", `training "Prices" (prices) of agent agent-1`, "somebody edited the training at the same moment")
	p.Expect(state, acctest.Values{"instructions": "A cleaning costs 90 euros."})
}

// TestMessagesShowNamesAsText: what the API returns moves no cursor.
func TestMessagesShowNamesAsText(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddTraining(w.Agent, map[string]any{"node_id": "n", "subject": acctest.Evil, "instructions": acctest.Evil})
	p := w.Protocol(t).Of("talq_training")
	state, said := p.ImportByID("agent-1/" + id + "/n")
	said.None(t)
	p.Expect(state, acctest.Values{"subject": acctest.EvilInState, "instructions": acctest.EvilInState})
	w.RemoveTraining(w.Agent, id)
	_, said = w.Protocol(t).Of("talq_training").Refresh(state)
	said.Are(t, "warning: A training is gone").Lack(t, "\x1b", "\u009b", "\u202e")
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
