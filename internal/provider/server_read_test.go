package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"pgregory.net/rapid"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// oneAgent is an API that has one agent, whose actions are JSON.
type oneAgent struct {
	*httptest.Server
	mu      sync.Mutex
	actions []map[string]any
}

func newOneAgent(t *testing.T) *oneAgent {
	t.Helper()
	a := &oneAgent{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		answer := map[string]any{"success": true, "data": a.actions}
		if !strings.HasSuffix(r.URL.Path, "/actions") {
			answer["data"] = map[string]any{"id": "agent-1", "current_status": "published", "updated_at": lastYear, "actions": a.actions}
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(a.Close)
	return a
}

// readRequest is what Terraform sends to refresh the state of a plan.
func (plan plannedAction) readRequest(p *acctest.Protocol) *tfprotov6.ReadResourceRequest {
	whole := plan.request(p)
	return &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: whole.PriorState, Private: whole.PriorPrivate, CurrentIdentity: whole.PriorIdentity}
}

// readDifference reads with both servers, as difference plans.
func (s serverPair) readDifference(request *tfprotov6.ReadResourceRequest) (difference string, short bool) {
	answer := func(p *acctest.Protocol) (response *tfprotov6.ReadResourceResponse, readable string) {
		response, err := p.Server.ReadResource(p.T.Context(), request)
		p.Check(err)
		identity := any(nil)
		if response.NewIdentity != nil {
			identity = string(response.NewIdentity.IdentityData.MsgPack)
		}
		return response, fmt.Sprint("state ", acctest.Plain(p.T, p.Unpack(response.NewState)), "\nsaid ", p.Read(response.Diagnostics),
			"\nprivate ", string(response.Private), "\nidentity ", identity, "\nrest ", response.Deferred)
	}
	got, gotText := answer(s.served)
	want, wantText := answer(s.framework)
	if gotText != wantText || (got.NewState != nil && len(got.NewState.MsgPack) != len(want.NewState.MsgPack)) {
		difference = fmt.Sprintf("the provider answers\n%s\nthe framework\n%s", gotText, wantText)
	}
	return difference, got.NewState == request.CurrentState
}

// TestReadsAnsweredWithoutTheFramework says which reads are, and that the framework would have
// answered the same.
func TestReadsAnsweredWithoutTheFramework(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(plan *plannedAction, answer map[string]any)
		first  bool // of the agent's actions
		short  bool
	}{
		{"nothing differs", func(*plannedAction, map[string]any) {}, false, true},
		{"no identity, as in an old state and with OpenTofu", func(plan *plannedAction, _ map[string]any) { plan.identity = false }, false, true},
		{"the same instant and the same number in another form", func(_ *plannedAction, answer map[string]any) {
			answer["updated_at"] = "2025-05-05T12:00:00+02:00"
			answer["input_schema"].([]any)[1].(map[string]any)["value"] = json.RawMessage(`30.0`)
		}, false, true},
		{"the first of an agent, which makes the request", func(*plannedAction, map[string]any) {}, true, false},
		{"a text that differs", func(_ *plannedAction, answer map[string]any) { answer["description"] = "Another." }, false, false},
		{"a time that differs", func(_ *plannedAction, answer map[string]any) { answer["updated_at"] = "2026-01-01T00:00:00Z" }, false, false},
		{"no time of a write, as after an import", func(plan *plannedAction, _ map[string]any) { plan.private = "" }, false, false},
		{"an update in doubt", func(plan *plannedAction, _ map[string]any) { plan.private = doubted }, false, false},
		{"gone", func(_ *plannedAction, answer map[string]any) { answer["id"] = "action-2" }, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			api, plan := newOneAgent(t), unchangedAction()
			answer := answerTo(plan.state)
			row.change(&plan, answer)
			api.actions = []map[string]any{answer}
			pair := newServerPairAt(acctest.NewProtocol(t), api.URL, session.HiddenWarn)
			request := plan.readRequest(pair.served)
			if !row.first {
				_, _ = pair.readDifference(request)
			}
			difference, short := pair.readDifference(request)
			if difference != "" {
				t.Error(difference)
			}
			if short != row.short {
				t.Errorf("answered without the framework: %v, want %v", short, row.short)
			}
		})
	}
}

// TestNoReadIsAnsweredOtherwiseThanByTheFramework draws states, private states and what an
// agent shows of them, which agrees, has another form, or was changed.
func TestNoReadIsAnsweredOtherwiseThanByTheFramework(t *testing.T) {
	t.Parallel()
	api := newOneAgent(t)
	schemas := acctest.NewProtocol(t)
	reads, short := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		var plans []plannedAction
		var actions []map[string]any
		for i := range rapid.IntRange(2, 5).Draw(r, "actions") {
			plan := drawPlan(r)
			plan.state["id"] = fmt.Sprint("action-", i)
			drawForRead(r, &plan)
			plans = append(plans, plan)
			if rapid.IntRange(0, 9).Draw(r, "gone") > 0 {
				actions = append(actions, drawAnswer(r, plan.state))
			}
		}
		api.mu.Lock()
		api.actions = actions
		api.mu.Unlock()
		pair := newServerPairAt(schemas, api.URL, drawn(r, session.HiddenWarn, session.HiddenIgnore, session.HiddenRewrite))
		for _, plan := range plans {
			request := plan.readRequest(pair.served)
			if rapid.IntRange(0, 19).Draw(r, "another identity") == 0 && plan.identity {
				request.CurrentIdentity = plans[0].request(pair.served).PriorIdentity
			}
			difference, quick := pair.readDifference(request)
			if difference != "" {
				r.Fatalf("%s\nstate %v\nanswer %v", difference, plan.state, actions)
			}
			reads++
			if quick {
				short++
			}
		}
	})
	t.Logf("%d reads, %d of them answered without the framework", reads, short)
	if short*10 < reads {
		t.Error("too few of the reads find what the state has to compare them")
	}
}

