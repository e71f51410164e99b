package fakeapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestUpsertCreatesOnceAndUpdatesAfterwards(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	created := a.upsert(webhook(nil))
	if created["created_at"] != created["updated_at"] {
		t.Errorf("a fresh action has created_at %v and updated_at %v", created["created_at"], created["updated_at"])
	}

	updated := a.upsert(webhook(map[string]any{"name": "Other"}))
	again := a.upsert(webhook(map[string]any{"name": "Other"}))

	same(t, "the number of actions", len(a.list()), 1)
	same(t, "the id", updated["id"], created["id"])
	same(t, "the label", updated["label"], "Other")
	same(t, "created_at", updated["created_at"], created["created_at"])
	if !instant(t, updated["updated_at"]).After(instant(t, created["updated_at"])) {
		t.Error("updated_at did not move although the clock stood still")
	}
	if !instant(t, again["updated_at"]).After(instant(t, updated["updated_at"])) {
		t.Error("updated_at did not move a second time")
	}
}

func TestNodeIDIsAKeyWithinItsAgent(t *testing.T) {
	a := start(t)
	other := a
	other.agent = a.AddAgent(fakeapi.AgentSeed{})
	if first, second := a.upsert(webhook(nil)), other.upsert(webhook(nil)); first["id"] == second["id"] {
		t.Errorf("two agents share the action %v", first["id"])
	}
}

func TestValuesKeepTheirJSON(t *testing.T) {
	a := start(t)
	body := `{"node_id":"n","name":"N","description":"D","type":"webhook","inputs":[` +
		`{"name":"a","value":30.0},{"name":"b","value":12345678901234567890},{"name":"c","value":"30"},` +
		`{"name":"d","value":true},{"name":"e","value":{"k":[1,null]}},{"name":"f","value":"<&>"}]}`
	got := a.do(http.MethodPost, a.actions(), []byte(body))
	for _, text := range []string{`:30.0}`, `:12345678901234567890}`, `:"30"}`, `:true}`, `{"k":[1,null]}`, `:"<&>"}`} {
		if !strings.Contains(got.raw, text) {
			t.Errorf("the answer lacks %s:\n%s", text, got.raw)
		}
	}
}

func TestFieldsOutsideTheTableAreDropped(t *testing.T) {
	a := start(t)
	a.upsert(webhook(map[string]any{"id": "mine", "config": map[string]any{}, "surplus": 1}))
	same(t, "what is stored", a.Actions(a.agent)[0].Fields, webhook(nil))
}

func TestEveryWritePutsTheAgentIntoDraft(t *testing.T) {
	a := start(t)
	id := a.AddAction(a.agent, webhook(nil))
	writes := []struct {
		name string
		do   func()
	}{
		{"create", func() { a.upsert(webhook(map[string]any{"node_id": "second"})) }},
		{"update", func() { a.upsert(webhook(map[string]any{"name": "Other"})) }},
		{"update without a change", func() { a.upsert(webhook(map[string]any{"name": "Other"})) }},
		{"edit in the dashboard", func() { a.EditAction(a.agent, id, map[string]any{"name": "Third"}) }},
		{"addition in the dashboard", func() { a.AddAction(a.agent, webhook(map[string]any{"node_id": "third"})) }},
		{"delete", func() { a.do(http.MethodDelete, a.actions()+"/"+id, nil) }},
		{"removal in the dashboard", func() { a.RemoveAction(a.agent, "action-2") }},
		{"unpublish", func() { a.do(http.MethodPost, "/agents/"+a.agent+"/unpublish", nil) }},
	}
	for _, write := range writes {
		t.Run(write.name, func(t *testing.T) {
			a.SetPublished(a.agent, true)
			write.do()
			same(t, "the status", a.AgentStatus(a.agent), "draft")
		})
	}
	t.Run("a refused write does not", func(t *testing.T) {
		a.SetPublished(a.agent, true)
		a.do(http.MethodPost, a.actions(), webhook(map[string]any{"name": nil}))
		a.do(http.MethodDelete, a.actions()+"/unknown", nil)
		same(t, "the status", a.AgentStatus(a.agent), "published")
	})
}

