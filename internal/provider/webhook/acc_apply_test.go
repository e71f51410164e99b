package webhook_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccAgentWebhook_secretKnownAtApply: a secret that is not known at plan is planned as a
// change in place. One that is then null ends in Terraform's own error, before anything is sent:
// no provider can replace at apply what it did not plan to. The next plan replaces the webhook.
func TestAccAgentWebhook_secretKnownAtApply(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	// n changes the input, so that the plan knows nothing of the output.
	with := func(secret string, n int) string {
		return fmt.Sprintf("resource \"terraform_data\" \"secret\" {\n  input = { secret = %s, n = %d }\n}\n", secret, n) +
			config(c.Agent, "webhook_secret = terraform_data.secret.output.secret")
	}
	sameID, newID := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesDiffer())
	of := func(secret string) []statecheck.StateCheck {
		return []statecheck.StateCheck{c.ExpectOnServer(address, `"webhook_secret": `+secret), sameID.AddStateValue(address, tfjsonpath.New("id"))}
	}
	first := of(`"one"`)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: with(`"one"`, 1), ConfigStateChecks: append(first, newID.AddStateValue(address, tfjsonpath.New("id")))},
		{Config: with(`"one"`, 2), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate), ConfigStateChecks: of(`"one"`)},
		{Config: with(`"two"`, 3), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate), ConfigStateChecks: of(`"two"`)},
		{Config: with(`null`, 4), ExpectError: regexp.MustCompile("Provider produced inconsistent final plan")},
		{
			PreConfig: func() {
				if got := c.Webhook(acctest.TestName); got["webhook_secret"] != nil && got["webhook_secret"] != "two" {
					t.Errorf("the secret is %v", got["webhook_secret"])
				}
			},
			Config: with(`null`, 4), ConfigPlanChecks: plans(plancheck.ResourceActionDestroyBeforeCreate),
			ConfigStateChecks: []statecheck.StateCheck{c.ExpectOnServer(address, `"webhook_secret": null`), newID.AddStateValue(address, tfjsonpath.New("id"))},
		},
	}})
}

// TestAccAgentWebhook_unknownOutcome: what an update may have set that got no clear answer is
// written again, or taken away; a secret is taken away with its webhook.
func TestAccAgentWebhook_unknownOutcome(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	lost := func() {
		fake.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, Times: 1, AfterProcessing: true, Body: "<html>"})
	}
	const hidden = `
  http_method          = "PUT"
  authorization_scheme = "bearer"
  custom_headers       = { Accept = "text/plain" }
  payload_templates    = { event_phone_call_ended = "{}" }
`
	fails := regexp.MustCompile("Could not update")
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: config(c.Agent, "")},
		{PreConfig: lost, Config: config(c.Agent, hidden), ExpectError: fails},
		{
			Config: config(c.Agent, ""), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{c.ExpectOnServer(address, `"http_method": "POST", "authorization_scheme": "none", "custom_headers": [], "payload_templates": {}`)},
		},
		{PreConfig: lost, Config: config(c.Agent, `webhook_secret = "signs"`), ExpectError: fails},
		{
			Config: config(c.Agent, ""), ConfigPlanChecks: plans(plancheck.ResourceActionDestroyBeforeCreate),
			ConfigStateChecks: []statecheck.StateCheck{c.ExpectOnServer(address, `"webhook_secret": null`)},
		},
	}})
}

// TestAccAgentWebhook_templatesInAnotherForm are no change.
func TestAccAgentWebhook_templatesInAnotherForm(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	with := func(template string) string {
		return config(c.Agent, fmt.Sprintf("payload_templates = { event_phone_call_ended = %q }", template))
	}
	first := statecheck.ExpectKnownValue(address, tfjsonpath.New("payload_templates").AtMapKey("event_phone_call_ended"), knownvalue.StringExact(`{"a":1,"b":2}`))
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: with(`{"a":1,"b":2}`), ConfigStateChecks: []statecheck.StateCheck{first}},
		{Config: with(`{ "b": 2, "a": 1 }`), ConfigPlanChecks: plans(plancheck.ResourceActionNoop), ConfigStateChecks: []statecheck.StateCheck{first}},
	}})
}

// TestAccAgentWebhook_managedTwice: a webhook that another address holds too is an error until
// one of the two lets go of it.
func TestAccAgentWebhook_managedTwice(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	one := config(c.Agent, "")
	both := one + strings.Replace(one, `"test"`, `"other"`, 1)
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{
		{Config: one},
		{Config: both, ResourceName: "talq_agent_webhook.other", ImportState: true, ImportStateIdFunc: importID, ImportStatePersist: true},
		{Config: both, ExpectError: regexp.MustCompile("Webhook managed twice")},
		{Config: one + "removed {\n  from = talq_agent_webhook.other\n  lifecycle {\n    destroy = false\n  }\n}\n", ConfigPlanChecks: plans(plancheck.ResourceActionNoop)},
	}})
}

// TestAccAgentWebhook_refused: what the API says of a field stands on its attribute.
func TestAccAgentWebhook_refused(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	errors, remarks := map[string]any{}, []string{}
	for _, name := range []string{ // in the order of their lines
		"name", "webhook_url", "events", "timeout", "max_retries", "enabled", "http_method", "authorization_scheme", "custom_headers", "webhook_secret", "payload_templates",
	} {
		errors[name] = []any{"Not " + name + "."}
		remarks = append(remarks, `\d+:   `+name+` += [^\n]*\n[^:]*:\s+Not\s+`+name+`\.`)
	}
	c.Fake().Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateWebhook}, Status: http.StatusUnprocessableEntity,
		Body: acctest.ToJSON(t, map[string]any{"message": "No.", "errors": errors})})
	c.Test(resource.TestCase{CheckDestroy: c.NoWebhookIsLeft, Steps: []resource.TestStep{{
		Config: config(c.Agent, everything), ExpectError: regexp.MustCompile(strings.Join(remarks, "(?s:.*)")),
	}}})
}
