package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// stage is a configuration of one action: what a person adds to the least that
// its type needs.
type stage struct {
	name       string
	attributes string // HCL
	sends      string // JSON of the members that the write to this stage must hold
}

// kind is a type of action with the stages that every lifecycle walks through.
type kind struct {
	actionType string
	least      string // HCL beyond node_id, name, description and type
	sendsLeast string // JSON beyond those, on create
	stages     []stage
	sendsReset string // JSON of what the way back to the least must send
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

// plainInput and plainInputSent are an input beside the entry that a transfer
// or a hold appends.
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
	reasonSent  = `{"name": "reason", "type": "string", "required": false, "description": "Why"}`
	causesSent  = `{"name": "cause", "type": "string", "required": false, "description": "Why"}, {"name": "level", "type": "integer", "required": false, "value": 3}`
	toReception = `{"name": "transfer_to", "type": "string", "required": true, "description": "Transfer to", "value": "+12025550123"}`
	halfMinute  = `{"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration in seconds", "value": 30}`
)

// kinds are the four types. What is sent is written out by hand from API.md.
var kinds = []kind{
	{
		actionType: typeWebhook,
		least:      `url = "https://api.example.com/schedule"`, sendsLeast: `"url": "https://api.example.com/schedule", "current_status": "active"`,
		stages: []stage{
			{"everything set", `url = "https://api.example.com/schedule"` + webhookLike + `execution_mode = "during_call"`,
				sendsWebhookLike + `, "execution_mode": "during_call", "url": "https://api.example.com/schedule"`},
			{"everything changed", webhookLikeChanged, sendsWebhookLikeChanged + `, "execution_mode": "during_call", "url": null`},
		},
		sendsReset: sendsWebhookLikeReset + `, "url": "https://api.example.com/schedule"`,
	},
	{
		actionType: typeExternal,
		sendsLeast: `"current_status": "active"`,
		stages: []stage{
			{"everything set", `url = "https://api.example.com/sync"` + webhookLike + `execution_mode = "during_call"`,
				sendsWebhookLike + `, "execution_mode": "during_call", "url": "https://api.example.com/sync"`},
			{"everything changed", `url = "https://api.example.com/v2/sync"` + webhookLikeChanged + `execution_mode = "post_call"`,
				sendsWebhookLikeChanged + `, "execution_mode": "post_call", "url": "https://api.example.com/v2/sync"`},
		},
		sendsReset: sendsWebhookLikeReset + `, "execution_mode": "during_call", "url": null`,
	},
	{
		actionType: typeTransfer,
		least:      `transfer_to = "+12025550123"`, sendsLeast: `"transfer_to": "+12025550123", "inputs": [` + toReception + `], "current_status": "active"`,
		stages: []stage{
			{"everything set", `transfer_to = "+12025550123"` + plainExtras,
				`"transfer_to": "+12025550123", "inputs": [` + reasonSent + `, ` + toReception + `], "integration": {"id": "crm"}, "current_status": "inactive"`},
			{"everything changed", `transfer_to = "+390612345678"` + plainExtrasChanged,
				`"transfer_to": "+390612345678", "inputs": [` + causesSent + `, ` + strings.Replace(toReception, "+12025550123", "+390612345678", 1) + `], "integration": {"id": "calendar"}, "current_status": "active"`},
		},
		sendsReset: `"transfer_to": "+12025550123", "inputs": [` + toReception + `], "integration": null, "current_status": "active"`,
	},
	{
		actionType: typeHold,
		least:      `hold_duration = 30`, sendsLeast: `"hold_duration": 30, "inputs": [` + halfMinute + `], "current_status": "active"`,
		stages: []stage{
			{"everything set", `hold_duration = 30` + plainExtras,
				`"hold_duration": 30, "inputs": [` + reasonSent + `, ` + halfMinute + `], "integration": {"id": "crm"}, "current_status": "inactive"`},
			{"everything changed", `hold_duration = 45` + plainExtrasChanged,
				`"hold_duration": 45, "inputs": [` + causesSent + `, ` + strings.Replace(halfMinute, "30", "45", 1) + `], "integration": {"id": "calendar"}, "current_status": "active"`},
		},
		sendsReset: `"hold_duration": 30, "inputs": [` + halfMinute + `], "integration": null, "current_status": "active"`,
	},
}

