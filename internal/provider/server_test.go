package provider_test

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"pgregory.net/rapid"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// plannedAction is a plan of one action. Its zero value has no identity and no private state.
type plannedAction struct {
	state, config acctest.Values
	private       string
	identity      bool
}

// unchangedAction is a plan that changes nothing: the configuration is what the state holds.
func unchangedAction() plannedAction {
	config := func() acctest.Values {
		return acctest.Values{
			"agent_id": "agent-1", "node_id": "appointment", "name": "Appointment", "description": "Books an appointment.", "type": "webhook",
			"url": "https://calendar.example.com", "custom_headers": acctest.Values{"X-Api-Key": "key-of-the-calendar"}, "current_status": "active",
			"inputs": []any{
				acctest.Values{"name": "patient", "type": "string", "required": true, "description": "The patient's name."},
				acctest.Values{"name": "minutes", "type": "integer", "required": false, "value": "30"},
			},
		}
	}
	plan := plannedAction{state: config(), config: config(), identity: true, private: writtenLastYear}
	maps.Copy(plan.state, acctest.Values{"id": "action-1", "label": "Appointment", "created_at": lastYear, "updated_at": lastYear, "revision": "revision-1"})
	return plan
}

const (
	lastYear        = "2025-05-05T10:00:00Z"
	writtenLastYear = `{"written":"eyJ1cGRhdGVkX2F0IjoiMjAyNS0wNS0wNVQxMDowMDowMFoifQ=="}` // {"updated_at":"2025-05-05T10:00:00Z"}
	writtenEarlier  = `{"written":"eyJ1cGRhdGVkX2F0IjoiMjAyNC0wNS0wNVQxMDowMDowMFoifQ=="}` // {"updated_at":"2024-05-05T10:00:00Z"}
	doubted         = `{"doubt":"eyJzZW50IjpbXX0="}`                                       // {"sent":[]}
)

// request is what Terraform sends for the plan.
func (plan plannedAction) request(p *acctest.Protocol) *tfprotov6.PlanResourceChangeRequest {
	state, config := p.Action(plan.state), p.Action(plan.config)
	request := &tfprotov6.PlanResourceChangeRequest{
		TypeName: "talq_action", PriorState: acctest.Pack(p.T, state), Config: acctest.Pack(p.T, config), ProposedNewState: acctest.Pack(p.T, p.Proposed(state, config)),
	}
	if plan.private != "" {
		request.PriorPrivate = []byte(plan.private)
	}
	if plan.identity {
		identity := acctest.Pack(p.T, acctest.Build(p.T, acctest.ItemIdentity, acctest.Values{"agent_id": plan.state["agent_id"], "id": plan.state["id"]}))
		request.PriorIdentity = &tfprotov6.ResourceIdentityData{IdentityData: identity}
	}
	return request
}

// serverPair are the provider as it is served, and the framework's own server.
type serverPair struct{ served, framework *acctest.Protocol }

// newServerPair configures two new servers, with the schemas of a third one. Neither reaches an API.
func newServerPair(schemas *acctest.Protocol, hiddenChanges string) serverPair {
	return newServerPairAt(schemas, "http://127.0.0.1:1", hiddenChanges)
}

func newServerPairAt(schemas *acctest.Protocol, baseURL, hiddenChanges string) serverPair {
	served, framework := *schemas, *schemas
	served.Server, framework.Server = acctest.NewServer(), providerserver.NewProtocol6(provider.New("test")())()
	for _, p := range []acctest.Protocol{served, framework} {
		p.Configure(acctest.Values{"base_url": baseURL, "token": "test", "hidden_changes": hiddenChanges}).None(p.T)
	}
	return serverPair{&served, &framework}
}

