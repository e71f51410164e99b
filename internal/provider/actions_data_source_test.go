package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// oneOfEach puts an action of each type on the agent, made in the dashboard.
func (w world) oneOfEach() (ids map[string]string) {
	return map[string]string{
		action.TypeWebhook: w.AddAction(w.agent, secretive()),
		action.TypeExternal: w.AddAction(w.agent, map[string]any{"name": "Sync", "description": "Syncs the call", "type": action.TypeExternal, "current_status": "inactive",
			"config": map[string]any{"b": 1, "a": []any{true, nil}}, "action_trigger": map[string]any{"on": "end <of> call"}}),
		action.TypeTransfer: w.AddAction(w.agent, map[string]any{"name": "Reception", "description": "Transfers the call", "type": action.TypeTransfer, "transfer_to": "+12025550123",
			"inputs": []any{map[string]any{"name": "reason", "type": "string", "description": "Why"}}}),
		action.TypeHold: w.AddAction(w.agent, map[string]any{"name": "Wait", "description": "Holds the call", "type": action.TypeHold, "hold_duration": 30, "current_status": "inactive"}),
	}
}

// listedAs is what talq_actions has of each of [world.oneOfEach], but for times.
func listedAs(ids map[string]string) map[string]given {
	listed := func(kind, name, description string, more given) given {
		all := given{"id": ids[kind], "name": name, "label": name, "description": description, "type": kind, "url": nil, "authorization_url": nil,
			"inputs": nil, "transfer_to": nil, "hold_duration": nil, "current_status": "active", "config": nil, "action_trigger": nil}
		maps.Copy(all, more)
		return all
	}
	return map[string]given{
		action.TypeWebhook: listed(action.TypeWebhook, "Schedule", "Schedules a meeting", given{"url": "https://api.example.com/schedule", "inputs": []any{
			given{"name": "date", "type": "string", "required": true, "description": "Meeting date", "value": nil}}}),
		action.TypeExternal: listed(action.TypeExternal, "Sync", "Syncs the call", given{"current_status": "inactive",
			"config": `{"a":[true,null],"b":1}`, "action_trigger": `{"on":"end <of> call"}`}),
		action.TypeTransfer: listed(action.TypeTransfer, "Reception", "Transfers the call", given{"transfer_to": "+12025550123", "inputs": []any{
			given{"name": "reason", "type": "string", "required": false, "description": "Why", "value": nil}}}),
		action.TypeHold: listed(action.TypeHold, "Wait", "Holds the call", given{"hold_duration": int64(30), "current_status": "inactive"}),
	}
}

func TestActionsDataSource(t *testing.T) {
	t.Parallel()
	every := []string{action.TypeWebhook, action.TypeExternal, action.TypeTransfer, action.TypeHold}
	for _, row := range []struct {
		name   string
		filter given
		want   []string
	}{
		{"all", nil, every},
		{"by type", given{"type": "transfer"}, []string{action.TypeTransfer}},
		{"by status", given{"current_status": "inactive"}, []string{action.TypeExternal, action.TypeHold}},
		{"by both", given{"type": "hold", "current_status": "inactive"}, []string{action.TypeHold}},
		{"by both, none found", given{"type": "hold", "current_status": "active"}, []string{}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ids := w.oneOfEach()
			want := listedAs(ids)

			state, said := w.protocol(t).readData("talq_actions", butWith(given{"agent_id": w.agent}, row.filter))
			said.None(t)

			var found []string
			for _, action := range elements(state, "actions") {
				kind, _ := action["type"].(string)
				found = append(found, kind)
				for _, varies := range []string{"created_at", "updated_at"} {
					if text, _ := action[varies].(string); !strings.Contains(text, "T") {
						t.Errorf("%s of %s is %v", varies, kind, action[varies])
					}
					delete(action, varies)
				}
				if got := fmt.Sprint(action); got != fmt.Sprint(want[kind]) {
					t.Errorf("%s is\n%s\nwant\n%s", kind, got, fmt.Sprint(want[kind]))
				}
			}
			if !slices.Equal(found, row.want) && len(found)+len(row.want) > 0 {
				t.Errorf("found %v, want %v", found, row.want)
			}
			w.made(t, ops{fakeapi.OpGetAgent: 1})
		})
	}
}

func TestActionsOfAnEmptyAgent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	state, said := w.protocol(t).readData("talq_actions", given{"agent_id": w.agent})
	said.None(t)
	if list, ok := state["actions"].([]any); !ok || len(list) != 0 {
		t.Errorf("actions is %v, want an empty list", state["actions"])
	}
}

