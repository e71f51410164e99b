package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestProviderBlockInATestFile runs `terraform test` with a provider block in the
// test's file: Terraform 1.15 then configures one provider for all that the file
// does, Terraform 1.11 one for each walk.
func TestProviderBlockInATestFile(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]struct{ repeat, key, instances string }{
		"for_each":      {"for_each = var.desks", "each.key", "talq_action.desk"},
		"single blocks": {"", `"a"`, "{ a = talq_action.desk }"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ws := newWorkspace(t, "")
			ws.write("main.tf", fmt.Sprintf(`
variable "desks" {
  default = { a = "+12025550123", b = "+12025550124" }
}
resource "talq_action" "desk" {
  %[1]s
  agent_id    = %[4]q
  node_id     = %[2]s
  name        = "Desk"
  description = "Transfers the call"
  type        = "transfer"
  transfer_to = var.desks[%[2]s]
}
resource "talq_agent_publication" "this" {
  agent_id = %[4]q
  triggers = { for key, action in %[3]s : key => action.revision }
}
`, form.repeat, form.key, form.instances, w.agent))
			ws.write("tests/desks.tftest.hcl", w.provider()+`
run "create" {}
run "plan" {
  command = plan
}
run "change" {
  variables {
    desks = { a = "+12025550199", b = "+12025550124" }
  }
}
run "fewer" {
  variables {
    desks = { a = "+12025550198" }
  }
}
`)
			ws.terraform("test").exits(0).says("4 passed, 0 failed").saysNot("Warning")
			if left := w.Actions(w.agent); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestOneProviderForSeveralWalks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.protocol(t)
	first := given{"agent_id": w.agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 10}
	changed := given{"agent_id": w.agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 20}
	nothing, config := p.action(nil), first
	validated := func() { t.Helper(); p.validate(config).none(t) }
	sound := func(plan planned) planned { t.Helper(); plan.none(t); return plan }

	t.Log("validation, plan and apply of a create")
	validated()
	validated()
	p.plan(nothing, first).none(t)
	validated()
	state, said := p.apply(sound(p.plan(nothing, first)))
	said.none(t)

	t.Log("plan and apply of an update")
	config = changed
	validated()
	state, said = p.refresh(state)
	said.none(t)
	validated()
	p.plan(state, changed).none(t)
	validated()
	state, said = p.apply(sound(p.plan(state, changed)))
	said.none(t)

	t.Log("plan and apply of its end, and of the same again")
	state, said = p.refresh(state)
	said.none(t)
	_, said = p.apply(sound(p.plan(state, nil)))
	said.none(t)
	config = first
	validated()
	p.plan(nothing, first).none(t)
	if got, want := w.Count(fakeapi.OpUpsertAction), 2; got != want {
		t.Errorf("%d upserts, want %d", got, want)
	}
	if left := w.Actions(w.agent); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestOneWalkStaysStrict holds that validations which belong to plans excuse no
// second resource, in whatever order they come.
func TestOneWalkStaysStrict(t *testing.T) {
	t.Parallel()
	config := given{"agent_id": "agent-1", "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 10}
	const second = "error at node_id: Two resources for one action"
	for name, order := range map[string]string{"one after the other": "vpvp", "side by side": "vvpp"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			p := w.protocol(t)
			var last said
			for _, call := range order {
				if call == 'v' {
					p.validate(config).none(t)
				} else {
					last = p.plan(p.action(nil), config).said
				}
			}
			last.are(t, second)
		})
	}
}

func TestRunSharedByWalks(t *testing.T) {
	t.Parallel()
	known, other, unknown := nodeKey{"agent-1", "n"}, nodeKey{"agent-1", "m"}, nodeKey{}
	const create, update = true, false
	for _, row := range []struct {
		name   string
		play   func(r *run)
		shared bool
	}{
		{"nothing yet", func(*run) {}, false},
		{"validated and planned", func(r *run) { r.noteValidated(known); r.notePlanned(known, create) }, false},
		{"validated once more", func(r *run) { r.noteValidated(known); r.noteValidated(known); r.notePlanned(known, create) }, true},
		{"another one validated once more", func(r *run) { r.noteValidated(other) }, false},
		{"one whose node id is unknown validated once more", func(r *run) { r.noteValidated(unknown) }, true},
		{"one whose node id is unknown planned as well", func(r *run) { r.noteValidated(unknown); r.notePlanned(unknown, create) }, false},
		{"a replacement is validated once and planned twice", func(r *run) {
			r.noteValidated(known)
			r.notePlanned(known, update)
			r.notePlanned(known, create)
		}, false},
		{"a replacement in a walk behind a validation", func(r *run) {
			r.noteValidated(known)
			r.noteValidated(known)
			r.notePlanned(known, update)
			r.notePlanned(known, create)
		}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newRun()
			row.play(r)
			if got := r.walks.shared(known); got != row.shared {
				t.Errorf("shared: %t, want %t", got, row.shared)
			}
		})
	}
}

func TestPlannedKey(t *testing.T) {
	t.Parallel()
	agent, node := types.StringValue("agent-1"), types.StringValue("n")
	for _, row := range []struct {
		name        string
		agent, node types.String
		want        nodeKey
	}{
		{"both known", agent, node, nodeKey{"agent-1", "n"}},
		{"the agent is unknown", types.StringUnknown(), node, nodeKey{}},
		{"the node id is unknown", agent, types.StringUnknown(), nodeKey{}},
		{"no node id, as after an import", agent, types.StringNull(), nodeKey{"agent-1", ""}},
		{"an empty node id", agent, types.StringValue(""), nodeKey{"agent-1", ""}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := (&actionModel{AgentID: row.agent, NodeID: row.node}).plannedKey(); got != row.want {
				t.Errorf("%+v, want %+v", got, row.want)
			}
		})
	}
}

// TestAnotherWalkBegins asks what the run remembers of its last create.
func TestAnotherWalkBegins(t *testing.T) {
	t.Parallel()
	key := actionKey{"agent-1", "a"}
	for _, row := range []struct {
		name         string
		written      types.String
		seen         types.String
		stillCreated bool
	}{
		{"with a revision that the run has written", types.StringValue("r1"), types.StringValue("r1"), false},
		{"not with one from before", types.StringValue("r1"), types.StringValue("r0"), true},
		{"not with an unknown one", types.StringValue("r1"), types.StringUnknown(), true},
		{"not with an import, which has none", types.StringValue("r1"), types.StringNull(), true},
		{"not with an import after a write that got none", types.StringNull(), types.StringNull(), true},
		{"nor after one that got an empty one", types.StringValue(""), types.StringValue(""), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newRun()
			r.noteCreated(key)
			r.noteRevision(row.written)
			r.noteSeen(row.seen)
			if got := r.createdHere(key); got != row.stillCreated {
				t.Errorf("the create is remembered: %t, want %t", got, row.stillCreated)
			}
		})
	}
}
