package action_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// imported is an action that was made in the dashboard and imported without its node id, and
// the configuration that says what it holds.
func imported(t *testing.T) (acctest.World, *acctest.Protocol, acctest.Values, acctest.Planned) {
	t.Helper()
	w, p, id := seeded(t, "hold", fakeapi.Behaviour{})
	state, _ := p.ImportByID(w.Agent + "/" + id)
	config := acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"agent_id": w.Agent, "name": "Made elsewhere", "node_id": nil})
	plan := p.Plan(state, config)
	return w, p, config, plan
}

// TestAnImportedActionNeedsNoNodeID to plan empty, to be read and to be destroyed.
func TestAnImportedActionNeedsNoNodeID(t *testing.T) {
	w, p, config, plan := imported(t)
	plan.None(t)
	if !plan.State.Equal(plan.Prior) {
		t.Errorf("the plan has %v, want %v", plan.State, plan.Prior)
	}
	after, said := p.Refresh(plan.State)
	said.None(t)
	p.Plan(after, config).None(t)
	destroy := p.Plan(after, nil)
	destroy.None(t)
	_, said = p.Apply(destroy)
	said.None(t)
	if left := w.Actions(w.Agent); len(left) != 0 {
		t.Errorf("%v are left", left)
	}
	w.Wrote(t, acctest.Ops{fakeapi.OpDeleteAction: 1})
}

// TestAChangeNeedsTheNodeID: the plan says which change, why, and what to do.
func TestAChangeNeedsTheNodeID(t *testing.T) {
	for name, row := range map[string]struct {
		change acctest.Values
		says   string
	}{
		"of what can be read":      {acctest.Values{"description": "Another one."}, "differs from the configuration: `description`"},
		"of what is hidden":        {acctest.Values{"inputs": []any{acctest.Values{"name": "reason"}}}, "`inputs`"},
		"of what makes it another": {acctest.Values{"agent_id": "agent-2"}, "`agent_id`"},
		"not known yet":            {acctest.Values{"name": acctest.Unknown}, "`name`"},
	} {
		t.Run(name, func(t *testing.T) {
			_, p, config, plan := imported(t)
			p.Plan(plan.Prior, acctest.ButWith(config, row.change)).
				Are(t, "error at node_id: A change needs the node id").
				Hold(t, row.says, "which it never returns", "right node id", "-replace=ADDRESS", "what the API does not return", "then the plan is empty")
		})
	}
}

// TestANodeIDOfOnesOwnReplaces is the second way out: a replacement plans a create.
func TestANodeIDOfOnesOwnReplaces(t *testing.T) {
	_, p, config, plan := imported(t)
	changed := acctest.ButWith(config, acctest.Values{"description": "Another one.", "node_id": "mine"})
	p.Plan(plan.Prior, changed).Are(t, "warning at node_id: The node id cannot be checked")
	p.Plan(p.Action(nil), changed).None(t)
}

// TestACreateNeedsANodeID: at plan where it is null there, else before anything is sent.
func TestACreateNeedsANodeID(t *testing.T) {
	const head = "error at node_id: Missing node_id"
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	without := acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"node_id": nil})
	p.Validate(without).None(t)
	p.Plan(p.Action(nil), without).Are(t, head).Hold(t, "a name of your own", "no second copy", "Only an action that was imported")

	plan := p.Plan(p.Action(nil), acctest.ButWith(without, acctest.Values{"node_id": acctest.Unknown}))
	plan.None(t)
	known := p.Plan(p.Action(nil), acctest.Minimal("hold"))
	members := acctest.Members(t, known.State)
	members["node_id"] = acctest.Members(t, p.Action(without))["node_id"]
	plan.State, plan.Config = tftypes.NewValue(known.State.Type(), members), p.Action(without)
	_, said := p.Apply(plan)
	said.Are(t, head)
	w.Made(t, acctest.Ops{})
}

// TestANodeIDThatTheStateHasIsAskedBack instead of a replacement that nobody meant.
func TestANodeIDThatTheStateHasIsAskedBack(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	state, said := p.Create(acctest.Minimal("hold"))
	said.None(t)
	p.Plan(state, acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"node_id": nil})).
		Are(t, "error at node_id: Node id removed").Hold(t, `node_id = "node"`)
}

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

// hostileActions gives the agent as many actions, of all types, with names and texts that mean
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
