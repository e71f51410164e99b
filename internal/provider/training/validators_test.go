package training_test

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const (
	missing  = "Missing Configuration for Required Attribute"
	noLength = "Invalid Attribute Value Length"
	noWord   = "Invalid Attribute Value Match"
)

// TestValidate has a row of unknown, null and empty for each attribute.
func TestValidate(t *testing.T) {
	p := acctest.NewProtocol(t).Of("talq_training")
	for _, row := range []struct {
		name   string
		config acctest.Values // over the minimum
		heads  []string
	}{
		{"the least", nil, nil},
		{"everything", acctest.Values{"current_status": "inactive"}, nil},
		{"all unknown", acctest.Values{"agent_id": acctest.Unknown, "node_id": acctest.Unknown, "subject": acctest.Unknown, "instructions": acctest.Unknown, "current_status": acctest.Unknown}, nil},

		{"agent_id null", acctest.Values{"agent_id": nil}, []string{"error at agent_id: " + missing}},
		{"agent_id empty", acctest.Values{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		{"agent_id of two dots", acctest.Values{"agent_id": ".."}, []string{"error at agent_id: Wrong id"}},
		{"node_id null, as after an import", acctest.Values{"node_id": nil}, nil},
		{"node_id empty", acctest.Values{"node_id": ""}, []string{"error at node_id: Wrong id"}},
		{"node_id with a blank behind", acctest.Values{"node_id": "prices "}, []string{"error at node_id: Wrong id"}},
		{"node_id with slashes", acctest.Values{"node_id": "a/b/c"}, nil},
		{"subject null", acctest.Values{"subject": nil}, []string{"error at subject: " + missing}},
		{"subject empty", acctest.Values{"subject": ""}, []string{"error at subject: " + noLength, "error at subject: Empty text"}},
		{"subject blank", acctest.Values{"subject": " \t\n"}, []string{"error at subject: Empty text"}},
		{"subject of 255 characters, 1020 bytes", acctest.Values{"subject": strings.Repeat("😀", 255)}, nil},
		{"subject of 256 characters", acctest.Values{"subject": strings.Repeat("a", 256)}, []string{"error at subject: " + noLength}},
		{"instructions null", acctest.Values{"instructions": nil}, []string{"error at instructions: " + missing}},
		{"instructions empty", acctest.Values{"instructions": ""}, []string{"error at instructions: Empty text"}},
		{"instructions blank", acctest.Values{"instructions": "\n"}, []string{"error at instructions: Empty text"}},
		{"instructions of 100 kB", acctest.Values{"instructions": strings.Repeat("ä", 50_000)}, nil},
		{"current_status null", acctest.Values{"current_status": nil}, nil},
		{"current_status empty", acctest.Values{"current_status": ""}, []string{"error at current_status: " + noWord}},
		{"current_status that there is not", acctest.Values{"current_status": "paused"}, []string{"error at current_status: " + noWord}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.MinimalTraining(), row.config)).Are(t, row.heads...)
		})
	}
}

// TestPlanReplaces: another agent or node id is another training.
func TestPlanReplaces(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_training")
	state, said := p.Create(acctest.MinimalTraining())
	said.None(t)
	for _, row := range []struct {
		attribute string
		value     any
		replaces  bool
	}{
		{"agent_id", "agent-2", true}, {"agent_id", acctest.Unknown, true},
		{"node_id", "other", true}, {"node_id", acctest.Unknown, true},
		{"subject", "Other", false}, {"instructions", "Other", false}, {"current_status", "inactive", false},
	} {
		plan := p.Plan(state, acctest.ButWith(acctest.MinimalTraining(), acctest.Values{row.attribute: row.value}))
		plan.None(t)
		if got := len(plan.Replace) == 1 && plan.Replace[0] == row.attribute; got != row.replaces {
			t.Errorf("%s = %v replaces because of %v", row.attribute, row.value, plan.Replace)
		}
	}
}

// TestPlanOfATrainingOfANewAgent: the agent's id and the texts are known at apply only.
func TestPlanOfATrainingOfANewAgent(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t).Of("talq_training")
	plan := p.Plan(p.Action(nil), acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"agent_id": acctest.Unknown, "instructions": acctest.Unknown}))
	plan.None(t)
	p.Expect(plan.State, acctest.Values{"agent_id": acctest.Unknown, "id": acctest.Unknown, "revision": acctest.Unknown, "current_status": "active"})
	w.Made(t, acctest.Ops{})
}
