package training_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// address is where the cases have their training.
const address = "talq_training.test"

// accStage is a configuration of the training, and what the API holds then.
type accStage struct{ subject, instructions, status, onServer string }

// The stages: the least, everything set, everything changed, and the least where there was
// more before.
var (
	least      = accStage{acctest.TestName, "A cleaning costs 90 euros.", "", `"instructions": "A cleaning costs 90 euros."`}
	everything = accStage{acctest.TestName, "A cleaning costs 90 euros.", "inactive", `"instructions": "A cleaning costs 90 euros.", "current_status": "inactive"`}
	altered    = accStage{acctest.TestName + "-later", "It costs 95 euros now.", "active", `"instructions": "It costs 95 euros now.", "current_status": "active"`}
	reset      = accStage{acctest.TestName, "A cleaning costs 90 euros.", "", `"instructions": "A cleaning costs 90 euros.", "current_status": "active"`}
)

// config is the configuration of the training at a stage, under a node id.
func (s accStage) config(agent, nodeID string) string {
	status := ""
	if s.status != "" {
		status = fmt.Sprintf("current_status = %q", s.status)
	}
	return fmt.Sprintf(`
resource "talq_training" "test" {
  agent_id     = %q
  node_id      = %q
  subject      = %q
  instructions = %q
  %s
}
`, agent, nodeID, s.subject, s.instructions, status)
}

func at(attribute string) tfjsonpath.Path { return tfjsonpath.New(attribute) }

func is(attribute, text string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, at(attribute), knownvalue.StringExact(text))
}

// has expects every attribute of the training in the state at a stage, and what the API holds.
func (s accStage) has(c *acctest.Case) []statecheck.StateCheck {
	status := s.status
	if status == "" {
		status = "active"
	}
	checks := []statecheck.StateCheck{
		is("agent_id", c.Agent), is("node_id", acctest.TestName), is("subject", s.subject), is("instructions", s.instructions), is("current_status", status),
		c.ExpectOnServer(address, fmt.Sprintf(`"node_id": %q, "subject": %q, %s`, acctest.TestName, s.subject, s.onServer)),
	}
	for _, computed := range []string{"id", "created_at", "updated_at", "revision"} {
		checks = append(checks, statecheck.ExpectKnownValue(address, at(computed), knownvalue.NotNull()))
	}
	return checks
}

func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

// importID makes an import id from what the state has in these attributes.
func importID(attributes ...string) resource.ImportStateIdFunc {
	return func(s *terraform.State) (string, error) {
		var parts []string
		for _, name := range attributes {
			parts = append(parts, s.RootModule().Resources[address].Primary.Attributes[name])
		}
		return strings.Join(parts, "/"), nil
	}
}

// TestAccTraining_basic makes a training with the least that it needs. It is imported by its
// id and node id without a change.
func TestAccTraining_basic(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config: least.config(c.Agent, acctest.TestName),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				plancheck.ExpectUnknownValue(address, at("id")),
				plancheck.ExpectUnknownValue(address, at("created_at")),
				plancheck.ExpectUnknownValue(address, at("updated_at")),
				plancheck.ExpectUnknownValue(address, at("revision")),
			}},
			ConfigStateChecks: least.has(c),
		},
		{
			ResourceName:      address,
			ImportState:       true,
			ImportStateKind:   resource.ImportBlockWithID,
			ImportStateIdFunc: importID("agent_id", "id", "node_id"),
		},
	}})
}

// TestAccTraining_everything makes a training with all that can be set. An import brings all
// that the API shows.
func TestAccTraining_everything(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: everything.config(c.Agent, acctest.TestName), ConfigStateChecks: everything.has(c)},
		{
			ResourceName:            address,
			ImportState:             true,
			ImportStateIdFunc:       importID("agent_id", "id"),
			ImportStateVerify:       true,
			ImportStateVerifyIgnore: []string{"node_id", "revision"},
		},
		{
			ResourceName:            address,
			ImportState:             true,
			ImportStateIdFunc:       importID("agent_id", "id", "node_id"),
			ImportStateVerify:       true,
			ImportStateVerifyIgnore: []string{"revision"},
		},
	}})
}

