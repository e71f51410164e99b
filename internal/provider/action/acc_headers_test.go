package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestAccAction_headersAreSensitive in the plan and in the state.
func TestAccAction_headersAreSensitive(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_4_6)}, // for the state's part
		Steps: []resource.TestStep{{
			Config:            acctest.Kinds[0].TestConfig(c.Agent, everything),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectSensitiveValue(address, at("custom_headers"))}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectSensitiveValue(address, at("custom_headers"))},
		}},
	})
}

// withWriteOnly is a webhook with a header from an ephemeral variable, and perhaps more.
func withWriteOnly(agent string, version int, more string) string {
	webhook := acctest.Kinds[0].TestConfig(agent, least)
	return `
variable "key" {
  type      = string
  ephemeral = true
}
provider "echo" {
  data = var.key
}
resource "echo" "key" {}
` + strings.TrimSuffix(strings.TrimSpace(webhook), "}") + fmt.Sprintf(`
  custom_headers_wo         = { X-Api-Key = var.key }
  custom_headers_wo_version = %d
  %s
}
`, version, more)
}

// TestAccAction_writeOnlyHeaders sends headers from an ephemeral value and keeps them
// out of the state. They are sent again when their version changes, and only then.
func TestAccAction_writeOnlyHeaders(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	const beside = `custom_headers = { Accept = "text/plain" }`
	sent := func(headers string) statecheck.StateCheck {
		return c.ExpectOnServer(address, `"custom_headers": [`+headers+`]`)
	}
	const first = `{"key": "Accept", "value": "text/plain"}, {"key": "X-Api-Key", "value": "first-key"}`
	key := func(value string) config.Variables { return config.Variables{"key": config.StringVariable(value)} }
	kept, moved := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesDiffer())
	c.Test(resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){"echo": echoprovider.NewProviderServer()},
		Steps: []resource.TestStep{
			{
				Config:          withWriteOnly(c.Agent, 1, beside),
				ConfigVariables: key("first-key"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("echo.key", at("data"), knownvalue.StringExact("first-key")), // so that the variable is known to have come through
					statecheck.ExpectKnownValue(address, at("custom_headers_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, at("custom_headers_wo_version"), knownvalue.Int64Exact(1)),
					sent(first), kept.AddStateValue(address, at("revision")), moved.AddStateValue(address, at("revision")),
				},
			},
			{
				Config:            withWriteOnly(c.Agent, 1, beside),
				ConfigVariables:   key("second-key"),
				ConfigPlanChecks:  plans(plancheck.ResourceActionNoop),
				ConfigStateChecks: []statecheck.StateCheck{sent(first), kept.AddStateValue(address, at("revision"))},
			},
			{
				Config:           withWriteOnly(c.Agent, 2, ""),
				ConfigVariables:  key("second-key"),
				ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, at("custom_headers_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, at("custom_headers_wo_version"), knownvalue.Int64Exact(2)),
					sent(`{"key": "X-Api-Key", "value": "second-key"}`), moved.AddStateValue(address, at("revision")),
				},
			},
			{
				Config:           acctest.Kinds[0].TestConfig(c.Agent, least),
				ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, at("custom_headers_wo_version"), knownvalue.Null()),
					sent(""),
				},
			},
		},
	})
}
