package publication_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const address = acctest.PublicationAddress

// publishing begins a case that publishes the agent.
func publishing(t *testing.T) *acctest.Case {
	t.Helper()
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.NeedsPublish()
	return c
}

// publicationOf is the configuration of the publication with the given triggers.
func publicationOf(agent, triggers, more string) string {
	return fmt.Sprintf("resource \"talq_agent_publication\" \"this\" {\n  agent_id = %q\n  triggers = %s\n  %s\n}\n", agent, triggers, more)
}

// withHold is the publication behind a hold, which it is triggered by.
func withHold(agent string, stage int) string {
	return acctest.Kinds[3].TestConfig(agent, stage) + publicationOf(agent, "{ hold = talq_action.test.revision }", "")
}

func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

func holds(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

// isLive expects the agent's status after a step.
func isLive(t *testing.T, c *acctest.Case, want string) func() {
	return func() {
		t.Helper()
		if got := c.Status(); got != want {
			t.Errorf("the agent is %s, want %s", got, want)
		}
	}
}

// TestAccPublication_basic publishes the agent, and forgets it in the end.
func TestAccPublication_basic(t *testing.T) {
	c := publishing(t)
	c.Test(resource.TestCase{
		Steps: []resource.TestStep{{
			Config:           publicationOf(c.Agent, "{}", ""),
			ConfigPlanChecks: plans(plancheck.ResourceActionCreate),
			ConfigStateChecks: []statecheck.StateCheck{
				holds("agent_id", knownvalue.StringExact(c.Agent)), holds("triggers", knownvalue.MapExact(map[string]knownvalue.Check{})),
				holds("unpublish_on_destroy", knownvalue.Bool(false)), holds("current_status", knownvalue.StringExact("published")),
			},
			PostApplyFunc: isLive(t, c, "published"),
		}},
		CheckDestroy: func(*terraform.State) error { isLive(t, c, "published")(); return nil },
	})
}

// TestAccPublication_triggers publishes after each write of the action, in the same apply.
func TestAccPublication_triggers(t *testing.T) {
	c := publishing(t)
	asTrigger := statecheck.CompareValuePairs(acctest.TestAction, tfjsonpath.New("revision"), address, tfjsonpath.New("triggers").AtMapKey("hold"), compare.ValuesSame())
	step := func(stage int, what plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{
			Config: withHold(c.Agent, stage), ConfigPlanChecks: plans(what),
			ConfigStateChecks: []statecheck.StateCheck{asTrigger, holds("current_status", knownvalue.StringExact("published"))},
			PostApplyFunc:     isLive(t, c, "published"),
		}
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		step(0, plancheck.ResourceActionCreate),
		step(1, plancheck.ResourceActionUpdate),
		step(1, plancheck.ResourceActionNoop),
	}})
}

// TestAccPublication_unpublishOnDestroy: a change of it publishes nothing, and a destroy then
// takes the agent off the air.
func TestAccPublication_unpublishOnDestroy(t *testing.T) {
	c := publishing(t)
	step := func(more string, value bool, what plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{
			Config: publicationOf(c.Agent, "{}", more), ConfigPlanChecks: plans(what),
			ConfigStateChecks: []statecheck.StateCheck{holds("unpublish_on_destroy", knownvalue.Bool(value))},
		}
	}
	c.Test(resource.TestCase{
		Steps: []resource.TestStep{
			step("", false, plancheck.ResourceActionCreate),
			step("unpublish_on_destroy = true", true, plancheck.ResourceActionUpdate),
			step("unpublish_on_destroy = false", false, plancheck.ResourceActionUpdate),
			step("unpublish_on_destroy = true", true, plancheck.ResourceActionUpdate),
		},
		CheckDestroy: func(*terraform.State) error { isLive(t, c, "draft")(); return nil },
	})
}

// TestAccPublication_draftIsDrift, whoever made the agent a draft: the plan shows it, and the
// next apply publishes.
func TestAccPublication_draftIsDrift(t *testing.T) {
	acctest.Parallel(t)
	training := map[string]any{"node_id": acctest.TestName, "subject": acctest.TestName, "instructions": "Say who you are."}
	for _, row := range []struct {
		name  string
		draft func(*testing.T, *acctest.Case)
	}{
		{"unpublished", func(_ *testing.T, c *acctest.Case) { c.Unpublish() }},
		{"an action was made", func(t *testing.T, c *acctest.Case) {
			c.PutAction(map[string]any{"node_id": acctest.TestName, "name": acctest.TestName, "description": "Holds the call.", "type": "hold", "hold_duration": 5,
				"inputs": []any{map[string]any{"name": "hold_duration", "type": "integer", "required": true, "description": "Seconds", "value": 5}}})
			t.Cleanup(func() { c.DeleteAction(acctest.TestName) })
		}},
		{"a training was made", func(t *testing.T, c *acctest.Case) {
			c.PutTraining(training)
			t.Cleanup(func() { c.DeleteTraining(acctest.TestName) })
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := publishing(t)
			config := publicationOf(c.Agent, "{}", "")
			c.Test(resource.TestCase{Steps: []resource.TestStep{
				{Config: config},
				{
					PreConfig:          func() { row.draft(t, c) },
					RefreshState:       true,
					ExpectNonEmptyPlan: true,
					RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
						plancheck.ExpectKnownValue(address, tfjsonpath.New("current_status"), knownvalue.StringExact("published")),
					}},
				},
				{
					Config:            config,
					ConfigPlanChecks:  plans(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{holds("current_status", knownvalue.StringExact("published"))},
					PostApplyFunc:     isLive(t, c, "published"),
				},
			}})
		})
	}
}

