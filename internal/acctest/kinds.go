package acctest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// stage is a configuration of one action: what a person adds to the least that
// its type needs.
type stage struct {
	name       string
	attributes string // HCL
	Sends      string // JSON of the members that the write to this stage must hold
}

// Kind is a type of action with the stages that every lifecycle walks through.
type Kind struct {
	ActionType string
	least      string // HCL beyond node_id, name, description and type
	SendsLeast string // JSON beyond those, on create
	Stages     []stage
	SendsReset string // JSON of what the way back to the least must send
}

const webhookLike = `
  authorization_url    = "https://auth.example.com/token"
  authorization_scheme = "bearer"
  custom_headers       = { "X-Api-Key" = "first", Accept = "text/plain" }
  speak_on_send        = "One moment."
  speak_on_receive     = "You are booked for {{date}}."
  integration          = { id = "calendar" }
  current_status       = "inactive"
  inputs = [
    { name = "date", required = true, description = "Meeting date" },
    { name = "guests", type = "integer", value = 2 },
    { name = "options", type = "object", value = jsonencode({ vip = false, tags = ["a"] }) },
  ]
`

const sendsWebhookLike = `
  "authorization_url": "https://auth.example.com/token", "authorization_scheme": "bearer",
  "custom_headers": [{"key": "Accept", "value": "text/plain"}, {"key": "X-Api-Key", "value": "first"}],
  "speak_on_send": "One moment.", "speak_on_receive": "You are booked for {{date}}.",
  "integration": {"id": "calendar"}, "current_status": "inactive",
  "inputs": [
    {"name": "date", "type": "string", "required": true, "description": "Meeting date"},
    {"name": "guests", "type": "integer", "required": false, "value": 2},
    {"name": "options", "type": "object", "required": false, "value": {"tags": ["a"], "vip": false}}
  ]`

const webhookLikeChanged = `
  authorization_url    = "https://auth.example.com/v2/token"
  authorization_scheme = "basic"
  custom_headers       = { "X-Api-Key" = "second" }
  speak_on_send        = "Just a second."
  speak_on_receive     = "Done."
  integration          = { id = "crm" }
  inputs = [
    { name = "guests", type = "number", value = 2.5, required = true },
    { name = "date", description = "The day" },
  ]
`

const sendsWebhookLikeChanged = `
  "authorization_url": "https://auth.example.com/v2/token", "authorization_scheme": "basic",
  "custom_headers": [{"key": "X-Api-Key", "value": "second"}],
  "speak_on_send": "Just a second.", "speak_on_receive": "Done.",
  "integration": {"id": "crm"}, "current_status": "active",
  "inputs": [
    {"name": "guests", "type": "number", "required": true, "value": 2.5},
    {"name": "date", "type": "string", "required": false, "description": "The day"}
  ]`

const sendsWebhookLikeReset = `
  "authorization_url": null, "authorization_scheme": "none", "custom_headers": [],
  "speak_on_send": null, "speak_on_receive": null,
  "integration": null, "inputs": [], "current_status": "active"`

// The inputs of a transfer or a hold, beside the entry that these append.
const (
	plainExtras = `
  current_status = "inactive"
  integration    = { id = "crm" }
  inputs         = [{ name = "reason", description = "Why" }]
`
	plainExtrasChanged = `
  integration = { id = "calendar" }
  inputs      = [{ name = "cause", description = "Why" }, { name = "level", type = "integer", value = 3 }]
`
	reasonSent = `{"name": "reason", "type": "string", "required": false, "description": "Why"}`
	causesSent = `{"name": "cause", "type": "string", "required": false, "description": "Why"}, {"name": "level", "type": "integer", "required": false, "value": 3}`
)

// numberSent and secondsSent are the entries that a transfer and a hold append.
func numberSent(number string) string {
	return fmt.Sprintf(`{"name": "transfer_to", "type": "string", "required": true, "description": "Transfer to", "value": %q}`, number)
}

func secondsSent(seconds int) string {
	return fmt.Sprintf(`{"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration in seconds", "value": %d}`, seconds)
}

