package publication_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestInterruptedDestroy: the agent stays on the air, and the publication in the state.
func TestInterruptedDestroy(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_agent_publication")
	state, said := p.Create(acctest.Values{"agent_id": w.Agent, "triggers": acctest.Values{}, "unpublish_on_destroy": true})
	said.None(t)
	w.ForgetJournal()

	after, said := p.ApplyInterrupted(p.Plan(state, nil))

	said.Are(t, "error: Could not unpublish the agent "+w.Agent)
	if after.IsNull() {
		t.Error("the state has let go of it")
	}
	w.Made(t, acctest.Ops{})
}
