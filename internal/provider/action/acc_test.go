package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The address and the stages of the action in all cases; see [acctest.Kind.TestConfig].
const (
	address    = acctest.TestAction
	least      = 0
	everything = 1
	altered    = 2
	reset      = -1 // what the API holds of the least, where there was more before
)

// eachType runs a case for each of the four types.
func eachType(t *testing.T, run func(*testing.T, acctest.Kind)) {
	t.Helper()
	acctest.Parallel(t)
	for _, k := range acctest.Kinds {
		t.Run(k.ActionType, func(t *testing.T) {
			acctest.Parallel(t)
			run(t, k)
		})
	}
}

// plans expects what a step is about to do with the action.
func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

// at is the path of an attribute.
func at(attribute string) tfjsonpath.Path { return tfjsonpath.New(attribute) }

// importID makes an import id from what the state has in these attributes.
func importID(attributes ...string) resource.ImportStateIdFunc {
	return func(s *terraform.State) (string, error) {
		var parts []string
		for _, name := range attributes {
			part := s.RootModule().Resources[address].Primary.Attributes[name]
			if part == "" {
				return "", fmt.Errorf("the state has no %s", name)
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, "/"), nil
	}
}

// neverShown are the attributes that no import by id can bring.
var neverShown = append(fakeapi.HiddenFields(), "revision")

// TestAccAction_basic makes an action with the least that its type needs. It is imported by
// its id and node id without a change.
func TestAccAction_basic(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		c.Test(resource.TestCase{Steps: []resource.TestStep{
			{
				Config: k.TestConfig(c.Agent, least),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(address, at("id")),
					plancheck.ExpectUnknownValue(address, at("label")),
					plancheck.ExpectUnknownValue(address, at("created_at")),
					plancheck.ExpectUnknownValue(address, at("updated_at")),
					plancheck.ExpectUnknownValue(address, at("revision")),
				}},
				ConfigStateChecks: append(has(c.Agent, k, least), c.ExpectOnServer(address, k.TestSends(least))),
			},
			{
				ResourceName:      address,
				ImportState:       true,
				ImportStateKind:   resource.ImportBlockWithID,
				ImportStateIdFunc: importID("agent_id", "id", "node_id"),
			},
		}})
	})
}

// TestAccAction_everything makes an action with all that its type takes. An import by its id
// brings all that the API shows.
func TestAccAction_everything(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		c.Test(resource.TestCase{Steps: []resource.TestStep{
			{
				Config:            k.TestConfig(c.Agent, everything),
				ConfigStateChecks: append(has(c.Agent, k, everything), c.ExpectOnServer(address, k.TestSends(everything))),
			},
			{
				ResourceName:            address,
				ImportState:             true,
				ImportStateIdFunc:       importID("agent_id", "id"),
				ImportStateVerify:       true,
				ImportStateVerifyIgnore: neverShown,
			},
		}})
	})
}

// TestAccAction_update changes all attributes in place, and takes away all that the type does
// not need. The revision is another one after each write.
func TestAccAction_update(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		sameID, sameBirth := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
		otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
		step := func(stage, onServer int, what plancheck.ResourceActionType) resource.TestStep {
			return resource.TestStep{
				Config:           k.TestConfig(c.Agent, stage),
				ConfigPlanChecks: plans(what),
				ConfigStateChecks: append(has(c.Agent, k, stage), c.ExpectOnServer(address, k.TestSends(onServer)),
					sameID.AddStateValue(address, at("id")), sameBirth.AddStateValue(address, at("created_at")), otherRevision.AddStateValue(address, at("revision"))),
			}
		}
		c.Test(resource.TestCase{Steps: []resource.TestStep{
			step(everything, everything, plancheck.ResourceActionCreate),
			step(altered, altered, plancheck.ResourceActionUpdate),
			step(least, reset, plancheck.ResourceActionUpdate),
		}})
	})
}

// TestAccAction_rename changes the two attributes that all types share.
func TestAccAction_rename(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	k := acctest.Kinds[0]
	renamed := k.TestConfigOf(c.Agent, least, acctest.TestFields{Name: acctest.TestName + "-renamed", Description: "What it does now."})
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: k.TestConfig(c.Agent, least)},
		{
			Config:           renamed,
			ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				is("name", acctest.TestName+"-renamed"), is("label", acctest.TestName+"-renamed"), is("description", "What it does now."),
				c.ExpectOnServer(address, fmt.Sprintf(`"name": "%s-renamed", "description": "What it does now.", "node_id": %[1]q`, acctest.TestName)),
			},
		},
	}})
}

// TestAccAction_revision: the revision stays until something is written.
func TestAccAction_revision(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	k := acctest.Kinds[3]
	whileUnwritten, afterWrites := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesDiffer())
	kept := func() statecheck.StateCheck { return whileUnwritten.AddStateValue(address, at("revision")) }
	moved := func() statecheck.StateCheck { return afterWrites.AddStateValue(address, at("revision")) }
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: k.TestConfig(c.Agent, least), ConfigStateChecks: []statecheck.StateCheck{kept(), moved()}},
		{
			Config:            k.TestConfig(c.Agent, least),
			ConfigPlanChecks:  plans(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{kept()},
		},
		{Config: k.TestConfig(c.Agent, everything), ConfigStateChecks: []statecheck.StateCheck{moved()}},
		{Config: k.TestConfig(c.Agent, least), ConfigStateChecks: []statecheck.StateCheck{moved()}},
	}})
}