// difference plans with both servers and describes how their answers differ, "" where they
// do not. Short reports whether the provider answered without the framework.
func (s serverPair) difference(plan plannedAction) (difference string, short bool) {
	request := plan.request(s.served)
	answer := func(p *acctest.Protocol) (response *tfprotov6.PlanResourceChangeResponse, readable string) {
		response, err := p.Server.PlanResourceChange(p.T.Context(), request)
		p.Check(err)
		identity := any(nil)
		if response.PlannedIdentity != nil {
			identity = string(response.PlannedIdentity.IdentityData.MsgPack)
		}
		return response, fmt.Sprint("state ", acctest.Plain(p.T, p.Unpack(response.PlannedState)), "\nsaid ", p.Read(response.Diagnostics), "\nreplace ", response.RequiresReplace,
			"\nprivate ", string(response.PlannedPrivate), "\nidentity ", identity, "\nrest ", response.Deferred)
	}
	got, gotText := answer(s.served)
	_, wantText := answer(s.framework)
	if gotText != wantText {
		difference = fmt.Sprintf("the provider answers\n%s\nthe framework\n%s", gotText, wantText)
	}
	return difference, got.PlannedState == request.PriorState
}

// TestPlansAnsweredWithoutTheFramework says which plans are, and that the framework would have
// answered the same.
func TestPlansAnsweredWithoutTheFramework(t *testing.T) {
	t.Parallel()
	without := func(name string) func(*plannedAction) {
		return func(plan *plannedAction) { delete(plan.config, name) }
	}
	inputsWithout := func(name string) func(*plannedAction) {
		return func(plan *plannedAction) {
			for _, input := range plan.config["inputs"].([]any) {
				delete(input.(acctest.Values), name)
			}
		}
	}
	both := func(name string, value any) func(*plannedAction) {
		return func(plan *plannedAction) { plan.config[name], plan.state[name] = value, value }
	}
	for _, row := range []struct {
		name   string
		hidden string
		change func(*plannedAction)
		short  bool
	}{
		{"nothing differs", session.HiddenWarn, func(*plannedAction) {}, true},
		{"no private state", session.HiddenWarn, func(plan *plannedAction) { plan.private = "" }, true},
		{"written by somebody else, which is only told", session.HiddenWarn, func(plan *plannedAction) { plan.private = writtenEarlier }, true},
		{"written by somebody else, which is to be rewritten", session.HiddenRewrite, func(plan *plannedAction) { plan.private = writtenEarlier }, false},
		{"an update in doubt", session.HiddenWarn, func(plan *plannedAction) { plan.private = doubted }, false},
		{"a private state that is no JSON", session.HiddenWarn, func(plan *plannedAction) { plan.private = "{" }, false},
		{"a private state that is empty", session.HiddenWarn, func(plan *plannedAction) { plan.private = "{}" }, false},
		{"a private state whose value is no JSON", session.HiddenWarn, func(plan *plannedAction) { plan.private = `{"written":""}` }, false},
		{"a private state whose value is not packed", session.HiddenWarn, func(plan *plannedAction) { plan.private = `{"written":{}}` }, false},
		{"no identity, as in an old state and with OpenTofu", session.HiddenWarn, func(plan *plannedAction) { plan.identity = false }, true},
		{"the status left to its default", session.HiddenWarn, without("current_status"), true},
		{"the status left to its default, and another one stored", session.HiddenWarn, func(plan *plannedAction) {
			without("current_status")(plan)
			plan.state["current_status"] = "inactive"
		}, false},
		{"another status, and the same stored", session.HiddenWarn, both("current_status", "inactive"), true},
		{"a status that is not known yet", session.HiddenWarn, func(plan *plannedAction) { plan.config["current_status"] = acctest.Unknown }, false},
		{"the required of inputs left out, where some are", session.HiddenWarn, inputsWithout("required"), false},
		{"the type of inputs left out, where some have one", session.HiddenWarn, inputsWithout("type"), false},
		{"no inputs", session.HiddenWarn, both("inputs", nil), true},
		{"an empty list of inputs", session.HiddenWarn, both("inputs", []any{}), true},
		{"inputs taken out", session.HiddenWarn, without("inputs"), false},
		{"inputs that are not known yet", session.HiddenWarn, func(plan *plannedAction) { plan.config["inputs"] = acctest.Unknown }, false},
		{"an input that is not known yet", session.HiddenWarn, func(plan *plannedAction) { plan.config["inputs"] = []any{acctest.Unknown} }, false},
		{"no node id, as after an import", session.HiddenWarn, both("node_id", nil), true},
		{"a node id filled in after an import", session.HiddenWarn, func(plan *plannedAction) { plan.state["node_id"] = nil }, false},
		{"no revision, as after an import", session.HiddenWarn, func(plan *plannedAction) { plan.state["revision"] = nil }, true},
		{"write-only headers of the same version", session.HiddenWarn, func(plan *plannedAction) {
			both("custom_headers_wo_version", int64(1))(plan)
			plan.config["custom_headers_wo"] = acctest.Values{"X-Token": "secret"}
		}, true},
		{"a text that differs", session.HiddenWarn, func(plan *plannedAction) { plan.config["description"] = "Another." }, false},
		{"a text that is empty instead of null", session.HiddenWarn, func(plan *plannedAction) {
			plan.config["speak_on_send"] = ""
			plan.state["speak_on_send"] = nil
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan := unchangedAction()
			row.change(&plan)
			difference, short := newServerPair(acctest.NewProtocol(t), row.hidden).difference(plan)
			if difference != "" {
				t.Error(difference)
			}
			if short != row.short {
				t.Errorf("answered without the framework: %v, want %v", short, row.short)
			}
		})
	}
}

