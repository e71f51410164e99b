package action_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// driftBlocks are actions of the four types by their node ids, without the names
// of the resources.
var driftBlocks = map[string]string{
	"webhook": `
  name              = "Schedule"
  description       = "Schedules a meeting"
  type              = "webhook"
  url               = "https://api.example.com/schedule"
  authorization_url = "https://auth.example.com"
  custom_headers    = { "X-Api-Key" = "key" }
  inputs = [
    { name = "date", required = true, description = "Meeting date" },
    { name = "room", type = "integer", value = 4 },
  ]
`,
	"transfer": `
  name        = "Transfer"
  description = "Transfers the call"
  type        = "transfer"
  transfer_to = "+12025550123"
`,
	"hold": `
  name          = "Hold"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
`,
	"external": `
  name        = "Sync"
  description = "Syncs the call"
  type        = "external"
  url         = "https://api.example.com/sync"
  inputs      = [{ name = "note" }]
`,
}

// driftAction is the block of a node under a name, which is its node id too.
func driftAction(node, name string) string {
	return fmt.Sprintf("resource \"talq_action\" %[1]q {\n  agent_id = \"agent-1\"\n  node_id = %[1]q\n%[2]s}\n", name, driftBlocks[node])
}

// driftConfig is one action of each type.
func driftConfig() string {
	var b strings.Builder
	for _, node := range slices.Sorted(maps.Keys(driftBlocks)) {
		b.WriteString(driftAction(node, node))
	}
	return b.String()
}

// rowName is the name of a row as a name of a resource, so that all that Terraform
// says of the resource names the row.
func rowName(name string) string {
	return strings.ReplaceAll(name, " ", "_")
}

// date and room are the inputs of the webhook as the server has them.
func date() map[string]any {
	return map[string]any{"name": "date", "type": "string", "required": true, "description": "Meeting date"}
}

func room() map[string]any {
	return map[string]any{"name": "room", "type": "integer", "required": false, "value": 4}
}

func changed(entry map[string]any, key string, value any) map[string]any {
	entry[key] = value
	return entry
}

// driftRow is an edit in the dashboard.
type driftRow struct {
	name      string
	node      string
	edit      map[string]any
	attribute string // in which the plan shows it; "" for an edit that means nothing
}

// driftRows edit each readable attribute, and what means nothing.
func driftRows() []driftRow {
	return []driftRow{
		{"name", "webhook", map[string]any{"name": "Other"}, "name"},
		{"name of a transfer", "transfer", map[string]any{"name": "Other"}, "name"},
		{"description", "hold", map[string]any{"description": "Other"}, "description"},
		{"url changed", "webhook", map[string]any{"url": "https://other.example.com"}, "url"},
		{"url taken away", "webhook", map[string]any{"url": nil}, "url"},
		{"url on a transfer", "transfer", map[string]any{"url": "https://other.example.com"}, "url"},
		{"authorization url changed", "webhook", map[string]any{"authorization_url": "https://other.example.com"}, "authorization_url"},
		{"authorization url taken away", "webhook", map[string]any{"authorization_url": nil}, "authorization_url"},
		{"name of an external", "external", map[string]any{"name": "Other"}, "name"},
		{"description of an external", "external", map[string]any{"description": "Other"}, "description"},
		{"url of an external", "external", map[string]any{"url": "https://other.example.com"}, "url"},
		{"authorization url on an external", "external", map[string]any{"authorization_url": "https://other.example.com"}, "authorization_url"},
		{"inputs of an external", "external", map[string]any{"inputs": []any{}}, "inputs"},
		{"status of an external", "external", map[string]any{"current_status": "inactive"}, "current_status"},
		{"status of a transfer", "transfer", map[string]any{"current_status": "inactive"}, "current_status"},
		{"status of a hold", "hold", map[string]any{"current_status": "inactive"}, "current_status"},
		{"name of a hold", "hold", map[string]any{"name": "Other"}, "name"},
		{"description of a transfer", "transfer", map[string]any{"description": "Other"}, "description"},
		{"input added to a transfer", "transfer", map[string]any{"inputs": []any{changed(date(), "name", "more")}}, "inputs"},
		{"status", "webhook", map[string]any{"current_status": "inactive"}, "current_status"},
		{"number", "transfer", map[string]any{"transfer_to": "+390612345678"}, "transfer_to"},
		{"seconds", "hold", map[string]any{"hold_duration": 31}, "hold_duration"},
		{"input renamed", "webhook", map[string]any{"inputs": []any{changed(date(), "name", "day"), room()}}, "inputs"},
		{"input no longer required", "webhook", map[string]any{"inputs": []any{changed(date(), "required", false), room()}}, "inputs"},
		{"input described otherwise", "webhook", map[string]any{"inputs": []any{changed(date(), "description", "Day"), room()}}, "inputs"},
		{"input of another type", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "type", "number")}}, "inputs"},
		{"input with another value", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "value", 5)}}, "inputs"},
		{"input taken away", "webhook", map[string]any{"inputs": []any{room()}}, "inputs"},
		{"all inputs taken away", "webhook", map[string]any{"inputs": []any{}}, "inputs"},
		{"input added", "webhook", map[string]any{"inputs": []any{date(), room(), changed(date(), "name", "more")}}, "inputs"},
		{"input added to a hold", "hold", map[string]any{"inputs": []any{changed(date(), "name", "more")}}, "inputs"},

		{"inputs in another order", "webhook", map[string]any{"inputs": []any{room(), date()}}, ""},
		{"number in another form", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "value", 4.0)}}, ""},
		{"number as text", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "value", "4")}}, ""},
		{"null for no description", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "description", nil)}}, ""},
		{"empty for no description", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "description", "")}}, ""},
		{"null for no value", "webhook", map[string]any{"inputs": []any{changed(date(), "value", nil), room()}}, ""},
		{"blanks around a text", "webhook", map[string]any{"description": " Schedules a meeting \n"}, ""},
		{"empty url of a hold", "hold", map[string]any{"url": ""}, ""},
		{"hidden phrase", "webhook", map[string]any{"speak_on_send": "Hello"}, ""},
		{"unknown field", "webhook", map[string]any{"config": map[string]any{"volume": 11}}, ""},
	}
}

