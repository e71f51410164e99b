package provider

import (
	"fmt"
	"testing"

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
	validated := func() { t.Helper(); p.validate(config).None(t) }
	sound := func(plan planned) planned { t.Helper(); plan.None(t); return plan }

	t.Log("validation, plan and apply of a create")
	validated()
	validated()
	p.plan(nothing, first).None(t)
	validated()
	state, said := p.apply(sound(p.plan(nothing, first)))
	said.None(t)

	t.Log("plan and apply of an update")
	config = changed
	validated()
	state, said = p.refresh(state)
	said.None(t)
	validated()
	p.plan(state, changed).None(t)
	validated()
	state, said = p.apply(sound(p.plan(state, changed)))
	said.None(t)

	t.Log("plan and apply of its end, and of the same again")
	state, said = p.refresh(state)
	said.None(t)
	_, said = p.apply(sound(p.plan(state, nil)))
	said.None(t)
	config = first
	validated()
	p.plan(nothing, first).None(t)
	if got, want := w.Count(fakeapi.OpUpsertAction), 2; got != want {
		t.Errorf("%d upserts, want %d", got, want)
	}
	if left := w.Actions(w.agent); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestAStateThatIsPlannedTwiceIsOne: Terraform 1.17 plans each instance before its
// refresh and again after it (plan -minimal-refresh), whatever comes in between.
func TestAStateThatIsPlannedTwiceIsOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.protocol(t)
	config := given{"agent_id": w.agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 10}
	state, said := p.create(config)
	said.None(t)
	for name, steps := range map[string]string{
		"plan, read, plan": "prp", "read, plan, plan": "rpp", "two plans, then another refresh": "pprp",
	} {
		t.Run(name, func(t *testing.T) {
			p.configure(given{"base_url": w.BaseURL(), "token": w.Token()})
			for _, step := range steps {
				if step == 'r' {
					state, said = p.refresh(state)
					said.None(t)
					continue
				}
				p.plan(state, config).None(t)
				p.plan(state, nil).None(t) // as where it is to be replaced
			}
			p.plan(p.action(nil), config).None(t)
			p.plan(p.action(nil), config).None(t)
		})
	}
}
