package action_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// replaced makes an action of a type, and expects that another configuration of it destroys
// that one and makes a new one.
func replaced(c *acctest.Case, first, second string, holds ...statecheck.StateCheck) {
	otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config:            first,
			ConfigStateChecks: []statecheck.StateCheck{otherRevision.AddStateValue(address, at("revision"))},
		},
		{
			Config: second,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
				plancheck.ExpectUnknownValue(address, at("id")),
			}},
			ConfigStateChecks: append(holds, otherRevision.AddStateValue(address, at("revision"))),
		},
	}})
}

// TestAccAction_replaceNodeID: the node id is the key under which the API knows an action.
func TestAccAction_replaceNodeID(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		const other = acctest.TestName + "-other"
		moved := k.TestConfigOf(c.Agent, least, acctest.TestFields{NodeID: other})
		replaced(c, k.TestConfig(c.Agent, least), moved, is("node_id", other), c.ExpectOnServer(address, fmt.Sprintf(`"node_id": %q`, other)))
	})
}

// TestAccAction_replaceAgent: the action of the first agent is gone.
func TestAccAction_replaceAgent(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		other := c.OtherAgent()
		replaced(c, k.TestConfig(c.Agent, least), k.TestConfig(other, least), is("agent_id", other), c.ExpectGone(acctest.TestName))
	})
}

// TestAccAction_replaceType makes the least of each type from everything of the one before.
func TestAccAction_replaceType(t *testing.T) {
	acctest.Parallel(t)
	for i, k := range acctest.Kinds {
		before := acctest.Kinds[(i+3)%4]
		t.Run(before.ActionType+" to "+k.ActionType, func(t *testing.T) {
			acctest.Parallel(t)
			c := acctest.NewCase(t)
			replaced(c, before.TestConfig(c.Agent, everything), k.TestConfig(c.Agent, least),
				append(has(c.Agent, k, least), c.ExpectOnServer(address, k.TestSends(least)))...)
		})
	}
}

// TestAccAction_disappears: an action that somebody deleted is made again.
func TestAccAction_disappears(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
		c.Test(resource.TestCase{Steps: []resource.TestStep{
			{
				Config:            k.TestConfig(c.Agent, least),
				ConfigStateChecks: []statecheck.StateCheck{otherRevision.AddStateValue(address, at("revision"))},
			},
			{
				PreConfig:         func() { c.DeleteAction(acctest.TestName) },
				Config:            k.TestConfig(c.Agent, least),
				ConfigPlanChecks:  plans(plancheck.ResourceActionCreate),
				ConfigStateChecks: append(has(c.Agent, k, least), otherRevision.AddStateValue(address, at("revision"))),
			},
		}})
	})
}

// TestAccAction_drift: what somebody changed shows at refresh, and the next apply writes over it.
func TestAccAction_drift(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		c.Test(resource.TestCase{Steps: []resource.TestStep{
			{Config: k.TestConfig(c.Agent, everything)},
			{
				PreConfig:          func() { c.PutAction(acctest.JSONObject(t, "{"+k.TestSends(altered)+"}")) },
				RefreshState:       true,
				ExpectNonEmptyPlan: true,
				RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: append(
					[]plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate)}, plannedAgain(k)...)},
			},
			{
				Config:            k.TestConfig(c.Agent, everything),
				ConfigPlanChecks:  plans(plancheck.ResourceActionUpdate),
				ConfigStateChecks: append(has(c.Agent, k, everything), c.ExpectOnServer(address, k.TestSends(everything))),
			},
		}})
	})
}

// plannedAgain expects that a plan has what the configuration says of everything that drifted.
func plannedAgain(k acctest.Kind) []plancheck.PlanCheck {
	var checks []plancheck.PlanCheck
	for name, value := range atStage(k.ActionType, everything) {
		checks = append(checks, plancheck.ExpectKnownValue(address, at(name), value))
	}
	return append(checks, plancheck.ExpectKnownValue(address, at("description"), knownvalue.StringExact("What the "+k.ActionType+" does.")))
}
