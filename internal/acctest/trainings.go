package acctest

import (
	"fmt"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Training is the configuration of a training under any address, with more attributes or
// blocks. Its node id is the given one.
func Training(address, nodeID, more string) string {
	return TrainingThat(address, nodeID, "A cleaning costs 90 euros.", more)
}

// TrainingThat is Training with instructions.
func TrainingThat(address, nodeID, instructions, more string) string {
	return fmt.Sprintf(`
resource "talq_training" %q {
  agent_id     = "agent-1"
  node_id      = %q
  subject      = "Prices"
  instructions = %q
  %s
}
`, address, nodeID, instructions, more)
}

// MinimalTraining is the least that a training needs.
func MinimalTraining() Values {
	return Values{"agent_id": "agent-1", "node_id": "prices", "subject": "Prices", "instructions": "A cleaning costs 90 euros."}
}

// TakenTraining is a training as the dashboard made it, an hour ago.
func TakenTraining(nodeID string) map[string]any {
	return map[string]any{
		"node_id": nodeID, "subject": "Somebody's", "instructions": "Made by hand",
		"created_at": time.Now().Add(-time.Hour).Format(time.RFC3339),
	}
}

// TrainingOf finds a training of the world's agent by its node id.
func (w World) TrainingOf(t *testing.T, nodeID string) fakeapi.Stored {
	t.Helper()
	for _, stored := range w.Trainings(w.Agent) {
		if stored.NodeID == nodeID {
			return stored
		}
	}
	t.Fatalf("no training has the node id %s", nodeID)
	return fakeapi.Stored{}
}

// HasTrainings expects the world's agent to have trainings of just these node ids, in order
// of their creation, beside the one that every agent of the fake begins with.
func (w World) HasTrainings(t *testing.T, nodeIDs ...string) {
	t.Helper()
	got := []string{}
	for _, stored := range w.Trainings(w.Agent)[1:] {
		got = append(got, stored.NodeID)
	}
	if fmt.Sprint(got) != fmt.Sprint(nodeIDs) {
		t.Errorf("the agent has trainings of the node ids %q, want %q", got, nodeIDs)
	}
}
