package training_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestATrainingWithoutNodeID: an imported one plans empty and can be destroyed; to change or
// to make one needs the node id, and the plan says so.
func TestATrainingWithoutNodeID(t *testing.T) {
	w, p, id := seeded(t, fakeapi.Behaviour{})
	state, _ := p.ImportByID("agent-1/" + id)
	config := acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"instructions": "Theirs", "current_status": "inactive", "node_id": nil})

	plan := p.Plan(state, config)
	plan.None(t)
	if !plan.State.Equal(state) {
		t.Errorf("the plan has %v, want %v", plan.State, state)
	}
	p.Plan(state, acctest.ButWith(config, acctest.Values{"instructions": "Ours"})).
		Are(t, "error at node_id: A change needs the node id").Hold(t, "differs from the configuration: `instructions`", "-replace=ADDRESS")
	p.Plan(p.Action(nil), config).Are(t, "error at node_id: Missing node_id").Hold(t, "Only a training that was imported")
	_, said := p.Apply(p.Plan(state, nil))
	said.None(t)
	w.Wrote(t, acctest.Ops{fakeapi.OpDeleteTraining: 1})
}