// drawForRead draws what only a read looks at.
func drawForRead(r *rapid.T, plan *plannedAction) {
	plan.state["type"] = drawn(r, "webhook", "webhook", "external", "hold", "transfer")
	plan.state["transfer_to"] = nil
	if plan.state["type"] == "transfer" {
		plan.state["transfer_to"] = drawn[any](r, "+12025550123", "+12025550123", nil)
	}
	if plan.state["type"] != "hold" {
		plan.state["hold_duration"] = drawn[any](r, nil, nil, nil, int64(30))
	}
	plan.state["updated_at"] = drawn[any](r, lastYear, lastYear, lastYear, nil)
	plan.private = drawn(r, writtenLastYear, writtenLastYear, writtenLastYear, plan.private)
	plan.state["authorization_url"] = drawn[any](r, nil, "https://example.com/token")
	switch rapid.IntRange(0, 29).Draw(r, "odd state") {
	case 0: // as after an import
		plan.state["name"], plan.state["type"] = nil, nil
	case 1:
		plan.state["custom_headers_wo"] = acctest.Values{"X-Token": "secret"}
	}
}

// answerTo is what the API shows of an action that a state holds.
func answerTo(state acctest.Values) map[string]any {
	action := map[string]any{"config": nil, "action_trigger": nil}
	for _, name := range []string{"id", "name", "label", "description", "type", "url", "authorization_url", "current_status", "created_at", "updated_at"} {
		action[name] = state[name]
	}
	entries := []any{}
	inputs, _ := state["inputs"].([]any)
	for _, input := range inputs {
		entry := maps.Clone(input.(acctest.Values))
		if text, some := entry["value"].(string); some && entry["type"] == "integer" {
			entry["value"] = json.RawMessage(text)
		}
		entries = append(entries, entry)
	}
	switch state["type"] {
	case "hold":
		entries = append(entries, map[string]any{"name": "hold_duration", "value": state["hold_duration"]})
	case "transfer":
		entries = append(entries, map[string]any{"name": "transfer_to", "value": state["transfer_to"]})
	}
	action["input_schema"] = entries
	return action
}

// drawAnswer draws what the API shows of an action that a state holds: most answers agree,
// some of them in another form, the others differ in a few members.
func drawAnswer(r *rapid.T, state acctest.Values) map[string]any {
	action := answerTo(state)
	entries := action["input_schema"].([]any)
	for _, entry := range entries {
		if member := entry.(map[string]any); member["type"] == "integer" && member["value"] != nil {
			member["value"] = json.RawMessage(drawn(r, `1`, `1`, `1.0`, `"1"`, `2`))
		}
	}
	if len(entries) == 0 {
		action["input_schema"] = drawn[any](r, entries, entries, nil)
	}
	if drawn(r, true, true, false) {
		return action
	}
	if rapid.IntRange(0, 19).Draw(r, "unreadable") == 0 {
		action["name"] = 30
	}
	drifts := []string{
		"name", "label", "description", "type", "url", "authorization_url", "current_status", "created_at", "updated_at", "input_schema",
		"node_id", "authorization_scheme", "speak_on_send", "execution_mode", "hold_duration", "transfer_to", "integration", "config",
	}
	for range rapid.IntRange(1, 3).Draw(r, "drifts") {
		name := drawn(r, drifts...)
		text, _ := action[name].(string)
		other := []any{"something else", "", nil, text + " ", "webhook", "none", "during_call", "active"}
		switch name {
		case "created_at", "updated_at":
			other = []any{"2025-05-05T10:00:00.000000Z", "2025-05-05T12:00:00+02:00", "2025-05-05T10:00:01Z", "2026-01-01T00:00:00Z", "yesterday", nil}
		case "integration":
			other = []any{acctest.Values{"id": "calendar"}, acctest.Values{"id": "another"}, nil, "calendar"}
		case "config":
			other = []any{acctest.Values{"speak_on_send": "Wait.", "hold_duration": 30}, acctest.Values{"node_id": "node-1"}}
		case "input_schema":
			reversed := slices.Clone(entries)
			slices.Reverse(reversed)
			other = []any{reversed, []any{}, append(slices.Clone(entries), acctest.Values{"name": "another"}), []any{acctest.Values{"name": "input", "type": nil, "required": "yes"}}}
		}
		action[name] = drawn(r, other...)
		if rapid.IntRange(0, 4).Draw(r, "left out") == 0 {
			delete(action, name)
		}
	}
	return action
}
