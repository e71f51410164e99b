package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestDeletedAgentIsGoneWithAllThatItHad(t *testing.T) {
	a := start(t)
	other := a.AddAgent(fakeapi.AgentSeed{})
	a.upsert(webhook(nil))
	same(t, "status", a.do(http.MethodDelete, a.path(""), nil).status, http.StatusOK)
	for _, path := range []string{"", "/actions", "/trainings"} {
		got := a.do(http.MethodGet, a.path(path), nil)
		same(t, "status of "+path, got.status, http.StatusNotFound)
		same(t, "message of "+path, got.body["message"], "Agent not found")
	}
	same(t, "a second delete", a.do(http.MethodDelete, a.path(""), nil).status, http.StatusNotFound)
	same(t, "agents", len(a.Agents()), 1)
	same(t, "the other agent's trainings", len(a.Trainings(other)), 1)
	same(t, "its number stays in the environment", len(a.do(http.MethodGet, "/phone-numbers?search=phone-uuid", nil).list()), 3)
	if fresh := a.create(nil).data()["id"]; fresh == a.agent {
		t.Errorf("a new agent has the id of the deleted one, %v", fresh)
	}
}

func TestPublishedAgentIsNotDeleted(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ErrorCodes: fakeapi.ErrorCodeBeside}))
	a.SetPublished(a.agent, true)
	a.StartCall(a.agent)
	got := a.do(http.MethodDelete, a.path(""), nil)
	same(t, "status", got.status, http.StatusConflict)
	same(t, "code", got.body["code"], "AGENT_IS_PUBLISHED")

	a.do(http.MethodPost, a.path("/unpublish"), nil)
	same(t, "code once unpublished", a.do(http.MethodDelete, a.path(""), nil).body["code"], "AGENT_HAS_ACTIVE_CALLS")
	a.EndCalls(a.agent)
	same(t, "status once the calls ended", a.do(http.MethodDelete, a.path(""), nil).status, http.StatusOK)
}

func TestDeleteOfAnAgentMayAnswerWithoutABody(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{DeleteStatus: http.StatusNoContent}))
	got := a.do(http.MethodDelete, a.path(""), nil)
	same(t, "status", got.status, http.StatusNoContent)
	same(t, "body", got.raw, "")
}

func TestAdvancedSettingsNeedAnEligibleAgent(t *testing.T) {
	a := start(t)
	write := func(on bool) reply {
		return a.do(http.MethodPatch, a.path("/advanced-settings"), map[string]any{"enable_initial_message_cache": on})
	}
	a.SetRecentCalls(a.agent, 699)
	same(t, "status of on below the threshold", write(true).status, http.StatusUnprocessableEntity)
	same(t, "status of off below the threshold", write(false).status, http.StatusOK)
	a.SetRecentCalls(a.agent, 700)
	same(t, "on at the threshold", write(true).data()["advanced_settings"], map[string]any{"enable_initial_message_cache": true})
	stored, _ := a.Agent(a.agent)
	same(t, "stored", stored.Fields["enable_initial_message_cache"], true)
}
