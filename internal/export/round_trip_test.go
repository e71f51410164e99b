package export_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// drawn is a random account.
type drawn struct {
	agents    []map[string]any
	published []bool
	actions   [][]map[string]any
	trainings [][]map[string]any
	webhooks  [][]map[string]any
	flows     []map[string]any // nil for none
	behaviour fakeapi.Behaviour
	answers   []string // of the behaviour, by name
}

// accounts draws accounts, and which of its possible answers the API has.
var accounts = rapid.Custom(func(t *rapid.T) drawn {
	var d drawn
	text := func(least, most int) string {
		if rapid.IntRange(0, 3).Draw(t, "plain") > 0 {
			return rapid.StringMatching(fmt.Sprintf(`[A-Z][a-z ]{%d,%d}[a-z]`, least, most-2)).Draw(t, "text")
		}
		return "x" + rapid.StringOfN(rapid.RuneFrom([]rune("${}%\"\\\n\t🙂äあ#*/'<>é\u0301")), least, most-2, -1).Draw(t, "text") + "x"
	}
	status := rapid.SampledFrom([]string{"active", "inactive"})
	for range rapid.IntRange(1, 3).Draw(t, "agents") {
		agent := map[string]any{
			"description": text(5, 200), "initial_message": text(5, 60), "language": rapid.SampledFrom([]string{"en-US", "de-DE"}).Draw(t, "language"),
			"conversation_speed": rapid.SampledFrom([]float64{1, 1.1, 0.35, 2.999}).Draw(t, "speed"), "initial_message_delay": rapid.IntRange(0, 60).Draw(t, "delay"),
			"label": text(1, 60), "name": text(1, 60),
		}
		if rapid.Bool().Draw(t, "silent") {
			delete(agent, "initial_message")
			agent["voice"] = nil
		}
		var actions, trainings []map[string]any
		for range rapid.IntRange(0, 5).Draw(t, "actions") {
			a := map[string]any{"name": text(1, 60), "description": text(1, 90), "type": rapid.SampledFrom([]string{"webhook", "external", "transfer", "hold"}).Draw(t, "type"), "current_status": status.Draw(t, "status")}
			inputs := []any{}
			switch a["type"] {
			case "webhook":
				a["url"] = "https://example.com/" + rapid.StringMatching(`[a-z]{1,9}`).Draw(t, "url")
			case "transfer":
				a["transfer_to"] = "+12025550123"
				inputs = append(inputs, map[string]any{"name": "transfer_to", "type": "string", "required": true, "description": "d", "value": "+12025550123"})
			case "hold":
				seconds := rapid.IntRange(1, 600).Draw(t, "seconds")
				a["hold_duration"] = seconds
				inputs = append(inputs, map[string]any{"name": "hold_duration", "type": "integer", "required": true, "description": "d", "value": seconds})
			}
			for i := range rapid.IntRange(0, 2).Draw(t, "inputs") {
				inputs = append(inputs, map[string]any{"name": fmt.Sprintf("%s%d", text(1, 20), i), "type": rapid.SampledFrom([]string{"string", "integer", "object"}).Draw(t, "input"), "required": rapid.Bool().Draw(t, "required"), "description": text(1, 30)})
			}
			a["inputs"] = inputs
			actions = append(actions, a)
		}
		for range rapid.IntRange(0, 3).Draw(t, "trainings") {
			trainings = append(trainings, map[string]any{"subject": text(1, 60), "instructions": text(1, 300), "current_status": status.Draw(t, "status")})
		}
		var webhooks []map[string]any
		for range rapid.IntRange(0, 3).Draw(t, "webhooks") {
			webhooks = append(webhooks, map[string]any{"name": text(1, 60), "webhook_url": "https://example.com/hook", "events": rapid.SampledFrom([][]any{{"event_phone_call_ended"}, {"event_phone_call_started", "event_phone_call_ended"}}).Draw(t, "events"),
				"timeout": rapid.SampledFrom([]int{5, 30, 120}).Draw(t, "timeout"), "max_retries": rapid.IntRange(0, 10).Draw(t, "retries"), "enabled": rapid.Bool().Draw(t, "enabled")})
		}
		d.agents, d.actions, d.trainings = append(d.agents, agent), append(d.actions, actions), append(d.trainings, trainings)
		d.webhooks, d.flows = append(d.webhooks, webhooks), append(d.flows, drawFlow(t, text))
		d.published = append(d.published, rapid.Bool().Draw(t, "published"))
	}
	for _, point := range fakeapi.Open() {
		if rapid.IntRange(0, 3).Draw(t, "open") == 0 {
			answer := rapid.SampledFrom(point.Answers).Draw(t, "answer")
			answer.Set(&d.behaviour)
			d.answers = append(d.answers, point.Name+": "+answer.Name)
		}
	}
	return d
})

