package webhook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const address = "talq_agent_webhook.test"

// config is the configuration of the case's webhook, with more attributes.
// Its address is no server's (RFC 6761): the API may call an enabled webhook at any time.
func config(agentID, more string) string {
	return fmt.Sprintf(`
resource "talq_agent_webhook" "test" {
  agent_id    = %q
  name        = %q
  webhook_url = "https://tfacc.invalid/hook"
  events      = ["event_phone_call_started", "event_phone_call_ended"]
  %s
}
`, agentID, acctest.TestName, more)
}

const everything = `
  timeout              = 45
  max_retries          = 0
  enabled              = false
  http_method          = "PUT"
  authorization_scheme = "bearer"
  custom_headers       = { Accept = "text/plain" }
  webhook_secret       = "signs"
  payload_templates    = { event_phone_call_ended = jsonencode({ call = "{{call.id}}" }) }
`

func is(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

// plans expects what a step is about to do with the webhook.
func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

// importID makes the import id of the webhook in the state.
func importID(s *terraform.State) (string, error) {
	attributes := s.RootModule().Resources[address].Primary.Attributes
	return attributes["agent_id"] + "/" + attributes["id"], nil
}

// TestAccAgentWebhook_basic makes a webhook with the least that it needs, and imports it by
// its id without a change.
func TestAccAgentWebhook_basic(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{
			Config: config(c.Agent, ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
				plancheck.ExpectUnknownValue(address, tfjsonpath.New("id")),
				plancheck.ExpectUnknownValue(address, tfjsonpath.New("status")),
				plancheck.ExpectUnknownValue(address, tfjsonpath.New("revision")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				is("timeout", knownvalue.Int64Exact(30)), is("max_retries", knownvalue.Int64Exact(3)), is("enabled", knownvalue.Bool(true)),
				is("status", knownvalue.StringExact("active")), is("http_method", knownvalue.Null()), is("events", knownvalue.SetSizeExact(2)),
			},
		},
		{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateIdFunc: importID},
	}})
}

// TestAccAgentWebhook_update sets everything in place, and takes all but the secret away again.
func TestAccAgentWebhook_update(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, "")},
		{
			Config: config(c.Agent, everything), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				is("timeout", knownvalue.Int64Exact(45)), is("max_retries", knownvalue.Int64Exact(0)), is("enabled", knownvalue.Bool(false)),
				is("status", knownvalue.StringExact("disabled")), is("http_method", knownvalue.StringExact("PUT")),
				c.ExpectOnServer(address, `"timeout": 45, "max_retries": 0, "enabled": false, "http_method": "PUT", "authorization_scheme": "bearer",
					"custom_headers": [{"key": "Accept", "value": "text/plain"}], "webhook_secret": "signs", "payload_templates": {"event_phone_call_ended": {"call": "{{call.id}}"}}`),
			},
		},
		{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"http_method", "authorization_scheme", "custom_headers", "webhook_secret", "payload_templates", "revision"}},
		{
			Config: config(c.Agent, `webhook_secret = "signs"`), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{c.ExpectOnServer(address, `"timeout": 30, "max_retries": 3, "enabled": true, "http_method": "POST",
				"authorization_scheme": "none", "custom_headers": [], "webhook_secret": "signs", "payload_templates": {}`)},
		},
		{Config: config(c.Agent, ""), ConfigPlanChecks: plans(plancheck.ResourceActionDestroyBeforeCreate)},
	}})
}

// TestAccAgentWebhook_rename changes in place what every webhook has.
func TestAccAgentWebhook_rename(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	renamed := strings.NewReplacer(acctest.TestName, acctest.TestName+"-renamed", "/hook", "/other", `, "event_phone_call_ended"`, "").Replace(config(c.Agent, ""))
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, "")},
		{
			Config: renamed, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{c.ExpectOnServer(address, fmt.Sprintf(`"name": "%s-renamed", "webhook_url": "https://tfacc.invalid/other", "events": ["event_phone_call_started"]`, acctest.TestName))},
		},
	}})
}

// TestAccAgentWebhook_writeOnly sends what is write-only, and again where its version changes.
func TestAccAgentWebhook_writeOnly(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	hidden := func(value string, version int) string {
		return config(c.Agent, fmt.Sprintf("custom_headers_wo = { X-Key = %[1]q }\n  custom_headers_wo_version = %[2]d\n  webhook_secret_wo = %[1]q\n  webhook_secret_wo_version = %[2]d\n", value, version))
	}
	has := func(value string) []statecheck.StateCheck {
		return []statecheck.StateCheck{
			is("custom_headers_wo", knownvalue.Null()), is("webhook_secret_wo", knownvalue.Null()),
			c.ExpectOnServer(address, fmt.Sprintf(`"custom_headers": [{"key": "X-Key", "value": %[1]q}], "webhook_secret": %[1]q`, value)),
		}
	}
	c.Test(resource.TestCase{
		CheckDestroy:           c.NoWebhookIsLeft,
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		Steps: []resource.TestStep{
			{Config: hidden("first", 1), ConfigStateChecks: has("first")},
			{Config: hidden("second", 1), ConfigPlanChecks: plans(plancheck.ResourceActionNoop), ConfigStateChecks: has("first")},
			{Config: hidden("second", 2), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate), ConfigStateChecks: has("second")},
		},
	})
}

// TestAccAgentWebhook_importOfAnOpenAnswer imports from an API that shows what its pages leave
// out: all but the secrets comes along.
func TestAccAgentWebhook_importOfAnOpenAnswer(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed}))
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, everything)},
		{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"custom_headers", "webhook_secret", "revision"}},
	}})
}

// TestAccAgentWebhook_drift puts back what somebody changed.
func TestAccAgentWebhook_drift(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, "")},
		{
			PreConfig: func() {
				c.PutWebhook(map[string]any{"name": acctest.TestName, "enabled": false, "timeout": 60, "max_retries": 9})
			},
			Config: config(c.Agent, ""), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				is("enabled", knownvalue.Bool(true)), is("timeout", knownvalue.Int64Exact(30)), is("max_retries", knownvalue.Int64Exact(3)), is("status", knownvalue.StringExact("active")),
				c.ExpectOnServer(address, `"enabled": true, "timeout": 30, "max_retries": 3`),
			},
		},
	}})
}

// TestAccAgentWebhook_gone makes a webhook again that somebody deleted.
func TestAccAgentWebhook_gone(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, "")},
		{PreConfig: func() { c.DeleteWebhook(acctest.TestName) }, Config: config(c.Agent, ""), ConfigPlanChecks: plans(plancheck.ResourceActionCreate)},
	}})
}

// TestAccAgentWebhook_identity imports by identity.
func TestAccAgentWebhook_identity(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{
		CheckDestroy:           c.NoWebhookIsLeft,
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{Config: config(c.Agent, ""), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"agent_id": knownvalue.StringExact(c.Agent), "id": knownvalue.NotNull()}),
			}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}
