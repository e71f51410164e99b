package agent_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const byID = "data.talq_agent.by_id"

// agentByID is the configuration of the case's agent, and what else is read.
func agentByID(agent, more string) string {
	return fmt.Sprintf("data \"talq_agent\" \"by_id\" {\n  id = %q\n}\n%s", agent, more)
}

// TestAccAgentDataSource_byID reads the agent.
func TestAccAgentDataSource_byID(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	is := func(attribute string, value knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(byID, tfjsonpath.New(attribute), value)
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: agentByID(c.Agent, ""),
		ConfigStateChecks: []statecheck.StateCheck{
			is("id", knownvalue.StringExact(c.Agent)), is("name", knownvalue.NotNull()), is("direction", knownvalue.NotNull()), is("language", knownvalue.NotNull()),
			is("current_status", knownvalue.StringExact(c.Status())), is("is_ready_to_publish", knownvalue.NotNull()), is("created_at", knownvalue.NotNull()), is("updated_at", knownvalue.NotNull()),
		},
	}}})
}

// TestAccAgentDataSource_byName finds the same agent by its name.
func TestAccAgentDataSource_byName(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	var same []statecheck.StateCheck
	for _, attribute := range []string{"id", "name", "label", "description", "language", "direction", "voice", "trainings", "phone_numbers", "current_status", "created_at"} {
		same = append(same, statecheck.CompareValuePairs(byID, tfjsonpath.New(attribute), "data.talq_agent.by_name", tfjsonpath.New(attribute), compare.ValuesSame()))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config:            agentByID(c.Agent, "data \"talq_agent\" \"by_name\" {\n  name = data.talq_agent.by_id.name\n}\n"),
		ConfigStateChecks: same,
	}}})
}

// TestAccAgentDataSource_unknown ends in an error.
func TestAccAgentDataSource_unknown(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config:      agentByID(acctest.TestName, ""),
		ExpectError: regexp.MustCompile("Could not read the agent " + acctest.TestName),
	}}})
}

// TestAccAgentsDataSource lists the agent among all, and leaves it out where a filter does.
func TestAccAgentsDataSource(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	draft := c.Status() == "draft"
	block := func(name, filters string) string {
		return fmt.Sprintf("data \"talq_agents\" %[1]q {\n  %[2]s\n}\noutput %[1]q {\n  value = contains(data.talq_agents.%[1]s.agents[*].id, %[3]q)\n}\n", name, filters, c.Agent)
	}
	lists := func(output string, value bool) statecheck.StateCheck {
		return statecheck.ExpectKnownOutputValue(output, knownvalue.Bool(value))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: agentByID(c.Agent, block("all", "")+block("drafts", `status = "draft"`)+block("published", `status = "published"`)+
			block("named", "search = data.talq_agent.by_id.name")+block("directed", "direction = data.talq_agent.by_id.direction")),
		ConfigStateChecks: []statecheck.StateCheck{
			lists("all", true), lists("drafts", draft), lists("published", !draft), lists("named", true), lists("directed", true),
		},
	}}})
}
