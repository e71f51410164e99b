package upsert_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// imported is one that was made in the dashboard and imported without its node id, and the
// configuration that says what it holds.
func (k kind) imported(t *testing.T) (acctest.World, *acctest.Protocol, acctest.Values, tftypes.Value) {
	t.Helper()
	w := acctest.NewWorld(t)
	state, _ := k.protocol(t, w).ImportByID("agent-1/" + k.like(w, "theirs"))
	return w, k.protocol(t, w), k.values(acctest.Values{"node_id": nil}), state
}

// TestWhatWasImportedNeedsNoNodeID to plan empty, to be read and to be destroyed.
func TestWhatWasImportedNeedsNoNodeID(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		w, p, config, state := k.imported(t)
		plan := p.Plan(state, config)
		plan.None(t)
		if !plan.State.Equal(state) {
			t.Errorf("the plan has %v, want %v", plan.State, state)
		}
		after, said := p.Refresh(plan.State)
		said.None(t)
		p.Plan(after, config).None(t)
		destroy := p.Plan(after, nil)
		destroy.None(t)
		_, said = p.Apply(destroy)
		said.None(t)
		k.has(t, w)
		w.Wrote(t, acctest.Ops{k.delete: 1})
	})
}

// TestAChangeNeedsTheNodeID: the plan says which change, why, and what to do.
func TestAChangeNeedsTheNodeID(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		_, p, config, state := k.imported(t)
		changes := acctest.ButWith(k.changes, acctest.Values{k.text: "Another one.", "current_status": "inactive", "agent_id": "agent-2"})
		for attribute, value := range changes {
			said := p.Plan(state, acctest.ButWith(config, acctest.Values{attribute: value})).
				Are(t, "error at node_id: A change needs the node id").
				Hold(t, "differs from the configuration: `"+attribute+"`", "which it never returns", "right node id", "-replace=ADDRESS", "then the plan is empty")
			if k.hidden {
				said.Hold(t, "what the API does not return")
			}
		}
		p.Plan(state, acctest.ButWith(config, acctest.Values{k.text: acctest.Unknown})).
			Are(t, "error at node_id: A change needs the node id").Hold(t, "`"+k.text+"`")

		t.Log("a node id of one's own is the second way out: a replacement plans a create")
		changed := acctest.ButWith(config, acctest.Values{k.text: "Another one.", "node_id": "mine"})
		p.Plan(state, changed).Are(t, "warning at node_id: The node id cannot be checked")
		p.Plan(p.Action(nil), changed).None(t)
	})
}

// TestANodeIDThatIsFilledIn is stored without a request, with another change it is sent, and
// then another one replaces.
func TestANodeIDThatIsFilledIn(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		w, p, config, state := k.imported(t)
		config["node_id"] = "theirs"
		plan := p.Plan(state, config)
		plan.Are(t, "warning at node_id: The node id cannot be checked").Hold(t, "no "+string(k.Kind)+" is lost")
		if len(plan.Replace) > 0 {
			t.Errorf("it would be replaced because of %v", plan.Replace)
		}
		next, said := p.Apply(plan)
		said.None(t)
		p.Expect(next, acctest.Values{"node_id": "theirs", "revision": nil})
		w.Wrote(t, acctest.Ops{})
		if renamed := p.Plan(next, acctest.ButWith(config, acctest.Values{"node_id": "other"})); fmt.Sprint(renamed.Replace) != "[node_id]" {
			t.Errorf("another node id replaces because of %v", renamed.Replace)
		}

		p = k.protocol(t, w)
		plan = p.Plan(state, acctest.ButWith(config, acctest.Values{k.text: "Ours."}))
		plan.Are(t, "warning at node_id: The node id cannot be checked")
		next, said = p.Apply(plan)
		said.None(t)
		p.Expect(next, acctest.Values{"id": p.Attribute(state, "id"), "node_id": "theirs", k.text: "Ours."})
		if p.Attribute(next, "revision") == nil {
			t.Error("it has no revision")
		}
		w.Wrote(t, acctest.Ops{k.upsert: 1})
	})
}

// TestACreateNeedsANodeID: at plan where it is null there, else before anything is sent.
func TestACreateNeedsANodeID(t *testing.T) {
	const head = "error at node_id: Missing node_id"
	each(t, func(t *testing.T, k kind) {
		w := acctest.NewWorld(t)
		p := k.protocol(t, w)
		without := k.values(acctest.Values{"node_id": nil})
		p.Validate(without).None(t)
		p.Plan(p.Action(nil), without).Are(t, head).Hold(t, "a name of your own", "no second copy", "Only "+k.One()+" that was imported")

		plan := p.Plan(p.Action(nil), k.values(acctest.Values{"node_id": acctest.Unknown}))
		plan.None(t)
		members := acctest.Members(t, p.Plan(p.Action(nil), k.least).State)
		members["node_id"] = acctest.Members(t, p.Action(without))["node_id"]
		plan.State, plan.Config = tftypes.NewValue(plan.State.Type(), members), p.Action(without)
		_, said := p.Apply(plan)
		said.Are(t, head)
		w.Made(t, acctest.Ops{})
	})
}

// TestANodeIDThatTheStateHasIsAskedBack instead of a replacement that nobody meant.
func TestANodeIDThatTheStateHasIsAskedBack(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		p := k.protocol(t, acctest.NewWorld(t))
		state, said := p.Create(k.least)
		said.None(t)
		p.Plan(state, k.values(acctest.Values{"node_id": nil})).Are(t, "error at node_id: Node id removed").Hold(t, `node_id = "same"`)
	})
}
