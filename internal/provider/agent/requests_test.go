package agent_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// wholeAgent is the configuration of an agent with trainings, actions and a publication that
// triggers on all of them.
func wholeAgent(fields acctest.AgentFields, trainings, actions int) string {
	return fields.HCL() + fmt.Sprintf(`
resource "talq_training" "this" {
  count        = %d
  agent_id     = talq_agent.this.id
  node_id      = "training-${count.index}"
  subject      = "Subject ${count.index}"
  instructions = "What to know."
}

resource "talq_action" "this" {
  count         = %d
  agent_id      = talq_agent.this.id
  node_id       = "hold-${count.index}"
  name          = "Hold ${count.index}"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
}

resource "talq_agent_publication" "this" {
  agent_id = talq_agent.this.id
  triggers = merge(
    { agent = talq_agent.this.revision },
    { for i, training in talq_training.this : "training-${i}" => training.revision },
    { for i, action in talq_action.this : "action-${i}" => action.revision },
  )
}
`, trainings, actions)
}

// TestRequestsOfAWholeAgent counts all requests of each command. Terraform plans before it
// applies, so an apply begins with the reads of a plan.
func TestRequestsOfAWholeAgent(t *testing.T) {
	t.Parallel()
	const trainings, actions = 20, 50
	agent := acctest.FullAgent()
	for name, row := range map[string]struct {
		agent acctest.AgentFields
		parts acctest.Ops // the partial calls of the create
	}{
		"with a voice":     {agent.With(acctest.AgentFields{"advanced_settings": ""}), acctest.Ops{fakeapi.OpUpdateVoice: 1}},
		"and all settings": {agent, acctest.Ops{fakeapi.OpUpdateVoice: 1, fakeapi.OpUpdateAdvanced: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddVoices()
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", wholeAgent(row.agent, trainings, actions))

			t.Log("the search is for an agent that an interrupted create may have left")
			made := acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpCreateAgent: 1, fakeapi.OpUpsertTraining: trainings, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1}
			for op, n := range row.parts {
				made[op] = n
			}
			ws.Apply().SaysNot("Warning")
			w.Made(t, made)

			ws.PlanEmpty()
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

			ws.Write("main.tf", wholeAgent(row.agent.With(acctest.AgentFields{"description": `"You answer the phone, and are brief."`}), trainings, actions))
			ws.Apply().Says("0 added, 2 changed, 0 destroyed")
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpPublish: 1})

			ws.Destroy()
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpDeleteTraining: trainings, fakeapi.OpDeleteAction: actions, fakeapi.OpDeleteAgent: 1})
		})
	}
}
