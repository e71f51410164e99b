package publication_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// triggering is one action of the agent, or none, and a trigger that publishes it.
func triggering(count int, events, more string) string {
	return "action \"talq_agent_publish\" \"now\" {\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n" +
		acctest.HoldAction("a", "hold", fmt.Sprintf(`count = %d
  lifecycle {
    action_trigger {
      events  = [%s]
      actions = [action.talq_agent_publish.now]
      %s
    }
  }`, count, events, more))
}

// TestTriggerOnDelete shows what the guide says of after_destroy.
func TestTriggerOnDelete(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.16.0", acctest.Never, "the event after_destroy")
	for name, c := range map[string]struct {
		without   string
		publishes int
	}{
		"an instance is gone: publishes":       {triggering(0, "after_destroy", ""), 1},
		"the resource block is gone: does not": {"", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", triggering(1, "after_destroy", ""))
			ws.Apply()
			w.ForgetJournal()
			ws.Write("main.tf", c.without)

			ws.Apply()

			w.Wrote(t, acctest.Ops{fakeapi.OpDeleteAction: 1, fakeapi.OpPublish: c.publishes})
		})
	}
}

// TestTriggerThatTaints shows why the guide says not to set on_failure = taint.
func TestTriggerThatTaints(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.16.0", acctest.Never, "on_failure of a trigger")
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", triggering(1, "after_create", "on_failure = taint"))
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpPublish}, Status: http.StatusConflict, Times: 1})
	ws.ApplyFails().Says("Could not publish the agent agent-1")
	first := w.IDOf(t, "hold")

	ws.Apply().Says("1 added, 0 changed, 1 destroyed")

	if second := w.IDOf(t, "hold"); second == first {
		t.Errorf("the action is still %s, want another one", first)
	}
}
