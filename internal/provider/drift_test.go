package provider

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const driftConfig = `
resource "talq_action" "webhook" {
  agent_id          = "agent-1"
  node_id           = "webhook"
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
}
resource "talq_action" "transfer" {
  agent_id    = "agent-1"
  node_id     = "transfer"
  name        = "Transfer"
  description = "Transfers the call"
  type        = "transfer"
  transfer_to = "+12025550123"
}
resource "talq_action" "hold" {
  agent_id      = "agent-1"
  node_id       = "hold"
  name          = "Hold"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = 30
}
resource "talq_action" "external" {
  agent_id    = "agent-1"
  node_id     = "external"
  name        = "Sync"
  description = "Syncs the call"
  type        = "external"
  url         = "https://api.example.com/sync"
  inputs      = [{ name = "note" }]
}
`

// date and room are the inputs of driftConfig as the server has them.
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

// TestDriftIsSeenAndRepaired edits each readable attribute in the dashboard.
func TestDriftIsSeenAndRepaired(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name      string
		node      string
		edit      map[string]any
		attribute string // in which the plan shows it
	}{
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
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", driftConfig)
			ws.apply()
			before := w.Actions(w.agent)
			id := w.idsByNode()[row.node]
			w.ForgetJournal()

			w.EditAction(w.agent, id, row.edit)
			changes := ws.planChanges()
			change := changes["talq_action."+row.node]
			if len(changes) != 1 || change == nil || !change.Actions.Update() {
				t.Fatalf("the plan is to change %v, want an update of %s alone", changes, row.node)
			}
			was, will := change.Before.(map[string]any), change.After.(map[string]any)
			for name := range was {
				differs := toJSON(t, was[name]) != toJSON(t, will[name])
				if computed := name == "label" || name == "updated_at" || name == "revision"; !computed && differs != (name == row.attribute) {
					t.Errorf("%s goes from %v to %v", name, was[name], will[name])
				}
			}
			if n := w.Count(fakeapi.OpUpsertAction); n != 0 {
				t.Errorf("the plan made %d writes", n)
			}

			ws.apply().says("0 added, 1 changed, 0 destroyed").saysNot("stored something else")
			ws.planEmpty()
			if n := w.Count(fakeapi.OpUpsertAction); n != 1 {
				t.Errorf("the repair made %d writes, want 1", n)
			}
			for i, stored := range w.Actions(w.agent) {
				for field := range before[i].Fields {
					if got, want := toJSON(t, stored.Fields[field]), toJSON(t, before[i].Fields[field]); got != want {
						t.Errorf("after the repair %s of %s is %s, want %s", field, stored.NodeID, got, want)
					}
				}
			}
		})
	}
}

// TestTypeChangedInTheDashboardIsReplaced has its own test: no update can bring
// a type back.
func TestTypeChangedInTheDashboardIsReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", driftConfig)
	ws.apply()
	w.EditAction(w.agent, w.idsByNode()["hold"], map[string]any{"type": "carousel", "inputs": []any{}})

	if change := ws.planChanges()["talq_action.hold"]; change == nil || !change.Actions.Replace() {
		t.Errorf("the plan does not replace the hold: %+v", change)
	}
	ws.apply().says("1 added, 0 changed, 1 destroyed")
	ws.planEmpty()
}

// TestNoDrift makes changes that mean nothing.
func TestNoDrift(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		node string
		edit map[string]any
	}{
		{"inputs in another order", "webhook", map[string]any{"inputs": []any{room(), date()}}},
		{"number in another form", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "value", 4.0)}}},
		{"number as text", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "value", "4")}}},
		{"null for no description", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "description", nil)}}},
		{"empty for no description", "webhook", map[string]any{"inputs": []any{date(), changed(room(), "description", "")}}},
		{"null for no value", "webhook", map[string]any{"inputs": []any{changed(date(), "value", nil), room()}}},
		{"blanks around a text", "webhook", map[string]any{"description": " Schedules a meeting \n"}},
		{"empty url of a hold", "hold", map[string]any{"url": ""}},
		{"hidden phrase", "webhook", map[string]any{"speak_on_send": "Hello"}},
		{"unknown field", "webhook", map[string]any{"config": map[string]any{"volume": 11}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ws := newWorkspace(t, w.provider())
			ws.write("main.tf", driftConfig)
			ws.apply()
			w.EditAction(w.agent, w.idsByNode()[row.node], row.edit)
			ws.planEmpty()
		})
	}
}
