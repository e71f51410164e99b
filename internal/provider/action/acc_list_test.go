package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// inactiveExternal and activeHold are two actions beside each other.
func inactiveExternal(agent string) string {
	return fmt.Sprintf(`
resource "talq_action" "external" {
  agent_id       = %q
  node_id        = "%[2]s-external"
  name           = "%[2]s-external"
  description    = "Syncs the call."
  type           = "external"
  current_status = "inactive"
}
`, agent, acctest.TestName)
}

func activeHold(agent string) string { return acctest.Kinds[3].TestConfig(agent, least) }

// TestAccActionList finds actions by a query: each with its identity, and with all that the
// API shows where it is asked for.
func TestAccActionList(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	block := func(name, filters string) string {
		return fmt.Sprintf("list \"talq_action\" %q {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = %q\n    %s\n  }\n}\n", name, c.Agent, filters)
	}
	identity := known{"agent_id": knownvalue.StringExact(c.Agent), "id": knownvalue.NotNull()}
	named := func(name string) queryfilter.QueryFilter {
		return queryfilter.ByDisplayName(knownvalue.StringFunc(func(shown string) error {
			if want := fmt.Sprintf(" / %s", name); !strings.HasSuffix(shown, want) {
				return fmt.Errorf("%q does not end with %q", shown, want)
			}
			return nil
		}))
	}
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: inactiveExternal(c.Agent) + activeHold(c.Agent)},
			{
				Query:  true,
				Config: block("all", "") + block("holds", `type = "hold"`) + block("off", `current_status = "inactive"`),
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLengthAtLeast("talq_action.all", 2),
					querycheck.ExpectIdentity("talq_action.all", identity),
					querycheck.ExpectResourceKnownValues("talq_action.holds", named(acctest.TestName+" (hold)"), []querycheck.KnownValueCheck{
						{Path: at("agent_id"), KnownValue: knownvalue.StringExact(c.Agent)},
						{Path: at("name"), KnownValue: knownvalue.StringExact(acctest.TestName)},
						{Path: at("type"), KnownValue: knownvalue.StringExact("hold")},
						{Path: at("hold_duration"), KnownValue: knownvalue.Int64Exact(30)},
						{Path: at("inputs"), KnownValue: knownvalue.Null()},
						{Path: at("node_id"), KnownValue: knownvalue.Null()}, // which the API never returns
						{Path: at("revision"), KnownValue: knownvalue.Null()},
					}),
					querycheck.ExpectResourceKnownValues("talq_action.off", named(acctest.TestName+"-external (external)"), []querycheck.KnownValueCheck{
						{Path: at("current_status"), KnownValue: knownvalue.StringExact("inactive")},
						{Path: at("description"), KnownValue: knownvalue.StringExact("Syncs the call.")},
					}),
				},
			},
		},
	})
}

// TestAccActionsDataSource shows the actions of an agent, all or those that pass the filters.
func TestAccActionsDataSource(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	block := func(name, filters string) string {
		return fmt.Sprintf(`
data "talq_actions" %[1]q {
  agent_id   = %[2]q
  %[3]s
  depends_on = [talq_action.external, talq_action.test]
}
output %[1]q {
  value = { for action in data.talq_actions.%[1]s.actions : action.name => action if startswith(action.name, "tfacc-") }
}
`, name, c.Agent, filters)
	}
	hold := knownvalue.ObjectPartial(known{
		"id": knownvalue.NotNull(), "label": knownvalue.StringExact(acctest.TestName), "type": knownvalue.StringExact("hold"), "description": knownvalue.StringExact("What the hold does."),
		"hold_duration": knownvalue.Int64Exact(30), "transfer_to": knownvalue.Null(), "url": knownvalue.Null(), "authorization_url": knownvalue.Null(), "inputs": knownvalue.Null(),
		"current_status": knownvalue.StringExact("active"), "created_at": knownvalue.NotNull(), "updated_at": knownvalue.NotNull(),
	})
	external := knownvalue.ObjectPartial(known{"type": knownvalue.StringExact("external"), "current_status": knownvalue.StringExact("inactive")})
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: inactiveExternal(c.Agent) + activeHold(c.Agent) + block("all", "") + block("holds", `type = "hold"`) + block("off", `current_status = "inactive"`),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("all", knownvalue.ObjectExact(known{acctest.TestName: hold, acctest.TestName + "-external": external})),
			statecheck.ExpectKnownOutputValue("holds", knownvalue.ObjectExact(known{acctest.TestName: hold})),
			statecheck.ExpectKnownOutputValue("off", knownvalue.ObjectExact(known{acctest.TestName + "-external": external})),
		},
	}}})
}
