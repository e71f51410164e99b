package flow_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const address = "talq_agent_flow.test"

func accConfig(agent, form, config string) string {
	return fmt.Sprintf("resource \"talq_agent_flow\" \"test\" {\n  agent_id          = %q\n  conversation_mode = \"flow_driven\"\n  "+form+"\n}\n", agent, config)
}

func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

func holds(path tfjsonpath.Path, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, path, value)
}

// TestAccFlow_forms makes a flow in each form, changes it in place, and imports it.
func TestAccFlow_forms(t *testing.T) {
	acctest.Parallel(t)
	for name, row := range map[string]struct {
		form string
		set  string
	}{
		"typed":   {typedForm, "flow_config"},
		"in JSON": {jsonForm, "flow_config_json"},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Parallel(t)
			c := acctest.NewCase(t)
			step := func(stage int, what plancheck.ResourceActionType) resource.TestStep {
				return resource.TestStep{
					Config: accConfig(c.Agent, row.form, stages[stage].config), ConfigPlanChecks: plans(what),
					ConfigStateChecks: []statecheck.StateCheck{
						holds(tfjsonpath.New("agent_id"), knownvalue.StringExact(c.Agent)), holds(tfjsonpath.New("conversation_mode"), knownvalue.StringExact("flow_driven")),
						holds(tfjsonpath.New(row.set), knownvalue.NotNull()), holds(tfjsonpath.New("revision"), knownvalue.NotNull()),
					},
				}
			}
			steps := []resource.TestStep{step(0, plancheck.ResourceActionCreate), step(1, plancheck.ResourceActionUpdate), step(1, plancheck.ResourceActionNoop), step(2, plancheck.ResourceActionUpdate)}
			if row.form == typedForm { // an import has no revision, and brings the typed form
				steps = append(steps[:3:3], resource.TestStep{
					ResourceName: address, ImportState: true, ImportStateId: c.Agent, ImportStateVerify: true,
					ImportStateVerifyIdentifierAttribute: "agent_id", ImportStateVerifyIgnore: []string{"revision"},
				})
			}
			c.Test(resource.TestCase{Steps: steps})
		})
	}
}

// TestAccFlow_modes goes back to llm_driven and on again.
func TestAccFlow_modes(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	llm := fmt.Sprintf("resource \"talq_agent_flow\" \"test\" {\n  agent_id          = %q\n  conversation_mode = \"llm_driven\"\n}\n", c.Agent)
	none := []statecheck.StateCheck{holds(tfjsonpath.New("flow_config"), knownvalue.Null()), holds(tfjsonpath.New("flow_config_json"), knownvalue.Null())}
	flow := accConfig(c.Agent, typedForm, stages[0].config)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: flow, ConfigPlanChecks: plans(plancheck.ResourceActionCreate)},
		{Config: llm, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate), ConfigStateChecks: none},
		{Config: flow, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate)},
	}})
}

// TestAccFlow_drift puts back what somebody changed, whichever form the state has: another
// flow, none, or one that attributes have no place for.
func TestAccFlow_drift(t *testing.T) {
	acctest.Parallel(t)
	for form, of := range map[string]string{"typed": typedForm, "in JSON": jsonForm} {
		t.Run(form, func(t *testing.T) {
			acctest.Parallel(t)
			c := acctest.NewCase(t)
			fake := c.Fake()
			flow := accConfig(c.Agent, of, stages[0].config)
			after := func(path tfjsonpath.Path, value knownvalue.Check, change func()) resource.TestStep {
				return resource.TestStep{PreConfig: change, RefreshState: true, ExpectNonEmptyPlan: true, RefreshPlanChecks: resource.RefreshPlanChecks{
					PostRefresh: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), expectPrior(path, value)},
				}}
			}
			edit := func(mode, config string) func() {
				return func() {
					var fields map[string]any
					if config != "" {
						fields = acctest.JSONObject(t, config)
					}
					fake.EditFlow(c.Agent, mode, fields)
				}
			}
			other := `{"initial_node_id": "other", "nodes": [{"id": "other", "type": "end"}]}`
			shown := tfjsonpath.New("flow_config_json")
			if of == typedForm {
				shown = tfjsonpath.New("flow_config").AtMapKey("initial_node_id")
			}
			c.Test(resource.TestCase{Steps: []resource.TestStep{
				{Config: flow},
				after(shown, knownvalue.StringRegexp(regexp.MustCompile("other")), edit("flow_driven", other)),
				{Config: flow, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate)},
				after(tfjsonpath.New("conversation_mode"), knownvalue.StringExact("llm_driven"), edit("llm_driven", "")),
				after(tfjsonpath.New("flow_config"), knownvalue.Null(), nil),
				after(tfjsonpath.New("flow_config_json"), knownvalue.Null(), nil),
				{Config: flow, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate)},
				after(tfjsonpath.New("flow_config_json"), knownvalue.StringRegexp(regexp.MustCompile("tfacc_member")),
					edit("flow_driven", `{"tfacc_member": 1, "initial_node_id": "other", "nodes": [{"id": "other", "type": "end"}]}`)),
				after(tfjsonpath.New("flow_config"), knownvalue.Null(), nil),
			}})
		})
	}
}

// TestAccFlow_nodeOfAnAction refers to an action that is made in the same apply.
func TestAccFlow_nodeOfAnAction(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	config := acctest.Kinds[3].TestConfig(c.Agent, 0) + accConfig(c.Agent, "%s", `flow_config = {
    initial_node_id = "wait"
    nodes = [
      { id = "wait", type = "action", next = "bye", extra_json = jsonencode({ action_id = talq_action.test.id }) },
      { id = "bye", type = "end" },
    ]
  }`)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigPlanChecks: plans(plancheck.ResourceActionCreate)},
		{Config: config, ConfigPlanChecks: plans(plancheck.ResourceActionNoop)},
	}})
}

// TestAccFlow_replaceAgent gives another agent the flow, and lets the first one lead its conversations freely.
func TestAccFlow_replaceAgent(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	other := c.OtherAgent()
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: accConfig(c.Agent, typedForm, stages[0].config)},
		{
			Config: accConfig(other, typedForm, stages[0].config), ConfigPlanChecks: plans(plancheck.ResourceActionDestroyBeforeCreate),
			ConfigStateChecks: []statecheck.StateCheck{holds(tfjsonpath.New("agent_id"), knownvalue.StringExact(other))},
		},
	}})
}