// TestDriftIsSeenAndRepaired edits each readable attribute in the dashboard: one
// action for each row, all edited at once beside four that are not. A plan takes
// all of them in, and a row is about its own action alone.
func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := driftConfig()
	rows := map[string]driftRow{} // that the plan is to see
	for _, row := range driftRows() {
		config += driftAction(row.node, rowName(row.name))
		if row.attribute != "" {
			rows[rowName(row.name)] = row
		}
	}
	ws.Write("main.tf", config)
	ws.Apply()
	before := w.Actions(w.Agent)
	w.ForgetJournal()

	ids := w.IDsByNode()
	for _, row := range driftRows() {
		w.EditAction(w.Agent, ids[rowName(row.name)], row.edit)
	}
	changes := ws.PlanChanges()
	for address := range changes {
		if _, edited := rows[strings.TrimPrefix(address, "talq_action.")]; !edited {
			t.Errorf("the plan changes %s, of which nothing was edited that means anything", address)
		}
	}
	for node, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			expectChange(t, changes["talq_action."+node], row.attribute)
		})
	}
	w.Wrote(t, acctest.Ops{})

	ws.Apply().Says(fmt.Sprintf("0 added, %d changed, 0 destroyed", len(rows))).SaysNot("stored something else")
	ws.PlanEmpty()
	writes := map[string]int{}
	for _, r := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}) {
		writes[r.NodeID]++
	}
	for i, stored := range w.Actions(w.Agent) {
		t.Run("repair of "+stored.NodeID, func(t *testing.T) {
			want := 0
			if _, edited := rows[stored.NodeID]; edited {
				want = 1
			}
			if writes[stored.NodeID] != want {
				t.Errorf("the repair made %d writes, want %d", writes[stored.NodeID], want)
			}
			if want == 0 {
				return
			}
			for field := range before[i].Fields {
				if got, want := acctest.ToJSON(t, stored.Fields[field]), acctest.ToJSON(t, before[i].Fields[field]); got != want {
					t.Errorf("after the repair %s of %s is %s, want %s", field, stored.NodeID, got, want)
				}
			}
		})
	}
}

// expectChange expects an update that shows a difference in one attribute, beside
// those that a write of ours moves.
func expectChange(t *testing.T, change *tfjson.Change, attribute string) {
	t.Helper()
	if change == nil || !change.Actions.Update() {
		t.Fatalf("the plan is %v, want an update", change)
	}
	was, will := change.Before.(map[string]any), change.After.(map[string]any)
	for name := range was {
		differs := acctest.ToJSON(t, was[name]) != acctest.ToJSON(t, will[name])
		if computed := name == "label" || name == "updated_at" || name == "revision"; !computed && differs != (name == attribute) {
			t.Errorf("%s goes from %v to %v", name, was[name], will[name])
		}
	}
}

// TestTypeChangedInTheDashboardIsReplaced has its own test: no update can bring
// a type back.
func TestTypeChangedInTheDashboardIsReplaced(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", driftConfig())
	ws.Apply()
	w.EditAction(w.Agent, w.IDsByNode()["hold"], map[string]any{"type": "carousel", "inputs": []any{}})

	if change := ws.PlanChanges()["talq_action.hold"]; change == nil || !change.Actions.Replace() {
		t.Errorf("the plan does not replace the hold: %+v", change)
	}
	ws.Apply().Says("1 added, 0 changed, 1 destroyed")
	ws.PlanEmpty()
}
