package integration_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestAccIntegrationsDataSource shows the catalogue, whole or of one category.
func TestAccIntegrationsDataSource(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	first := tfjsonpath.New("integrations").AtSliceIndex(0)
	is := func(path tfjsonpath.Path, value knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.talq_action_integrations.all", path, value)
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: `
data "talq_action_integrations" "all" {}
data "talq_action_integrations" "one_category" {
  category = data.talq_action_integrations.all.integrations[0].category
}
data "talq_action_integrations" "none" {
  category = "tfacc-no-such-category"
}
locals {
  category = data.talq_action_integrations.all.integrations[0].category
}
output "same_category" {
  value = toset(data.talq_action_integrations.one_category.integrations) == toset([for i in data.talq_action_integrations.all.integrations : i if i.category == local.category])
}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			is(first.AtMapKey("identifier"), knownvalue.NotNull()), is(first.AtMapKey("display_name"), knownvalue.NotNull()), is(first.AtMapKey("category"), knownvalue.NotNull()),
			is(first.AtMapKey("description"), knownvalue.NotNull()), is(first.AtMapKey("icon_url"), knownvalue.NotNull()),
			statecheck.ExpectKnownOutputValue("same_category", knownvalue.Bool(true)),
			statecheck.ExpectKnownValue("data.talq_action_integrations.none", tfjsonpath.New("integrations"), knownvalue.ListExact(nil)),
		},
	}}})
}

// TestAccIntegration_used puts one of the catalogue into an action.
func TestAccIntegration_used(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: fmt.Sprintf(`
data "talq_action_integrations" "all" {}
resource "talq_action" "test" {
  agent_id    = %q
  node_id     = %[2]q
  name        = %[2]q
  description = "Hands the call over."
  type        = "webhook"
  integration = { id = data.talq_action_integrations.all.integrations[0].identifier }
}
`, c.Agent, acctest.TestName),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(acctest.TestAction, tfjsonpath.New("integration").AtMapKey("id"), knownvalue.NotNull()),
			statecheck.ExpectKnownValue(acctest.TestAction, tfjsonpath.New("url"), knownvalue.Null()),
		},
	}}})
}