// hcl is the configuration of a kind's action with the given attributes.
func (k kind) hcl(agentID, attributes string) string {
	return fmt.Sprintf(`
resource "talq_action" %[1]q {
  agent_id    = %[2]q
  node_id     = "the-%[1]s"
  name        = "The %[1]s"
  description = <<-EOT
    What the %[1]s does.
  EOT
  type        = %[1]q
  %[3]s
}
`, k.actionType, agentID, attributes)
}

func (k kind) address() string { return "talq_action." + k.actionType }

// body is the whole body of an upsert: what every action sends, and the given
// JSON.
func (k kind) body(t *testing.T, members string) map[string]any {
	t.Helper()
	return jsonObject(t, fmt.Sprintf(`{"node_id": "the-%[1]s", "name": "The %[1]s", "description": "What the %[1]s does.\n", "type": %[1]q, %[2]s}`, k.actionType, members))
}

// all is the configuration of all kinds, each at the same stage: 0 is the least.
func all(agentID string, number int) string {
	var b strings.Builder
	for _, k := range kinds {
		attributes := k.least
		if number > 0 {
			attributes = k.stages[number-1].attributes
		}
		b.WriteString(k.hcl(agentID, attributes))
	}
	return b.String()
}

// TestLifecycleUnderEveryAnswer walks all four types through their whole life,
// once for each answer to what API.md leaves open.
func TestLifecycleUnderEveryAnswer(t *testing.T) {
	for _, point := range fakeapi.Open() {
		for number, answer := range point.Answers {
			if number == 0 && point.Name != fakeapi.Open()[0].Name {
				continue // the first answer of every point is the zero Behaviour, which one run covers
			}
			t.Run(point.Name+"/"+answer.Name, func(t *testing.T) {
				t.Parallel()
				var behaviour fakeapi.Behaviour
				answer.Set(&behaviour)
				walkLifecycle(t, behaviour, min(1, number), strings.Contains(point.Name, "Retry-After") || strings.Contains(point.Name, "RateLimit"))
			})
		}
	}
}

// TestLifecycleUnderAllOtherAnswers takes the last answer to everything at once.
func TestLifecycleUnderAllOtherAnswers(t *testing.T) {
	t.Parallel()
	var behaviour fakeapi.Behaviour
	for _, point := range fakeapi.Open() {
		point.Answers[len(point.Answers)-1].Set(&behaviour)
	}
	walkLifecycle(t, behaviour, 0, true)
}

