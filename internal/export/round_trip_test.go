package export_test

import (
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
	behaviour fakeapi.Behaviour
	answers   []string // of the behaviour, by name
}

// accounts draws accounts, and which of its possible answers the API gives.
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
		d.agents, d.actions, d.trainings = append(d.agents, agent), append(d.actions, actions), append(d.trainings, trainings)
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
		resources += 2 + len(d.actions[i]) + len(d.trainings[i]) // the fake gives each agent a training
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
