package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// account is an API with one agent, and a run on it.
type account struct {
	*fakeapi.Server
	agent string
	env   map[string]string
}

func newAccount(t *testing.T, status string) account {
	t.Helper()
	server, err := fakeapi.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	agent := server.AddAgent(fakeapi.AgentSeed{Status: status})
	for _, training := range server.Trainings(agent) {
		server.RemoveTraining(agent, training.ID)
	}
	server.SetPublished(agent, status == "published")
	return account{server, agent, map[string]string{guard.BaseURLVariable: server.BaseURL(), guard.TokenVariable: server.Token(), guard.AgentVariable: agent}}
}

// run returns the exit code and what was said.
func (a account) run(ctx context.Context, args []string, test func(context.Context, []string) error) (int, string) {
	var said strings.Builder
	code := run(ctx, args, func(name string) string { return a.env[name] }, &said, &said, test)
	return code, said.String()
}

// leave puts an action on the agent, as a run that broke off does.
func (a account) leave(name string) {
	a.AddAction(a.agent, map[string]any{"name": name, "description": "Holds.", "type": "hold", "hold_duration": 5})
}

func (a account) names() []string {
	var names []string
	for _, action := range a.Actions(a.agent) {
		names = append(names, action.Fields["name"].(string))
	}
	return names
}

func noTest(context.Context, []string) error { return errors.New("the cases have run") }

func TestWithoutATokenNothingIsSent(t *testing.T) {
	for _, missing := range []string{guard.TokenVariable, guard.AgentVariable} {
		a := newAccount(t, "draft")
		delete(a.env, missing)
		code, said := a.run(t.Context(), nil, noTest)
		if want := "testacc: set TALQ_TOKEN to an API token and TALQ_TEST_AGENT_ID to the id of an agent that may be used for tests: nothing was sent\n"; code != 2 || said != want {
			t.Errorf("without %s it ended with %d and said %q", missing, code, said)
		}
		if sent := a.Requests(fakeapi.Match{}); len(sent) > 0 {
			t.Errorf("it sent %d requests", len(sent))
		}
	}
}

func TestAnAgentInUseIsRefused(t *testing.T) {
	for name, a := range map[string]account{"published": newAccount(t, "published"), "with an action": newAccount(t, "draft"), "with a flow": newAccount(t, "draft")} {
		switch name {
		case "with an action":
			a.leave("Schedule")
		case "with a flow":
			a.EditFlow(a.agent, "flow_driven", map[string]any{"initial_node_id": "a", "nodes": []any{map[string]any{"id": "a", "type": "end"}}})
		}
		code, said := a.run(t.Context(), nil, noTest)
		if code != 2 || !strings.Contains(said, "TALQ_TEST_AGENT_MAY_BE_CHANGED=1") || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: it ended with %d and said %q", name, code, said)
		}
		for _, r := range a.Requests(fakeapi.Match{}) {
			if r.Method != "GET" {
				t.Errorf("%s: it sent %s", name, r.Method)
			}
		}
	}
}

func TestAnAgentInUseIsTakenWhereItsOwnerSaysSo(t *testing.T) {
	a := newAccount(t, "published")
	a.leave("Schedule")
	a.env[guard.MayBeChangedVariable] = "1"
	code, said := a.run(t.Context(), nil, func(context.Context, []string) error { return nil })
	if code != 0 || !slices.Equal(a.names(), []string{"Schedule"}) {
		t.Errorf("it ended with %d, left %v and said %q", code, a.names(), said)
	}
}

// TestARunSweepsBeforeAndAfterwards, also where a case fails or the run is interrupted.
func TestARunSweepsBeforeAndAfterwards(t *testing.T) {
	for _, row := range []struct {
		name  string
		fails error
		code  int
	}{{"all pass", nil, 0}, {"a case fails", errors.New("exit status 1"), 1}, {"interrupted", context.Canceled, 1}} {
		t.Run(row.name, func(t *testing.T) {
			a := newAccount(t, "draft")
			a.leave("tfacc-old")
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			var passed []string
			code, said := a.run(ctx, []string{"-run", "X"}, func(_ context.Context, args []string) error {
				if left := a.names(); len(left) > 0 {
					t.Errorf("the cases begin with %v", left)
				}
				passed = args
				a.leave("tfacc-new")
				if errors.Is(row.fails, context.Canceled) {
					interrupt()
				}
				return row.fails
			})
			if left := a.names(); code != row.code || len(left) > 0 || !slices.Equal(passed, []string{"-run", "X"}) {
				t.Errorf("it ended with %d, passed on %v, left %v and said %q", code, passed, left, said)
			}
		})
	}
}

func TestSweepOnlySweeps(t *testing.T) {
	a := newAccount(t, "draft")
	a.leave("tfacc-old")
	code, said := a.run(t.Context(), []string{"-sweep"}, noTest)
	if code != 0 || len(a.names()) > 0 {
		t.Errorf("it ended with %d, left %v and said %q", code, a.names(), said)
	}
}

// TestAnAgentThatWasADraftIsOneAgain where the run may publish.
func TestAnAgentThatWasADraftIsOneAgain(t *testing.T) {
	a := newAccount(t, "draft")
	a.env[guard.MayPublishVariable] = "1"
	code, said := a.run(t.Context(), nil, func(context.Context, []string) error { a.SetPublished(a.agent, true); return nil })
	if status := a.AgentStatus(a.agent); code != 0 || status != "draft" || strings.Contains(said, "skipped") {
		t.Errorf("it ended with %d, the agent is %s, and it said %q", code, status, said)
	}
}