func TestAnActionHeldTwiceIsRefusedWithoutTheFrameworkToo(t *testing.T) {
	t.Parallel()
	pair := newServerPair(acctest.NewProtocol(t), session.HiddenWarn)
	first, second := unchangedAction(), unchangedAction()
	second.state["revision"] = "revision-2"
	for i, plan := range []plannedAction{first, second, first} {
		difference, short := pair.difference(plan)
		if difference != "" || short != (i == 0) {
			t.Errorf("plan %d: answered without the framework: %v\n%s", i+1, short, difference)
		}
	}
}

// TestNoPlanIsAnsweredOtherwiseThanByTheFramework draws states, configurations, drift and
// private states, several of which may mean the same action.
func TestNoPlanIsAnsweredOtherwiseThanByTheFramework(t *testing.T) {
	t.Parallel()
	plans, short := 0, 0
	schemas := acctest.NewProtocol(t)
	rapid.Check(t, func(r *rapid.T) {
		pair := newServerPair(schemas, drawn(r, session.HiddenWarn, session.HiddenWarn, session.HiddenIgnore, session.HiddenRewrite))
		for _, plan := range rapid.SliceOfN(rapid.Custom(drawPlan), 2, 5).Draw(r, "plans") {
			difference, quick := pair.difference(plan)
			if difference != "" {
				r.Fatal(difference)
			}
			plans++
			if quick {
				short++
			}
		}
	})
	t.Logf("%d plans, %d of them answered without the framework", plans, short)
	if short*10 < plans {
		t.Error("too few of the plans change nothing to compare them")
	}
}

// drawPlan draws a plan of an action, of which about half change nothing.
func drawPlan(r *rapid.T) plannedAction {
	plan := plannedAction{
		state:    acctest.Values{"agent_id": "agent-1", "type": drawn(r, "webhook", "webhook", "hold", "external")},
		identity: drawn(r, true, true, true, true, true, true, false),
		private:  drawn(r, writtenLastYear, writtenLastYear, writtenLastYear, writtenLastYear, writtenLastYear, writtenEarlier, writtenEarlier, "", "{}", doubted, `{"other":"MQ=="}`),
	}
	values := map[string][]any{
		"id": {"action-1", "action-2", "action-3", "action-4"}, "revision": {"revision-1", "revision-2", nil}, "label": {"Label", "", nil},
		"created_at": {lastYear}, "updated_at": {lastYear, nil}, "node_id": {"node-1", nil}, "name": {"Name"}, "description": {"Description", ""},
		"url": {"https://example.com", nil}, "authorization_scheme": {"bearer", nil}, "speak_on_send": {"", "Wait.", nil},
		"hold_duration": {int64(30), nil}, "current_status": {"active", "active", "active", "active", "inactive", "inactive", nil}, "custom_headers_wo_version": {int64(1), nil},
		"integration": {nil, acctest.Values{"id": "calendar"}}, "custom_headers": {nil, acctest.Values{}, acctest.Values{"X-Key": "value"}},
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		plan.state[name] = drawn(r, values[name]...)
	}
	plan.state["inputs"] = drawInputs(r)
	plan.config = drawConfiguration(r, plan.state)
	return plan
}