// TestActionsValidate: the filters are words of a list, and what is unknown or null
// breaks no rule.
func TestActionsValidate(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config given
		want   []string
	}{
		{"the agent alone", given{"agent_id": "a"}, nil},
		{"everything", given{"agent_id": "a", "type": "external", "current_status": "inactive"}, nil},
		{"everything unknown", given{"agent_id": notKnown, "type": notKnown, "current_status": notKnown}, nil},
		{"an unknown type", given{"agent_id": "a", "type": "email"}, []string{"error at type: Invalid Attribute Value Match"}},
		{"an empty type", given{"agent_id": "a", "type": ""}, []string{"error at type: Invalid Attribute Value Match"}},
		{"an agent's status", given{"agent_id": "a", "current_status": "draft"}, []string{"error at current_status: Invalid Attribute Value Match"}},
		{"an empty status", given{"agent_id": "a", "current_status": ""}, []string{"error at current_status: Invalid Attribute Value Match"}},
		{"an empty agent", given{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		{"a step up", given{"agent_id": ".."}, []string{"error at agent_id: Wrong id"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			newProtocol(t).validateData("talq_actions", row.config).Are(t, row.want...)
		})
	}
}

// TestActionsWithPartsMissing: what an answer leaves out, has as null or as "" is
// null, and passes no filter.
func TestActionsWithPartsMissing(t *testing.T) {
	t.Parallel()
	for name, object := range map[string]string{
		"left out": `{"id":"a"}`,
		"null": `{"id":"a","name":null,"label":null,"description":null,"type":null,"input_schema":null,"config":null,"action_trigger":null,"url":null,
			"authorization_url":null,"current_status":null,"created_at":null,"updated_at":null}`,
		"empty": `{"id":"a","name":"","label":"","description":"","type":"","input_schema":[],"config":null,"action_trigger":null,"url":"",
			"authorization_url":"","current_status":"","created_at":"","updated_at":""}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Inject(withoutActions)
			w.Inject(fakeapi.Fault{Match: listing, Body: `{"success":true,"data":[` + object + `]}`})
			p := w.protocol(t)
			state, said := p.readData("talq_actions", given{"agent_id": w.agent})
			said.None(t)
			for attribute, value := range elements(state, "actions")[0] {
				if want := map[string]any{"id": "a"}[attribute]; value != want {
					t.Errorf("%s is %v, want %v", attribute, value, want)
				}
			}
			state, said = p.readData("talq_actions", given{"agent_id": w.agent, "current_status": "active"})
			said.None(t)
			if found := elements(state, "actions"); len(found) != 0 {
				t.Errorf("the filter lets through %v", found)
			}
		})
	}
}

// TestActionsHoldNoSecrets: an API that shows more than its pages say.
func TestActionsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	for _, form := range []fakeapi.Undocumented{fakeapi.UndocumentedEchoed, fakeapi.UndocumentedInConfig} {
		w := newWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: form}))
		w.oneOfEach()
		state, said := w.protocol(t).readData("talq_actions", given{"agent_id": w.agent})
		said.None(t)
		if text := fmt.Sprint(state); strings.Contains(text, "made-by-hand") || len(elements(state, "actions")) != 4 {
			t.Errorf("the data source holds a header, or not all actions: %s", text)
		}
	}
}

func TestActionsTextsReachNoTerminalRaw(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddAction(w.agent, map[string]any{"name": evil, "description": evil, "type": "webhook", "config": map[string]any{"x": evil},
		"inputs": []any{map[string]any{"name": evil, "description": evil, "value": evil}}})
	state, said := w.protocol(t).readData("talq_actions", given{"agent_id": w.agent})
	said.None(t)
	if text := fmt.Sprint(state); strings.ContainsAny(text, "\x1b\x07\u009b") || !strings.Contains(text, evilInState) {
		t.Errorf("the data source holds %q", text)
	}
}

func TestActionsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := w.AddAgent(fakeapi.AgentSeed{Name: "Elsewhere", Token: w.AddEnvironment()})
	for _, row := range []struct {
		name, agent string
		fault       *fakeapi.Fault
		says        []string
	}{
		{"an agent of another environment", elsewhere, nil, []string{"Could not read the actions of agent " + elsewhere, "belongs to another environment", session.EnvToken}},
		{"an agent that nobody knows", "nobody", nil, []string{"Could not read the actions of agent nobody", "the id is wrong or the agent was deleted"}},
		{"a refusal", w.agent, &fakeapi.Fault{Status: 403, Body: `{"success":false,"message":"No."}`}, []string{"may not do this"}},
		{"an answer that is no list", w.agent, &fakeapi.Fault{Body: `{"success":true,"data":{}}`}, []string{"Could not read the actions of agent agent-1"}},
		{"a server that fails", w.agent, &fakeapi.Fault{Status: 500, Body: `{}`}, []string{"The server failed. Nothing was changed"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ClearFaults()
			if row.fault != nil {
				w.Inject(*row.fault)
			}
			_, said := w.protocol(t).readData("talq_actions", given{"agent_id": row.agent})
			said.Hold(t, row.says...)
			if len(said) != 1 || said[0].Severity != "error" {
				t.Errorf("it is said: %s", said)
			}
		})
	}
}

// TestActionsThroughTheCLI reads beside resources of the same agent: all share one
// listing, in every command.
func TestActionsThroughTheCLI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.oneOfEach()
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", `
data "talq_actions" "all" { agent_id = "agent-1" }
data "talq_actions" "off" {
  agent_id       = "agent-1"
  current_status = "inactive"
}
output "names" { value = { for action in data.talq_actions.all.actions : action.id => action.name } }
output "off" { value = data.talq_actions.off.actions[*].type }
output "config" { value = [for action in data.talq_actions.all.actions : jsondecode(action.config).b if action.config != null] }
`)
	ws.apply()
	w.made(t, ops{fakeapi.OpGetAgent: 1})
	for output, want := range map[string]string{
		"names": `{"action-1":"Schedule","action-2":"Sync","action-3":"Reception","action-4":"Wait"}`, "off": `["external","hold"]`, "config": `[1]`,
	} {
		if got := ws.output(output); got != want {
			t.Errorf("%s is %s, want %s", output, got, want)
		}
	}

	ws.write("managed.tf", holdAction("a", "hold", "")+`
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = { a = talq_action.a.revision }
}
`)
	ws.apply()
	w.ForgetJournal()
	ws.terraform("plan").exits(0)
	w.made(t, ops{fakeapi.OpGetAgent: 1})

	ws.write("main.tf", `data "talq_actions" "all" {
  agent_id = "agent-1"
  type     = "email"
}`)
	ws.terraform("validate").exits(1).says("Invalid Attribute Value Match", `"webhook"`, "on main.tf line 3")
	w.made(t, ops{})
}
