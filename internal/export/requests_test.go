package export_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// largeAccount has 10 agents, 200 actions, 60 trainings, 10 webhooks and 5 flows.
func largeAccount(t *testing.T, behaviour fakeapi.Behaviour) acctest.World {
	t.Helper()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	w.AddAgents(10)
	for n, agent := range w.Agents() {
		for i := range 20 {
			w.AddAction(agent.ID, map[string]any{"name": fmt.Sprintf("Hold %d", i), "description": "d", "type": "hold", "hold_duration": 5})
		}
		for i := range 5 { // and that of the sample
			w.AddTraining(agent.ID, map[string]any{"subject": fmt.Sprintf("Subject %d", i), "instructions": "Text"})
		}
		w.AddWebhook(agent.ID, acctest.TakenEventWebhook())
		if n%2 == 0 {
			w.EditFlow(agent.ID, "flow_driven", map[string]any{"initial_node_id": "bye", "nodes": []any{map[string]any{"id": "bye", "type": "end"}}})
		}
		w.SetPublished(agent.ID, true)
	}
	return w
}

// TestRequests of an export: the list of agents, two agents by their own calls, and the pages
// of all for the rest; each agent's own call where these leave something out. The webhooks and
// the flow of an agent are in no other answer than that of their own call.
func TestRequests(t *testing.T) {
	for name, row := range map[string]struct {
		behaviour fakeapi.Behaviour
		want      acctest.Ops
	}{
		"pages that show all":     {fakeapi.Behaviour{}, acctest.Ops{fakeapi.OpListAgents: 2, fakeapi.OpGetAgent: 2, fakeapi.OpListWebhooks: 10, fakeapi.OpGetFlow: 10}},
		"pages without trainings": {fakeapi.Behaviour{ListedAgentsLack: []string{"trainings"}}, acctest.Ops{fakeapi.OpListAgents: 2, fakeapi.OpGetAgent: 10, fakeapi.OpListWebhooks: 10, fakeapi.OpGetFlow: 10}},
		"pages without actions":   {fakeapi.Behaviour{ListedAgentsLack: []string{"actions"}}, acctest.Ops{fakeapi.OpListAgents: 2, fakeapi.OpGetAgent: 10, fakeapi.OpListWebhooks: 10, fakeapi.OpGetFlow: 10}},
	} {
		t.Run(name, func(t *testing.T) {
			w := largeAccount(t, row.behaviour)
			w.ForgetJournal()
			dir := t.TempDir()
			if got := run(t, w, "-out", dir); got.code != 0 {
				t.Fatalf("%+v", got)
			}
			w.Made(t, row.want)
			if name == "pages that show all" {
				expectImports(workspace(t, dir), 10+200+60+10+5+10) // the last are publications
				expectNoChange(t, w, dir)
			}
		})
	}
}

// TestTheOrderOfTheAPIMeansNothing: whatever comes first, the files are the same.
func TestTheOrderOfTheAPIMeansNothing(t *testing.T) {
	var first map[string]string
	for _, reversed := range []bool{false, true} {
		w := largeAccount(t, fakeapi.Behaviour{ListReversed: reversed})
		dir := t.TempDir()
		run(t, w, "-out", dir)
		if found := files(t, dir); first == nil {
			first = found
		} else if !maps.Equal(first, found) {
			t.Error("the files differ")
		}
	}
}
