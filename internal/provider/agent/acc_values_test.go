package agent_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccAgentDataSource_everything shows all of an agent, which is the reference's example.
func TestAccAgentDataSource_everything(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Fake().EditAgent(c.Agent, map[string]any{"name": "SupportBot", "label": "Customer Support Agent"})
	text, yes := knownvalue.StringExact, knownvalue.Bool
	all := func(members map[string]knownvalue.Check) knownvalue.Check { return knownvalue.ObjectExact(members) }
	one := func(members map[string]knownvalue.Check) knownvalue.Check {
		return knownvalue.ListExact([]knownvalue.Check{all(members)})
	}
	want := map[string]knownvalue.Check{
		"id": text(c.Agent), "name": text("SupportBot"), "label": text("Customer Support Agent"), "description": text("Handles customer inquiries and support requests"),
		"language": text("en-US"), "initial_message": text("Hello, how can I help you today?"), "interrupt_sensitivity": text("medium"),
		"conversation_speed": knownvalue.Int64Exact(1), "initial_message_delay": knownvalue.Int64Exact(0), "ask_if_human_present_on_idle": yes(false),
		"direction": text("inbound"), "who_speaks_first": text("agent"), "current_status": text("draft"), "is_sandbox": yes(false), "is_ready_to_publish": yes(true),
		"created_at": knownvalue.NotNull(), "updated_at": knownvalue.NotNull(),
		"voice": all(map[string]knownvalue.Check{
			"id": text("voice-uuid"), "name": text("Bianca"), "label": text("Bianca Voice"), "ambient_background": text("office"),
			"stability": knownvalue.Float64Exact(0.6), "similarity_boost": knownvalue.Float64Exact(0.98), "template_id": text("voice-template-uuid"),
			"template": all(map[string]knownvalue.Check{"id": text("voice-template-uuid"), "name": text("Bianca")}),
		}),
		"phone_number_ids": knownvalue.SetExact([]knownvalue.Check{text("phone-uuid")}),
		"trainings": one(map[string]knownvalue.Check{
			"id": text("training-uuid"), "subject": text("Product Knowledge"), "current_status": text("active"),
			"created_at": text("2024-01-15T10:30:00Z"), "updated_at": text("2024-01-15T10:30:00Z"),
		}),
		"phone_numbers": one(map[string]knownvalue.Check{
			"id": text("phone-uuid"), "number": text("+1234567890"), "country_code": text("US"), "formatted_number": text("(123) 456-7890"),
			"international_number": text("+1 234 567 890"), "current_status": text("active"),
		}),
	}
	var checks []statecheck.StateCheck
	for attribute, value := range want {
		checks = append(checks, statecheck.ExpectKnownValue(byID, at(attribute), value))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config:            agentByID(c.Agent, "data \"talq_agents\" \"all\" {}\n"),
		ConfigStateChecks: append(checks, statecheck.ExpectKnownValue("data.talq_agents.all", at("agents").AtSliceIndex(0), all(want))),
	}}})
}

// TestAccAgentsDataSource_filters lists only the agents that pass every filter.
func TestAccAgentsDataSource_filters(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	wanted := fake.AddAgent(fakeapi.AgentSeed{Name: "Desk one", Direction: "outbound", Status: "published"})
	fake.AddAgent(fakeapi.AgentSeed{Name: "Desk two", Direction: "outbound"})
	fake.AddAgent(fakeapi.AgentSeed{Name: "Desk three", Status: "published"})
	fake.AddAgent(fakeapi.AgentSeed{Name: "Sales", Direction: "outbound", Status: "published"})
	filters := "search    = \"desk\"\n    direction = \"outbound\"\n    status    = \"published\"\n"
	c.Test(resource.TestCase{
		Steps: []resource.TestStep{{
			Config: fmt.Sprintf("data \"talq_agents\" \"desks\" {\n    %s}\n", filters),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("data.talq_agents.desks", at("agents"), knownvalue.ListExact([]knownvalue.Check{
					knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(wanted)}),
				})),
			},
		}},
	})
}

// TestAccAgentList_everything finds the agents that pass every filter, with all that the API shows of them.
func TestAccAgentList_everything(t *testing.T) {
	c, w := agentCase(t)
	full := acctest.FullAgent()
	w.AddAgent(fakeapi.AgentSeed{ID: "published", Name: "Front desk", Direction: "inbound", Status: "published"})
	w.AddAgent(fakeapi.AgentSeed{ID: "outbound", Name: "Front desk", Direction: "outbound"})
	var values []querycheck.KnownValueCheck
	for name, value := range full {
		if value != "" && !slices.Contains(neverShown, name) && name != "voice" {
			values = append(values, querycheck.KnownValueCheck{Path: at(name), KnownValue: valueOf(value)})
		}
	}
	values = append(values, querycheck.KnownValueCheck{Path: at("voice").AtMapKey("template_id"), KnownValue: knownvalue.StringExact(acctest.UltraVoice)})
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: full.HCL()},
			{
				Query:  true,
				Config: "list \"talq_agent\" \"desks\" {\n  provider         = talq\n  include_resource = true\n  config {\n    search    = \"Front desk\"\n    direction = \"inbound\"\n    status    = \"draft\"\n  }\n}\n",
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("talq_agent.desks", 1),
					querycheck.ExpectResourceKnownValues("talq_agent.desks", queryfilter.ByDisplayName(knownvalue.NotNull()), values),
				},
			},
		},
	})
}

// TestAccAgentList_withPartsMissing: what no answer holds of an agent is null.
func TestAccAgentList_withPartsMissing(t *testing.T) {
	c, w := agentCase(t)
	renamed := func(body []byte) []byte {
		return []byte(strings.NewReplacer(`"voice":`, `"unseen":`, `"phone_numbers":`, `"unseen_too":`).Replace(string(body)))
	}
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: acctest.FullAgent().HCL()},
			{
				PreConfig: func() {
					for _, op := range []fakeapi.Op{fakeapi.OpListAgents, fakeapi.OpGetAgent} {
						w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: op}, Rewrite: renamed})
					}
				},
				Query:  true,
				Config: "list \"talq_agent\" \"desks\" {\n  provider         = talq\n  include_resource = true\n  config {\n    search = \"Front desk\"\n  }\n}\n",
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectResourceKnownValues("talq_agent.desks", queryfilter.ByDisplayName(knownvalue.NotNull()), []querycheck.KnownValueCheck{
						{Path: at("label"), KnownValue: knownvalue.StringExact("Front desk")},
						{Path: at("voice"), KnownValue: knownvalue.Null()},
						{Path: at("phone_number_ids"), KnownValue: knownvalue.Null()},
						{Path: at("advanced_settings"), KnownValue: knownvalue.Null()},
					}),
				},
			},
		},
	})
}

// TestAccAgent_importOfAnOpenAnswer imports from an API that shows what its pages leave out.
func TestAccAgent_importOfAnOpenAnswer(t *testing.T) {
	c, w := agentCase(t)
	w.SetBehaviour(fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed})
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: acctest.FullAgent().HCL()},
		{
			ResourceName: address, ImportState: true, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"advanced_settings", "revision", "deletion_protection"},
		},
		{
			PreConfig: func() {
				w.EditAgent("agent-2", map[string]any{"enable_initial_message_cache": true})
			},
			RefreshState: true, ExpectNonEmptyPlan: true,
		},
	}})
}
