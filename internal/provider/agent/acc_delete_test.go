package agent_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccAgent_whole makes an agent live with a training and an action in one apply, and
// destroys all of it, published as it is.
func TestAccAgent_whole(t *testing.T) {
	c, _ := agentCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: wholeAgent(acctest.FullAgent(), 1, 1),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(acctest.PublicationAddress, at("current_status"), knownvalue.StringExact("published")),
		},
	}}})
}

// TestAccAgent_deletionProtection refuses a destroy until the state has it off.
func TestAccAgent_deletionProtection(t *testing.T) {
	c, _ := agentCase(t)
	protected := acctest.LeastAgent().With(acctest.AgentFields{"deletion_protection": ""}).HCL()
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config:            protected,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, at("deletion_protection"), knownvalue.Bool(true))},
		},
		{Config: protected, Destroy: true, ExpectError: regexp.MustCompile("The agent is protected")},
		{Config: acctest.LeastAgent().HCL(), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate)},
	}})
}

// TestAccAgent_disappears: an agent that is gone is an error and no change, since a token of
// another environment gets the same answer. The state keeps it: when it is there again, the
// plan is empty.
func TestAccAgent_disappears(t *testing.T) {
	c, w := agentCase(t)
	config := acctest.LeastAgent().HCL()
	var before fakeapi.StoredAgent
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: func() {
				before, _ = w.Server.Agent("agent-2")
				w.RemoveAgent("agent-2")
			},
			Config:      config,
			ExpectError: regexp.MustCompile("(?s)Could not read the agent.*terraform state rm"),
		},
		{
			PreConfig:        func() { w.AddAgent(fakeapi.AgentSeed{ID: "agent-2", Fields: before.Fields}) },
			Config:           config,
			ConfigPlanChecks: plans(plancheck.ResourceActionNoop),
		},
	}})
}

// TestAccAgent_drift: what somebody changed shows in the plan, and the next apply writes over
// it.
func TestAccAgent_drift(t *testing.T) {
	c, w := agentCase(t)
	config := acctest.FullAgent().HCL()
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: func() {
				w.EditAgent("agent-2", map[string]any{"description": "Edited by hand.", "direction": "outbound"})
			},
			RefreshState:       true,
			ExpectNonEmptyPlan: true,
		},
		{
			Config:            config,
			ConfigPlanChecks:  plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: shown(acctest.FullAgent()),
			Check:             holds(t, w, `"description": "You answer the phone of a dental practice.", "direction": "inbound"`),
		},
	}})
}

// TestAccAgent_importByIdentity: an identity is the agent's id. The plan fills in what no
// answer shows.
func TestAccAgent_importByIdentity(t *testing.T) {
	c, _ := agentCase(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: acctest.LeastAgent().HCL(),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"id": knownvalue.StringExact("agent-2")}),
				},
			},
			{
				ResourceName:       address,
				ImportState:        true,
				ImportStateKind:    resource.ImportBlockWithResourceIdentity,
				ExpectNonEmptyPlan: true, // of what no answer shows
				ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(address, at("label"), knownvalue.StringExact("Front desk")),
				}},
			},
		},
	})
}

// TestAccAgentList finds agents by a query.
func TestAccAgentList(t *testing.T) {
	c, _ := agentCase(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: acctest.LeastAgent().HCL()},
			{
				Query:  true,
				Config: "list \"talq_agent\" \"desks\" {\n  provider         = talq\n  include_resource = true\n  config {\n    search = \"Front desk\"\n  }\n}\n",
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("talq_agent.desks", 1),
					querycheck.ExpectIdentity("talq_agent.desks", map[string]knownvalue.Check{"id": knownvalue.StringExact("agent-2")}),
					querycheck.ExpectResourceKnownValues("talq_agent.desks", queryfilter.ByDisplayName(knownvalue.StringExact("Front desk (agent-2)")), []querycheck.KnownValueCheck{
						{Path: at("name"), KnownValue: knownvalue.StringExact("Bianca")},
						{Path: at("llm_temperature"), KnownValue: knownvalue.Null()}, // which the API never returns
						{Path: at("revision"), KnownValue: knownvalue.Null()},
					}),
				},
			},
		},
	})
}