// walkLifecycle begins with the least configuration (first is 0) or with
// everything set (first is 1).
func walkLifecycle(t *testing.T, behaviour fakeapi.Behaviour, first int, limited bool) {
	w := newWorld(t, fakeapi.WithBehaviour(behaviour))
	if limited {
		w.SetRateLimit(6, time.Second)
	}
	ws := newWorkspace(t, w.provider())

	t.Log("create with the least, or with everything; change everything; back to the least")
	ws.write("main.tf", all(w.agent, first))
	ws.apply()
	if first == 0 {
		w.expectWrites(t, func(k kind) string { return k.sendsLeast })
	} else {
		w.expectWrites(t, func(k kind) string { return k.stages[0].sends })
	}
	w.SetPublished(w.agent, true) // which may touch the actions, and is no drift
	ws.planEmpty()
	for number := first; number < len(kinds[0].stages); number++ {
		ws.write("main.tf", all(w.agent, number+1))
		ws.apply().says("0 added, 4 changed, 0 destroyed").saysNot("stored something else")
		w.expectWrites(t, func(k kind) string { return k.stages[number].sends })
		ws.planEmpty()
	}
	ws.write("main.tf", all(w.agent, 0))
	ws.apply().says("0 added, 4 changed, 0 destroyed").saysNot("stored something else")
	w.expectWrites(t, func(k kind) string { return k.sendsReset })
	ws.planEmpty()
	for _, stored := range w.Actions(w.agent) {
		expectNothingHidden(t, stored)
	}

	t.Log("two edited and two deleted in the dashboard, repaired")
	for _, stored := range w.Actions(w.agent) {
		if like := stored.NodeID == "the-webhook" || stored.NodeID == "the-hold"; like == (first == 0) {
			w.RemoveAction(w.agent, stored.ID)
		} else {
			w.EditAction(w.agent, stored.ID, map[string]any{"description": "What somebody wrote in the dashboard."})
		}
	}
	ws.terraform("plan", "-detailed-exitcode", "-input=false").exits(2).
		says("2 to add, 2 to change, 0 to destroy", "Warning: An action is gone", "What somebody wrote in the dashboard.")
	ws.apply().says("2 added, 2 changed, 0 destroyed")
	ws.planEmpty()

	t.Log("imported elsewhere")
	other := newWorkspace(t, w.provider())
	other.write("main.tf", all(w.agent, 0))
	if behaviour.TrimStrings {
		// The import brings the text that the API has trimmed.
		other.write("main.tf", strings.NewReplacer("<<-EOT\n    ", `"`, "\n  EOT", `"`).Replace(all(w.agent, 0)))
	}
	ids := w.idsByNode()
	for _, k := range kinds {
		other.write("import-"+k.actionType+".tf", fmt.Sprintf("import {\n  to = %s\n  id = \"%s/%s/the-%s\"\n}\n", k.address(), w.agent, ids["the-"+k.actionType], k.actionType))
	}
	other.apply().says("4 imported, 0 added, 0 changed, 0 destroyed", "Some attributes cannot be imported")
	other.planEmpty()

	if limited {
		hit := func(r fakeapi.Request) bool { return r.Status == http.StatusTooManyRequests }
		if !slices.ContainsFunc(w.Journal(), hit) {
			t.Error("no request hit the rate limit")
		}
	}

	t.Log("destroyed")
	ws.destroy()
	if left := w.Actions(w.agent); len(left) > 0 {
		t.Errorf("left on the server: %v", left)
	}
}

// expectWrites expects that exactly one upsert for each kind was made since the
// journal was last forgotten, with the given members, and forgets the journal.
func (w world) expectWrites(t *testing.T, members func(kind) string) {
	t.Helper()
	bodies := map[string]map[string]any{}
	for _, r := range w.Requests(fakeapi.OpUpsertAction) {
		if r.Accepted {
			bodies[r.Body["type"].(string)] = r.Body
		}
	}
	for _, k := range kinds {
		if got, want := toJSON(t, bodies[k.actionType]), toJSON(t, k.body(t, members(k))); got != want {
			t.Errorf("the body for the %s was\n%s\nwant\n%s", k.actionType, got, want)
		}
	}
	if n := w.accepted(fakeapi.OpUpsertAction); n != len(kinds) {
		t.Errorf("%d upserts were accepted, want %d", n, len(kinds))
	}
	w.ForgetJournal()
}

// idsByNode gives the ids of the agent's actions by their node ids.
func (w world) idsByNode() map[string]string {
	found := map[string]string{}
	for _, stored := range w.Actions(w.agent) {
		found[stored.NodeID] = stored.ID
	}
	return found
}

// accepted counts the writes that changed something.
func (w world) accepted(op fakeapi.Op) int {
	n := 0
	for _, r := range w.Requests(op) {
		if r.Accepted {
			n++
		}
	}
	return n
}

// expectNothingHidden expects that a server holds no hidden field, whether it
// keeps what an update leaves out or resets it.
func expectNothingHidden(t *testing.T, stored fakeapi.Stored) {
	t.Helper()
	neutral := map[string][]string{
		"authorization_scheme": {"null", `"none"`}, "custom_headers": {"null", "[]"}, "speak_on_send": {"null"},
		"speak_on_receive": {"null"}, "execution_mode": {"null", `"during_call"`}, "integration": {"null"},
	}
	for _, field := range slices.Sorted(maps.Keys(neutral)) {
		if got := toJSON(t, stored.Fields[field]); !slices.Contains(neutral[field], got) {
			t.Errorf("%s of %s is still %s", field, stored.NodeID, got)
		}
	}
}

func toJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func jsonObject(t *testing.T, text string) map[string]any {
	t.Helper()
	value, err := decodeJSON([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value.(map[string]any)
}
