package webhook_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestAccAgentWebhookList finds webhooks by a query: each with its identity, and with all that
// the API shows where it is asked for.
func TestAccAgentWebhookList(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	text := knownvalue.StringExact
	c.Test(resource.TestCase{
		CheckDestroy:           c.NoWebhookIsLeft,
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: config(c.Agent, everything)},
			{
				Query:  true,
				Config: fmt.Sprintf("list \"talq_agent_webhook\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = %q\n  }\n}\n", c.Agent),
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectIdentity("talq_agent_webhook.all", map[string]knownvalue.Check{"agent_id": text(c.Agent), "id": knownvalue.NotNull()}),
					querycheck.ExpectResourceKnownValues("talq_agent_webhook.all", queryfilter.ByDisplayName(knownvalue.StringRegexp(ours)), []querycheck.KnownValueCheck{
						{Path: tfjsonpath.New("agent_id"), KnownValue: text(c.Agent)},
						{Path: tfjsonpath.New("name"), KnownValue: text(acctest.TestName)},
						{Path: tfjsonpath.New("webhook_url"), KnownValue: text("https://tfacc.invalid/hook")},
						{Path: tfjsonpath.New("events"), KnownValue: knownvalue.SetSizeExact(2)},
						{Path: tfjsonpath.New("timeout"), KnownValue: knownvalue.Int64Exact(45)},
						{Path: tfjsonpath.New("max_retries"), KnownValue: knownvalue.Int64Exact(0)},
						{Path: tfjsonpath.New("enabled"), KnownValue: knownvalue.Bool(false)},
						{Path: tfjsonpath.New("status"), KnownValue: text("disabled")},
						{Path: tfjsonpath.New("http_method"), KnownValue: knownvalue.Null()}, // which the API never returns
						{Path: tfjsonpath.New("revision"), KnownValue: knownvalue.Null()},
					}),
				},
			},
		},
	})
}

var ours = regexp.MustCompile(` / ` + acctest.TestName + ` \(disabled\)$`)
