package action_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestHiddenChangeWithoutANodeID is told under rewrite too, and nothing is written.
func TestHiddenChangeWithoutANodeID(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	ws := acctest.NewWorkspace(t, w.WithHidden("rewrite"))
	ws.Write("main.tf", "resource \"talq_action\" \"a\" {\n  agent_id = \"agent-1\"\n  name = \"Hold\"\n  description = \"Holds the call\"\n  type = \"hold\"\n  hold_duration = 30\n}\n"+
		fmt.Sprintf("import {\n  to = talq_action.a\n  id = \"agent-1/%s\"\n}\n", id))
	ws.Apply().Says("1 imported, 0 added, 0 changed, 0 destroyed")
	w.EditAction(w.Agent, id, map[string]any{"speak_on_send": "Hang on", "updated_at": acctest.Later(0)})
	ws.PlanEmpty().Says(acctest.HiddenChange, "This plan cannot write the configuration again")
	w.Wrote(t, acctest.Ops{})
}

// hostileActions adds as many actions to the agent, of all types, with names and texts that mean
// something to HCL or to a terminal.
func hostileActions(w acctest.World, n int) {
	texts := []string{`"${var.x}"`, "%{ if true }", "line\nbreak", "🙂", "for", acctest.Evil, "$${", "\\", "trailing\n"}
	types := []string{"webhook", "external", "transfer", "hold"}
	for i := range n {
		text := texts[i%len(texts)]
		fields := map[string]any{"name": fmt.Sprintf("%s %d", text, i), "description": text, "type": types[i%len(types)]}
		switch fields["type"] {
		case "webhook":
			fields["url"] = "https://example.com/x"
			fields["inputs"] = []any{map[string]any{"name": text, "type": "string", "required": i%3 == 0, "description": text, "value": text}}
		case "transfer":
			fields["transfer_to"] = "+12025550123"
		case "hold":
			fields["hold_duration"] = 5
		}
		w.AddAction(w.Agent, fields)
	}
}

// TestGeneratedConfigurationPlans: what `terraform query` finds of 500 actions needs no edit
// and no write. TestQueryOfHostileActions does it through a CLI that has query.
func TestGeneratedConfigurationPlans(t *testing.T) {
	w := acctest.NewWorld(t)
	hostileActions(w, 500)
	p := w.Protocol(t)
	results, said := p.List(acctest.Values{"agent_id": w.Agent}, 1000, true)
	said.None(t)
	if len(results) != 500 {
		t.Fatalf("%d results", len(results))
	}
	for _, one := range results {
		config := acctest.Values{}
		for name, attribute := range actionAttributes(p) {
			if attribute.Optional || attribute.Required {
				config[name] = one.Resource[name]
			}
		}
		p.Validate(config).None(t)
		state, _ := p.ImportByID(fmt.Sprintf("%s/%s", one.Identity["agent_id"], one.Identity["id"]))
		plan := p.Plan(state, config)
		plan.None(t)
		if !plan.State.Equal(state) {
			t.Errorf("%s: the plan has %v, want %v", one.Name, plan.State, state)
		}
	}
	w.Wrote(t, acctest.Ops{})
}
