package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func (a api) upsertTraining(fields map[string]any) map[string]any {
	a.t.Helper()
	got := a.do(http.MethodPost, a.path("/trainings"), training(fields))
	if got.status != http.StatusOK {
		a.t.Fatalf("the upsert answered %d: %s", got.status, got.raw)
	}
	return got.data()
}

func (a api) trainings() []map[string]any {
	a.t.Helper()
	return a.do(http.MethodGet, a.path("/trainings"), nil).list()
}

func TestTrainingIsCreatedOnceAndUpdatedAfterwards(t *testing.T) {
	a := start(t, fakeapi.WithClock(newClock().Now))
	created := a.upsertTraining(nil)
	same(t, "updated_at of a fresh training", created["updated_at"], created["created_at"])
	same(t, "current_status", created["current_status"], "active")

	updated := a.upsertTraining(map[string]any{"subject": "Other", "current_status": "inactive"})
	same(t, "id", updated["id"], created["id"])
	same(t, "subject", updated["subject"], "Other")
	same(t, "current_status after the update", updated["current_status"], "inactive")
	same(t, "created_at", updated["created_at"], created["created_at"])
	if !instant(t, updated["updated_at"]).After(instant(t, created["updated_at"])) {
		t.Error("updated_at did not move although the clock stood still")
	}
	same(t, "trainings, with that of the sample", len(a.trainings()), 2)
}

func TestTrainingWithoutANodeIDIsAlwaysAnotherOne(t *testing.T) {
	a := start(t)
	first, second := a.upsertTraining(map[string]any{"node_id": nil}), a.upsertTraining(map[string]any{"node_id": nil})
	if first["id"] == second["id"] {
		t.Errorf("both are %v", first["id"])
	}
}

func TestActionsAndTrainingsDoNotShareNodeIDs(t *testing.T) {
	a := start(t)
	a.upsert(webhook(nil))
	a.upsertTraining(nil)
	same(t, "subject", a.trainings()[1]["subject"], "Prices")
	same(t, "the action", a.list()[0]["name"], "Name")
}

func TestTrainingsAreEmbeddedInTheirAgent(t *testing.T) {
	a := start(t)
	a.upsertTraining(nil)
	same(t, "in the agent", a.agentNow()["trainings"], a.trainings())
	same(t, "in the listed agent", a.do(http.MethodGet, "/agents", nil).list()[0]["trainings"], a.trainings())
	if _, ok := a.trainings()[1]["node_id"]; ok {
		t.Error("node_id is shown")
	}
}

func TestDeletedTrainingIsGoneForGood(t *testing.T) {
	a := start(t)
	id, _ := a.upsertTraining(nil)["id"].(string)
	a.do(http.MethodDelete, a.path("/trainings/"+id), nil)
	same(t, "trainings", len(a.trainings()), 1)
	again := a.do(http.MethodDelete, a.path("/trainings/"+id), nil)
	same(t, "status of a second delete", again.status, http.StatusNotFound)
	same(t, "a second delete", again.body, map[string]any{"success": false, "message": "Training not found"})
	if fresh := a.upsertTraining(nil); fresh["id"] == id {
		t.Errorf("a training made again has the id %v", id)
	}
}

func TestRulesOfATraining(t *testing.T) {
	a := start(t)
	upsert := func(body map[string]any) reply { return a.do(http.MethodPost, a.path("/trainings"), body) }
	obeys(t, []rule{
		{"node_id", []any{nil, "node"}, []any{1}},
		{"subject", []any{of255}, []any{nil, "", of256}},
		{"instructions", []any{of256}, []any{nil, " ", 1}},
		{"current_status", []any{nil, "active", "inactive"}, []any{"x"}},
	}, "create-training.request.json", upsert)
	same(t, "what an empty body lacks", faults(upsert(map[string]any{})), []string{"instructions", "subject"})
}

// TestSwitchesOfActionsHoldForTrainings walks the answers that were there for actions.
func TestSwitchesOfActionsHoldForTrainings(t *testing.T) {
	with := func(b fakeapi.Behaviour) api {
		return start(t, fakeapi.WithClock(newClock().Now), fakeapi.WithBehaviour(b))
	}

	a := with(fakeapi.Behaviour{UpsertStatus: http.StatusCreated, DeleteStatus: http.StatusNoContent})
	same(t, "status of an upsert", a.do(http.MethodPost, a.path("/trainings"), training(nil)).status, http.StatusCreated)
	same(t, "status of a delete", a.do(http.MethodDelete, a.path("/trainings/training-1"), nil).status, http.StatusNoContent)

	for reset, want := range map[bool]string{false: "inactive", true: "active"} {
		a = with(fakeapi.Behaviour{ResetLeftOut: reset})
		a.upsertTraining(map[string]any{"current_status": "inactive"})
		same(t, "a status left out", a.upsertTraining(nil)["current_status"], want)
	}

	a = with(fakeapi.Behaviour{TrimStrings: true})
	same(t, "trimmed", a.upsertTraining(map[string]any{"instructions": " text\n"})["instructions"], "text")

	a = with(fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed})
	same(t, "an echoed node_id", a.upsertTraining(nil)["node_id"], "node")

	a = with(fakeapi.Behaviour{ListReversed: true, PageSize: 1})
	a.upsertTraining(nil)
	same(t, "the first page, reversed", a.trainings()[0]["id"], "training-1")
	same(t, "its length", len(a.trainings()), 1)

	a = with(fakeapi.Behaviour{ReuseIDs: true, UntouchedWhenEqual: true})
	before := a.upsertTraining(nil)
	same(t, "an equal upsert", a.upsertTraining(map[string]any{"current_status": "active"})["updated_at"], before["updated_at"])
	a.RemoveTraining(a.agent, "training-1")
	same(t, "an id used again", a.upsertTraining(nil)["id"], "training-1")

	a = with(fakeapi.Behaviour{MixedTimes: true})
	same(t, "the time of an upsert", a.upsertTraining(nil)["created_at"], "2024-01-15T10:30:00.000000Z")
	same(t, "the time in a listing", a.trainings()[1]["created_at"], "2024-01-15T10:30:00Z")
}
