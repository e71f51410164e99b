package acctest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestName is the node id and the name of the action that a case makes, and the beginning of
// all others. A sweep of the real agent takes away what begins with its prefix.
const TestName = guard.Prefix + "test"

// Case is what a case of terraform-plugin-testing needs: an agent without actions of such
// cases, and a way to change it behind Terraform's back.
type Case struct {
	Agent string
	Talq
	t     *testing.T
	block string
	fake  *World // nil in a run on the real API
}

// NewCase takes the agent of a fake of its own, a draft, or in a run on the real API the agent that was
// given up for it; see [Main]. A case with options of the fake is skipped in such a run.
func NewCase(t *testing.T, options ...fakeapi.Option) *Case {
	t.Helper()
	if onRealAPI() {
		if len(options) > 0 {
			t.Skip("only the fake can be told how to answer")
		}
		client := realClient(t)
		block := fmt.Sprintf("provider \"talq\" {\n  base_url = %q\n}\n", client.BaseURL) // The token stays out of files.
		return &Case{t: t, Agent: client.AgentID, Talq: realTalq{t, client}, block: block}
	}
	w := NewWorld(t, options...)
	w.SetPublished(w.Agent, false)
	return &Case{t: t, Agent: w.Agent, Talq: fakeTalq{t, w}, block: w.ProviderBlock(), fake: &w}
}

// Parallel lets a test run beside others, but not on the real API, where all share one agent.
func Parallel(t *testing.T) {
	t.Helper()
	if !onRealAPI() {
		t.Parallel()
	}
}

// NeedsPublish skips a case that publishes where the owner of a real agent does not allow it.
func (c *Case) NeedsPublish() {
	c.t.Helper()
	if c.fake == nil && !theRealRun.config.MayPublish {
		c.t.Skipf("it publishes the agent, which needs %s=1", guard.MayPublishVariable)
	}
}

// OtherAgent is the id of a second agent. In a run on the real API there is none, so the case
// is skipped.
func (c *Case) OtherAgent() string {
	c.t.Helper()
	if c.fake == nil {
		c.t.Skip("it needs a second agent, and one is given up for tests")
	}
	return c.fake.AddAgent(fakeapi.AgentSeed{Name: guard.Prefix + "other"})
}

// Fake is the fake of a case that makes agents, or needs voices and numbers of known ids. In a
// run on the real API the case is skipped: one agent is given up for it, and no call makes up
// for a further one.
func (c *Case) Fake() World {
	c.t.Helper()
	if c.fake == nil {
		c.t.Skip("it makes agents, and one is given up for tests")
	}
	return *c.fake
}

// Test runs a test case against the provider in this process. It puts the provider block in
// front of each configuration, and expects that nothing of it is left in the end.
func (c *Case) Test(test resource.TestCase) {
	c.t.Helper()
	if _, err := cliFound(); err != nil {
		c.t.Fatal(err)
	}
	if test.ProtoV6ProviderFactories == nil {
		test.ProtoV6ProviderFactories = map[string]func() (tfprotov6.ProviderServer, error){}
	}
	test.ProtoV6ProviderFactories["talq"] = func() (tfprotov6.ProviderServer, error) {
		return NewServer(), nil
	}
	for i := range test.Steps {
		if step := &test.Steps[i]; step.Config != "" && !step.Query {
			step.Config = c.block + step.Config
		}
	}
	if test.CheckDestroy == nil {
		test.CheckDestroy = c.nothingIsLeft
	}
	resource.UnitTest(c.t, test) // It asks for no TF_ACC: Main decides which API is meant.
}

// nothingIsLeft is a [resource.TestCase]'s CheckDestroy.
func (c *Case) nothingIsLeft(before *terraform.State) error {
	for address, r := range before.RootModule().Resources {
		left := false
		switch r.Type {
		case "talq_action", "talq_training":
			left = c.shown(r.Type, func(name string) string { return r.Primary.Attributes[name] }) != nil
		case "talq_agent":
			if strings.HasPrefix(address, "data.") {
				continue
			}
			_, left = c.Fake().Server.Agent(r.Primary.ID)
		}
		if left {
			return fmt.Errorf("%s is still there", address)
		}
	}
	return nil
}