// Kinds are the four types. What is sent is written out by hand from API.md.
var Kinds = []Kind{
	{
		ActionType: action.TypeWebhook,
		least:      `url = "https://api.example.com/schedule"`, SendsLeast: `"url": "https://api.example.com/schedule", "current_status": "active"`,
		Stages: []stage{
			{"everything set", `url = "https://api.example.com/schedule"` + webhookLike + `execution_mode = "during_call"`,
				sendsWebhookLike + `, "execution_mode": "during_call", "url": "https://api.example.com/schedule"`},
			{"everything changed", webhookLikeChanged, sendsWebhookLikeChanged + `, "execution_mode": "during_call", "url": null`},
		},
		SendsReset: sendsWebhookLikeReset + `, "url": "https://api.example.com/schedule"`,
	},
	{
		ActionType: action.TypeExternal,
		SendsLeast: `"current_status": "active"`,
		Stages: []stage{
			{"everything set", `url = "https://api.example.com/sync"` + webhookLike + `execution_mode = "during_call"`,
				sendsWebhookLike + `, "execution_mode": "during_call", "url": "https://api.example.com/sync"`},
			{"everything changed", `url = "https://api.example.com/v2/sync"` + webhookLikeChanged + `execution_mode = "post_call"`,
				sendsWebhookLikeChanged + `, "execution_mode": "post_call", "url": "https://api.example.com/v2/sync"`},
		},
		SendsReset: sendsWebhookLikeReset + `, "execution_mode": "during_call", "url": null`,
	},
	{
		ActionType: action.TypeTransfer,
		least:      `transfer_to = "+12025550123"`, SendsLeast: `"transfer_to": "+12025550123", "inputs": [` + numberSent("+12025550123") + `], "current_status": "active"`,
		Stages: []stage{
			{"everything set", `transfer_to = "+12025550123"` + plainExtras,
				`"transfer_to": "+12025550123", "inputs": [` + reasonSent + `, ` + numberSent("+12025550123") + `], "integration": {"id": "crm"}, "current_status": "inactive"`},
			{"everything changed", `transfer_to = "+12025550199"` + plainExtrasChanged,
				`"transfer_to": "+12025550199", "inputs": [` + causesSent + `, ` + numberSent("+12025550199") + `], "integration": {"id": "calendar"}, "current_status": "active"`},
		},
		SendsReset: `"transfer_to": "+12025550123", "inputs": [` + numberSent("+12025550123") + `], "integration": null, "current_status": "active"`,
	},
	{
		ActionType: action.TypeHold,
		least:      `hold_duration = 30`, SendsLeast: `"hold_duration": 30, "inputs": [` + secondsSent(30) + `], "current_status": "active"`,
		Stages: []stage{
			{"everything set", `hold_duration = 30` + plainExtras,
				`"hold_duration": 30, "inputs": [` + reasonSent + `, ` + secondsSent(30) + `], "integration": {"id": "crm"}, "current_status": "inactive"`},
			{"everything changed", `hold_duration = 45` + plainExtrasChanged,
				`"hold_duration": 45, "inputs": [` + causesSent + `, ` + secondsSent(45) + `], "integration": {"id": "calendar"}, "current_status": "active"`},
		},
		SendsReset: `"hold_duration": 30, "inputs": [` + secondsSent(30) + `], "integration": null, "current_status": "active"`,
	},
}

// hcl is the configuration of a kind's action with the given attributes.
func (k Kind) hcl(agentID, description, attributes string) string {
	return fmt.Sprintf(`
resource "talq_action" %[1]q {
  agent_id    = %[2]q
  node_id     = "the-%[1]s"
  name        = "The %[1]s"
  description = %[3]s
  type        = %[1]q
  %[4]s
}
`, k.ActionType, agentID, description, attributes)
}

// Address is where [AllKinds] has the action.
func (k Kind) Address() string { return "talq_action." + k.ActionType }

// Body is the whole body of an upsert: what every action sends, and the given
// JSON.
func (k Kind) Body(t *testing.T, members string) map[string]any {
	t.Helper()
	return JSONObject(t, fmt.Sprintf(`{"node_id": "the-%[1]s", "name": "The %[1]s", "description": "What the %[1]s does.\n", "type": %[1]q, %[2]s}`, k.ActionType, members))
}

// AllKinds is the configuration of all kinds, each at the same stage: 0 is the least. The
// descriptions end with a line break.
func AllKinds(agentID string, number int) string {
	return allKinds(agentID, number, "<<-EOT\n    What the %s does.\n  EOT")
}

// AllKindsTrimmed is AllKinds without the line breaks, as an API that trims texts has it.
func AllKindsTrimmed(agentID string, number int) string {
	return allKinds(agentID, number, `"What the %s does."`)
}

func allKinds(agentID string, number int, description string) string {
	var b strings.Builder
	for _, k := range Kinds {
		attributes := k.least
		if number > 0 {
			attributes = k.Stages[number-1].attributes
		}
		b.WriteString(k.hcl(agentID, fmt.Sprintf(description, k.ActionType), attributes))
	}
	return b.String()
}