func drawInputs(r *rapid.T) any {
	if drawn(r, true, false) {
		return nil
	}
	inputs := []any{}
	for range rapid.IntRange(0, 3).Draw(r, "inputs") {
		inputs = append(inputs, acctest.Values{
			"name": "input", "type": drawn(r, "string", "string", "integer"), "required": drawn(r, false, false, true),
			"description": drawn[any](r, nil, "", "What?"), "value": drawn[any](r, nil, "1"),
		})
	}
	return inputs
}

// drawConfiguration draws what a person may have written beside a state: the same, less of
// what has a default, or something else.
func drawConfiguration(r *rapid.T, state acctest.Values) acctest.Values {
	config := maps.Clone(state)
	for _, name := range []string{"id", "label", "created_at", "updated_at", "revision"} {
		delete(config, name)
	}
	config["current_status"] = drawn(r, config["current_status"], config["current_status"], nil)
	config["custom_headers_wo"] = drawn[any](r, nil, nil, acctest.Values{"X-Token": "secret"}, acctest.Unknown)
	if inputs, some := state["inputs"].([]any); some {
		config["inputs"] = drawConfiguredInputs(r, inputs)
	}
	if drawn(r, true, false) {
		return config
	}
	name := drawn(r, "name", "description", "url", "node_id", "hold_duration", "current_status", "inputs", "custom_headers", "integration", "agent_id", "type", "speak_on_send")
	config[name] = drawn[any](r, nil, acctest.Unknown)
	if _, text := state[name].(string); text {
		config[name] = drawn[any](r, nil, acctest.Unknown, "", "something else")
	}
	return config
}

func drawConfiguredInputs(r *rapid.T, inputs []any) []any {
	configured := []any{}
	for _, input := range inputs {
		copied := maps.Clone(input.(acctest.Values))
		for _, name := range []string{"type", "required"} {
			copied[name] = drawn(r, copied[name], copied[name], copied[name], nil)
		}
		configured = append(configured, copied)
	}
	if len(configured) > 0 && rapid.IntRange(0, 9).Draw(r, "an input more or less") == 0 {
		return drawn(r, configured[1:], append(configured, configured[0]), append(configured, acctest.Unknown))
	}
	return configured
}

func drawn[T any](r *rapid.T, from ...T) T { return rapid.SampledFrom(from).Draw(r, "one of") }

type inContext struct{}

// TestNothingOfACallIsKept: the framework keeps each call's context, so what that holds has
// to go when the call is over.
func TestNothingOfACallIsKept(t *testing.T) {
	t.Parallel()
	p := newServerPair(acctest.NewProtocol(t), "").served
	plan := unchangedAction()
	plan.config["description"] = "Another."
	request := plan.request(p)
	for name, call := range map[string]func(ctx context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := p.Server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "talq_action", Config: request.Config})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := p.Server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "talq_action", RawState: &tfprotov6.RawState{JSON: []byte(`{"name":1}`)}})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := p.Server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: request.PriorState})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := p.Server.PlanResourceChange(ctx, request)
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := p.Server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "talq_action", PriorState: request.PriorState, Config: request.Config, PlannedState: request.ProposedNewState})
			return err
		},
	} {
		kept := func() weak.Pointer[[1024]byte] {
			held := new([1024]byte)
			ctx, cancel := context.WithCancel(context.WithValue(t.Context(), inContext{}, held))
			cancel() // no call of the API's
			p.Check(call(ctx))
			return weak.Make(held)
		}()
		runtime.GC()
		if kept.Value() != nil {
			t.Errorf("%s: what the context of the call held is still there", name)
		}
	}
}
