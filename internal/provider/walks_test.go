package provider_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
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
			w := acctest.NewWorld(t)
			ws := acctest.NewWorkspace(t, "")
			ws.Write("main.tf", fmt.Sprintf(`
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
`, form.repeat, form.key, form.instances, w.Agent))
			ws.Write("tests/desks.tftest.hcl", w.ProviderBlock()+`
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
			ws.Terraform("test").Exits(0).Says("4 passed, 0 failed").SaysNot("Warning")
			if left := w.Actions(w.Agent); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestOneProviderForSeveralWalks(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	first := acctest.Values{"agent_id": w.Agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 10}
	changed := acctest.Values{"agent_id": w.Agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 20}
	nothing, config := p.Action(nil), first
	validated := func() { t.Helper(); p.Validate(config).None(t) }
	sound := func(plan acctest.Planned) acctest.Planned { t.Helper(); plan.None(t); return plan }

	t.Log("validation, plan and apply of a create")
	validated()
	validated()
	p.Plan(nothing, first).None(t)
	validated()
	state, said := p.Apply(sound(p.Plan(nothing, first)))
	said.None(t)

	t.Log("plan and apply of an update")
	config = changed
	validated()
	state, said = p.Refresh(state)
	said.None(t)
	validated()
	p.Plan(state, changed).None(t)
	validated()
	state, said = p.Apply(sound(p.Plan(state, changed)))
	said.None(t)

	t.Log("plan and apply of its end, and of the same again")
	state, said = p.Refresh(state)
	said.None(t)
	_, said = p.Apply(sound(p.Plan(state, nil)))
	said.None(t)
	config = first
	validated()
	p.Plan(nothing, first).None(t)
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpDeleteAction: 1})
	if left := w.Actions(w.Agent); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestAStateThatIsPlannedTwiceIsOne: Terraform 1.17 plans each instance before its
// refresh and again after it (plan -minimal-refresh), whatever comes in between.
func TestAStateThatIsPlannedTwiceIsOne(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	config := acctest.Values{"agent_id": w.Agent, "node_id": "a", "name": "A", "description": "d", "type": "hold", "hold_duration": 10}
	state, said := p.Create(config)
	said.None(t)
	for name, steps := range map[string]string{
		"plan, read, plan": "prp", "read, plan, plan": "rpp", "two plans, then another refresh": "pprp",
	} {
		t.Run(name, func(t *testing.T) {
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token()})
			for _, step := range steps {
				if step == 'r' {
					state, said = p.Refresh(state)
					said.None(t)
					continue
				}
				p.Plan(state, config).None(t)
				p.Plan(state, nil).None(t) // as where it is to be replaced
			}
			p.Plan(p.Action(nil), config).None(t)
			p.Plan(p.Action(nil), config).None(t)
		})
	}
}