// TestAccPublication_replaceAgent publishes the other agent, and leaves the first one as it is.
func TestAccPublication_replaceAgent(t *testing.T) {
	c := publishing(t)
	other := c.OtherAgent()
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: publicationOf(c.Agent, "{}", "")},
		{
			Config:            publicationOf(other, "{}", ""),
			ConfigPlanChecks:  plans(plancheck.ResourceActionDestroyBeforeCreate),
			ConfigStateChecks: []statecheck.StateCheck{holds("agent_id", knownvalue.StringExact(other))},
			PostApplyFunc:     isLive(t, c, "published"),
		},
	}})
}

// TestAccPublication_import by the agent's id brings everything but the triggers.
func TestAccPublication_import(t *testing.T) {
	c := publishing(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: withHold(c.Agent, 0)},
		{
			ResourceName:                         address,
			ImportState:                          true,
			ImportStateId:                        c.Agent,
			ImportStateVerify:                    true,
			ImportStateVerifyIdentifierAttribute: "agent_id",
			ImportStateVerifyIgnore:              []string{"triggers"},
		},
	}})
}

// TestAccPublication_importAndApply fills in the triggers, and the plan after it is empty.
func TestAccPublication_importAndApply(t *testing.T) {
	c := publishing(t)
	c.Publish()
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: publicationOf(c.Agent, "{}", ""), ResourceName: address, ImportState: true, ImportStateId: c.Agent, ImportStatePersist: true},
		{Config: publicationOf(c.Agent, "{}", ""), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate), PostApplyFunc: isLive(t, c, "published")},
	}})
}

// TestAccPublication_importWithKeys brings the keys of the triggers too, so that the plan after it
// is empty.
func TestAccPublication_importWithKeys(t *testing.T) {
	c := publishing(t)
	c.Publish()
	config := publicationOf(c.Agent, "{ greeting = null, hold = null }", "")
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ResourceName: address, ImportState: true, ImportStateId: c.Agent + "/hold,greeting", ImportStatePersist: true},
		{Config: config, ConfigPlanChecks: plans(plancheck.ResourceActionNoop)},
	}})
}

// TestAccPublication_importOfADraft brings the draft, which the plan is to publish.
func TestAccPublication_importOfADraft(t *testing.T) {
	c := publishing(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: publicationOf(c.Agent, "{}", "")},
		{
			PreConfig:          func() { c.Unpublish() },
			ResourceName:       address,
			ImportState:        true,
			ImportStateKind:    resource.ImportBlockWithID,
			ImportStateId:      c.Agent,
			ExpectNonEmptyPlan: true,
			ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("current_status"), knownvalue.StringExact("published")),
			}},
		},
	}})
}

// TestAccPublication_importByIdentity needs the agent's id alone.
func TestAccPublication_importByIdentity(t *testing.T) {
	c := publishing(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config:            publicationOf(c.Agent, "{}", ""),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"agent_id": knownvalue.StringExact(c.Agent)})},
			},
			{
				ResourceName:       address,
				ImportState:        true,
				ImportStateKind:    resource.ImportBlockWithResourceIdentity,
				ExpectNonEmptyPlan: true, // of the triggers
				ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(address, tfjsonpath.New("agent_id"), knownvalue.StringExact(c.Agent)),
				}},
			},
		},
	})
}

// TestAccPublishAction publishes when another resource is made. Terraform 1.14.0 ran the event too early.
func TestAccPublishAction(t *testing.T) {
	c := publishing(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("actions"), tfversion.SkipBelow(version.Must(version.NewVersion("1.14.1")))},
		Steps: []resource.TestStep{{
			Config: fmt.Sprintf(`
action "talq_agent_publish" "now" {
  config {
    agent_id = %q
  }
}
resource "terraform_data" "trigger" {
  depends_on = [talq_action.test]
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.talq_agent_publish.now]
    }
  }
}
`, c.Agent) + acctest.Kinds[3].TestConfig(c.Agent, 0),
			PostApplyFunc: isLive(t, c, "published"),
		}},
	})
}
