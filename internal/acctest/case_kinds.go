package acctest

import (
	"cmp"
	"fmt"
)

// TestAction is where the cases of terraform-plugin-testing have their action.
const TestAction = "talq_action.test"

// TestFields are what all kinds have. What is left out is as [Kind.TestConfig] has it.
type TestFields struct{ NodeID, Name, Description string }

// TestConfig is the configuration of [TestAction] at a stage: 0 is the least, 1 everything
// set, 2 everything changed. Its name and its node id are [TestName].
func (k Kind) TestConfig(agentID string, stage int) string {
	return k.TestConfigOf(agentID, stage, TestFields{})
}

// TestConfigOf is TestConfig with other fields.
func (k Kind) TestConfigOf(agentID string, stage int, fields TestFields) string {
	attributes := k.least
	if stage > 0 {
		attributes = k.Stages[stage-1].attributes
	}
	return fmt.Sprintf(`
resource "talq_action" "test" {
  agent_id    = %q
  node_id     = %q
  name        = %q
  description = %q
  type        = %q
  %s
}
`, agentID, cmp.Or(fields.NodeID, TestName), cmp.Or(fields.Name, TestName), cmp.Or(fields.Description, "What the "+k.ActionType+" does."), k.ActionType, attributes)
}

// TestSends are the members, as JSON, that the API holds of [TestAction] at a stage; -1 is
// the way back to the least.
func (k Kind) TestSends(stage int) string {
	members := k.SendsLeast
	switch {
	case stage < 0:
		members = k.SendsReset
	case stage > 0:
		members = k.Stages[stage-1].Sends
	}
	return fmt.Sprintf(`"node_id": %[1]q, "name": %[1]q, "description": "What the %[2]s does.", "type": %[2]q, %[3]s`, TestName, k.ActionType, members)
}