func TestDeletedActionIsGoneForGood(t *testing.T) {
	a := start(t)
	id, _ := a.upsert(webhook(nil))["id"].(string)
	a.do(http.MethodDelete, a.actions()+"/"+id, nil)
	same(t, "the listing", a.list(), []any{})
	again := a.do(http.MethodDelete, a.actions()+"/"+id, nil)
	same(t, "a second delete", again.body, map[string]any{"success": false, "message": "Action not found"})
	same(t, "its status", again.status, http.StatusNotFound)
	if fresh := a.upsert(webhook(nil)); fresh["id"] == id || fresh["created_at"] != fresh["updated_at"] {
		t.Errorf("an action made again is not fresh: %v", fresh)
	}
}

func TestBothFormsOfATwinAreOneFact(t *testing.T) {
	entry := func(number string) []any { return []any{map[string]any{"name": "transfer_to", "value": number}} }
	a := start(t)
	id := a.AddAction(a.agent, transfer(map[string]any{"inputs": entry("+1234567890")}))

	a.EditAction(a.agent, id, map[string]any{"transfer_to": "+19"})
	same(t, "input_schema after an edit of the field", a.list()[0]["input_schema"], entry("+19"))

	a.EditAction(a.agent, id, map[string]any{"inputs": entry("+28")})
	stored, _ := a.Action(a.agent, id)
	same(t, "the field after an edit of the entry", stored.Fields["transfer_to"], "+28")
}

func TestAWebhooksInputMayBeNamedLikeATwin(t *testing.T) {
	a := start(t)
	inputs := []any{map[string]any{"name": "hold_duration", "value": 5}}
	same(t, "input_schema", a.upsert(webhook(map[string]any{"inputs": inputs}))["input_schema"], inputs)
}

func TestTheDashboardMaySetAnything(t *testing.T) {
	a := start(t)
	id := a.AddAction(a.agent, map[string]any{
		"id": "own-id", "name": "Odd", "type": "fax", "config": map[string]any{"k": 1},
		"action_trigger": map[string]any{"on": "start"}, "custom_headers": []any{},
		"created_at": "2020-01-02T03:04:05Z", "updated_at": "2021-01-02T03:04:05Z",
	})
	shown := a.list()[0]
	same(t, "id", id, "own-id")
	same(t, "type", shown["type"], "fax")
	same(t, "config", shown["config"], map[string]any{"k": 1})
	same(t, "action_trigger", shown["action_trigger"], map[string]any{"on": "start"})
	same(t, "created_at", shown["created_at"], "2020-01-02T03:04:05Z")
	same(t, "updated_at", shown["updated_at"], "2021-01-02T03:04:05Z")

	a.EditAction(a.agent, id, map[string]any{"name": "Odder", "config": nil})
	shown = a.list()[0]
	same(t, "edited name", shown["name"], "Odder")
	same(t, "edited config", shown["config"], nil)
	if !instant(t, shown["updated_at"]).After(instant(t, "2021-01-02T03:04:05Z")) {
		t.Error("the edit did not move updated_at")
	}
	same(t, "journal entries about the dashboard", len(a.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})), 0)
}

func TestWhatIsStoredBelongsToTheServer(t *testing.T) {
	a := start(t)
	id := a.AddAction(a.agent, webhook(map[string]any{"integration": map[string]any{"id": "crm"}}))
	stored, _ := a.Action(a.agent, id)
	object(stored.Fields["integration"])["id"] = "changed by the test"
	stored, _ = a.Action(a.agent, id)
	same(t, "integration", stored.Fields["integration"], map[string]any{"id": "crm"})
}
