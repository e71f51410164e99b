package agent_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// supportAgent is the configuration of the agent that every fake has, as the dashboard made
// it, without what no answer shows.
const supportAgent = `
resource "talq_agent" "this" {
  label                        = "Support"
  name                         = "Support"
  description                  = "Handles customer inquiries and support requests"
  language                     = "en-US"
  initial_message              = "Hello, how can I help you today?"
  interrupt_sensitivity        = "medium"
  conversation_speed           = 1
  initial_message_delay        = 0
  ask_if_human_present_on_idle = false
  direction                    = "inbound"
  who_speaks_first             = "agent"
  phone_number_ids             = ["phone-uuid"]
  voice = {
    template_id        = "voice-template-uuid"
    ambient_background = "office"
    stability          = 0.6
    similarity_boost   = 0.98
  }
}
`

// TestAgentIsAdoptedWithoutAWrite: an import with a configuration that fits changes nothing,
// and the agent stays published.
func TestAgentIsAdoptedWithoutAWrite(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", supportAgent+"import {\n  to = talq_agent.this\n  id = \"agent-1\"\n}\n")
	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed", "Some attributes cannot be imported",
		"`llm_temperature`, `advanced_settings`, `endpointing_sensitivity`, `ivr_navigation_mode`, `idle_time_seconds`")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	ws.PlanEmpty().SaysNot("Warning")
	w.ExpectLive(t, "agent-1", true)

	ws.Remove("main.tf")
	ws.Write("main.tf", supportAgent[:len(supportAgent)-2]+"  idle_time_seconds = 5\n}\n")
	w.ForgetJournal()
	ws.Apply().Says("Settings that can only be changed in the dashboard", "0 added, 1 changed")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	w.ExpectLive(t, "agent-1", true)
	ws.PlanEmpty()
}

func TestImportByID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_agent")
	state, said := p.ImportByID("agent-1")
	said.Are(t, "warning: Some attributes cannot be imported")
	p.Expect(state, acctest.Values{"id": "agent-1", "label": "Support", "deletion_protection": true, "current_status": "published", "llm_temperature": nil, "revision": nil})
	_, again := p.Refresh(state)
	again.None(t) // it warns once
	for _, row := range []struct{ id, want string }{
		{" agent-1", "error: Wrong import id"}, {".", "error: Wrong import id"}, {"nobody", "error: Could not read the agent nobody"},
		{"agent-1/x", "error: Could not read the agent agent-1/x"},
	} {
		_, said := p.ImportByID(row.id)
		said.Are(t, row.want)
	}
}

// TestImportBringsWhatAnAnswerShowsAfterAll (API.md, ruling 2).
func TestImportBringsWhatAnAnswerShowsAfterAll(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed}))
	p := w.Protocol(t).Of("talq_agent")
	state, said := p.ImportByID("agent-1")
	said.Are(t, "warning: Some attributes cannot be imported").Lack(t, "`llm_temperature`")
	p.Expect(state, acctest.Values{"llm_temperature": 0.7, "idle_time_seconds": int64(5), "enable_recording": true, "endpointing_sensitivity": "auto", "max_idle_check_count": nil})
}