// TestAccTraining_update changes one attribute after another in place, and goes back to the least.
// The revision is another one after each write.
func TestAccTraining_update(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	sameID, sameBirth := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
	otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
	step := func(s accStage, what plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{
			Config:           s.config(c.Agent, acctest.TestName),
			ConfigPlanChecks: plans(what),
			ConfigStateChecks: append(s.has(c), sameID.AddStateValue(address, at("id")), sameBirth.AddStateValue(address, at("created_at")),
				otherRevision.AddStateValue(address, at("revision"))),
		}
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		step(altered, plancheck.ResourceActionCreate),
		step(accStage{acctest.TestName, altered.instructions, "active", altered.onServer}, plancheck.ResourceActionUpdate),
		step(accStage{acctest.TestName, least.instructions, "active", reset.onServer}, plancheck.ResourceActionUpdate),
		step(everything, plancheck.ResourceActionUpdate),
		step(reset, plancheck.ResourceActionUpdate),
	}})
}

// TestAccTraining_disappears: a training that somebody deleted is made again.
func TestAccTraining_disappears(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	otherID := statecheck.CompareValue(compare.ValuesDiffer())
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: least.config(c.Agent, acctest.TestName), ConfigStateChecks: []statecheck.StateCheck{otherID.AddStateValue(address, at("revision"))}},
		{
			PreConfig:         func() { c.DeleteTraining(acctest.TestName) },
			Config:            least.config(c.Agent, acctest.TestName),
			ConfigPlanChecks:  plans(plancheck.ResourceActionCreate),
			ConfigStateChecks: append(least.has(c), otherID.AddStateValue(address, at("revision"))),
		},
	}})
}

// TestAccTraining_drift: what somebody changed shows in the plan, and the next apply writes
// over it.
func TestAccTraining_drift(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: least.config(c.Agent, acctest.TestName)},
		{
			PreConfig: func() {
				c.PutTraining(map[string]any{"node_id": acctest.TestName, "subject": acctest.TestName, "instructions": "Edited by hand.", "current_status": "inactive"})
			},
			RefreshState:       true,
			ExpectNonEmptyPlan: true,
		},
		{
			Config:            least.config(c.Agent, acctest.TestName),
			ConfigPlanChecks:  plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: reset.has(c),
		},
	}})
}

// TestAccTraining_managedTwice: a training that another address holds too is an error until one of
// the two lets go of it.
func TestAccTraining_managedTwice(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	config := least.config(c.Agent, acctest.TestName)
	both := config + strings.Replace(config, `"test"`, `"other"`, 1)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{Config: both, ResourceName: "talq_training.other", ImportState: true, ImportStateIdFunc: importID("agent_id", "id", "node_id"), ImportStatePersist: true},
		{Config: both, ExpectError: regexp.MustCompile("Training managed twice")},
		{Config: config + "removed {\n  from = talq_training.other\n  lifecycle {\n    destroy = false\n  }\n}\n", ConfigPlanChecks: plans(plancheck.ResourceActionNoop)},
	}})
}

// TestAccTraining_refused: what the API says of a field stands on its attribute.
func TestAccTraining_refused(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Fake().Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Status: http.StatusUnprocessableEntity,
		Body: `{"message": "No.", "errors": {"node_id": ["Not node_id."], "subject": ["Not subject."], "instructions": ["Not instructions."], "current_status": ["Not current_status."]}}`})
	var remarks []string
	for _, name := range []string{"node_id", "subject", "instructions", "current_status"} { // in the order of their lines
		remarks = append(remarks, `\d+:   `+name+` += [^\n]*\n[^:]*:\s+Not\s+`+name+`\.`)
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: everything.config(c.Agent, acctest.TestName), ExpectError: regexp.MustCompile(strings.Join(remarks, "(?s:.*)")),
	}}})
}