// drawFlow draws a flow: a chain of nodes, with members that the typed form has a place for
// and some that it has none for.
func drawFlow(t *rapid.T, text func(least, most int) string) map[string]any {
	var nodes []any
	last := rapid.IntRange(-1, 4).Draw(t, "last node")
	if last < 0 {
		return nil
	}
	for i := range last + 1 {
		node := map[string]any{"id": fmt.Sprint("node ", i), "type": rapid.SampledFrom([]string{"say", "ask", "action", "decision"}).Draw(t, "node"), "content": text(1, 60)}
		if i < last {
			node["next"] = fmt.Sprint("node ", i+1)
		}
		if node["type"] == "decision" {
			node["branches"] = []any{map[string]any{"match": text(1, 9), "next": fmt.Sprint("node ", last)}}
		}
		if node["type"] == "action" {
			node["action_id"] = rapid.SampledFrom([]string{"action-1", "action-2"}).Draw(t, "action")
		}
		if rapid.Bool().Draw(t, "more") {
			node[text(1, 9)] = rapid.SampledFrom([]any{json.Number("1.50"), json.Number("1e3"), json.Number("0.1"), json.Number("-12345678901234567890.5"), true, []any{}, map[string]any{}, map[string]any{"for": []any{nil, text(1, 9)}}}).Draw(t, "value")
		}
		nodes = append(nodes, node)
	}
	flow := map[string]any{"initial_node_id": "node 0", "nodes": nodes}
	if rapid.Bool().Draw(t, "meta") {
		flow["meta"] = map[string]any{"name": text(1, 20)}
	}
	if rapid.Bool().Draw(t, "in JSON") {
		flow["more"] = text(1, 20)
	}
	return flow
}

// world is a fake that holds the account, and how many resources that makes.
func (d drawn) world(t *testing.T) (w acctest.World, resources int) {
	w = acctest.NewWorld(t, fakeapi.WithBehaviour(d.behaviour))
	w.RemoveAgent(w.Agent)
	for i, fields := range d.agents {
		agent := w.AddAgent(fakeapi.AgentSeed{Fields: fields})
		for _, a := range d.actions[i] {
			w.AddAction(agent, a)
		}
		for _, one := range d.trainings[i] {
			w.AddTraining(agent, one)
		}
		for _, one := range d.webhooks[i] {
			w.AddWebhook(agent, one)
		}
		if d.flows[i] != nil {
			w.EditFlow(agent, "flow_driven", d.flows[i])
			resources++
		}
		resources += 2 + len(d.actions[i]) + len(d.trainings[i]) + len(d.webhooks[i]) // the fake adds a training to each agent
		if d.published[i] {
			w.SetPublished(agent, true)
			resources++
		}
	}
	return w, resources
}

// TestRoundTrip of random accounts: the plan on an export imports all and changes nothing,
// the apply sends nothing, and another export, into the same folder or into a new one, makes
// the same files.
func TestRoundTrip(t *testing.T) {
	for seed := range 10 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := accounts.Example(seed)
			t.Logf("%q", d.answers)
			w, resources := d.world(t)
			dir := t.TempDir()
			if got := run(t, w, "-out", dir); got.code != 0 {
				t.Fatalf("%+v", got)
			}
			first := files(t, dir)
			ws := workspace(t, dir)
			ws.Terraform("fmt", "-check", "-recursive", "-diff").Exits(0)
			expectImports(ws, resources)
			before := acctest.ToJSON(t, w.Agents())
			ws.Apply().Says(fmt.Sprintf("%d imported, 0 added, 0 changed, 0 destroyed", resources))
			ws.PlanEmpty()
			if after := acctest.ToJSON(t, w.Agents()); after != before {
				t.Errorf("the account is now\n%s\nwas\n%s", after, before)
			}
			for _, left := range []string{".terraform", "terraform.tfstate"} {
				if err := os.RemoveAll(filepath.Join(dir, left)); err != nil {
					t.Fatal(err)
				}
			}
			expectNoChange(t, w, dir)
			elsewhere := t.TempDir()
			run(t, w, "-out", elsewhere)
			if again := files(t, elsewhere); !maps.Equal(first, again) {
				t.Errorf("another export has\n%s\nwant\n%s", acctest.ToJSON(t, again), acctest.ToJSON(t, first))
			}
		})
	}
}
