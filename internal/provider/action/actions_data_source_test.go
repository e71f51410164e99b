package action_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// oneOfEach puts an action of each type on the agent, made in the dashboard.
func oneOfEach(w acctest.World) (ids map[string]string) {
	return map[string]string{
		action.TypeWebhook: w.AddAction(w.Agent, acctest.Secretive()),
		action.TypeExternal: w.AddAction(w.Agent, map[string]any{"name": "Sync", "description": "Syncs the call", "type": action.TypeExternal, "current_status": "inactive",
			"config": map[string]any{"b": 1, "a": []any{true, nil}}, "action_trigger": map[string]any{"on": "end <of> call"}}),
		action.TypeTransfer: w.AddAction(w.Agent, map[string]any{"name": "Reception", "description": "Transfers the call", "type": action.TypeTransfer, "transfer_to": "+12025550123",
			"inputs": []any{map[string]any{"name": "reason", "type": "string", "description": "Why"}}}),
		action.TypeHold: w.AddAction(w.Agent, map[string]any{"name": "Wait", "description": "Holds the call", "type": action.TypeHold, "hold_duration": 30, "current_status": "inactive"}),
	}
}

// listedAs is what talq_actions has of each of [world.oneOfEach], except times.
func listedAs(ids map[string]string) map[string]acctest.Values {
	listed := func(kind, name, description string, more acctest.Values) acctest.Values {
		all := acctest.Values{"id": ids[kind], "name": name, "label": name, "description": description, "type": kind, "url": nil, "authorization_url": nil,
			"inputs": nil, "transfer_to": nil, "hold_duration": nil, "current_status": "active", "config": nil, "action_trigger": nil}
		maps.Copy(all, more)
		return all
	}
	return map[string]acctest.Values{
		action.TypeWebhook: listed(action.TypeWebhook, "Schedule", "Schedules a meeting", acctest.Values{"url": "https://api.example.com/schedule", "inputs": []any{
			acctest.Values{"name": "date", "type": "string", "required": true, "description": "Meeting date", "value": nil}}}),
		action.TypeExternal: listed(action.TypeExternal, "Sync", "Syncs the call", acctest.Values{"current_status": "inactive",
			"config": `{"a":[true,null],"b":1}`, "action_trigger": `{"on":"end <of> call"}`}),
		action.TypeTransfer: listed(action.TypeTransfer, "Reception", "Transfers the call", acctest.Values{"transfer_to": "+12025550123", "inputs": []any{
			acctest.Values{"name": "reason", "type": "string", "required": false, "description": "Why", "value": nil}}}),
		action.TypeHold: listed(action.TypeHold, "Wait", "Holds the call", acctest.Values{"hold_duration": int64(30), "current_status": "inactive"}),
	}
}

func TestActionsDataSource(t *testing.T) {
	t.Parallel()
	every := []string{action.TypeWebhook, action.TypeExternal, action.TypeTransfer, action.TypeHold}
	for _, row := range []struct {
		name   string
		filter acctest.Values
		want   []string
	}{
		{"all", nil, every},
		{"by type", acctest.Values{"type": "transfer"}, []string{action.TypeTransfer}},
		{"by status", acctest.Values{"current_status": "inactive"}, []string{action.TypeExternal, action.TypeHold}},
		{"by both", acctest.Values{"type": "hold", "current_status": "inactive"}, []string{action.TypeHold}},
		{"by both, none found", acctest.Values{"type": "hold", "current_status": "active"}, []string{}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			ids := oneOfEach(w)
			want := listedAs(ids)

			state, said := w.Protocol(t).ReadData("talq_actions", acctest.ButWith(acctest.Values{"agent_id": w.Agent}, row.filter))
			said.None(t)

			var found []string
			for _, action := range acctest.Elements(state, "actions") {
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
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
		})
	}
}

func TestActionsOfAnEmptyAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	state, said := w.Protocol(t).ReadData("talq_actions", acctest.Values{"agent_id": w.Agent})
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
		config acctest.Values
		want   []string
	}{
		{"the agent alone", acctest.Values{"agent_id": "a"}, nil},
		{"everything", acctest.Values{"agent_id": "a", "type": "external", "current_status": "inactive"}, nil},
		{"everything unknown", acctest.Values{"agent_id": acctest.Unknown, "type": acctest.Unknown, "current_status": acctest.Unknown}, nil},
		{"an unknown type", acctest.Values{"agent_id": "a", "type": "email"}, []string{"error at type: Invalid Attribute Value Match"}},
		{"an empty type", acctest.Values{"agent_id": "a", "type": ""}, []string{"error at type: Invalid Attribute Value Match"}},
		{"an agent's status", acctest.Values{"agent_id": "a", "current_status": "draft"}, []string{"error at current_status: Invalid Attribute Value Match"}},
		{"an empty status", acctest.Values{"agent_id": "a", "current_status": ""}, []string{"error at current_status: Invalid Attribute Value Match"}},
		{"an empty agent", acctest.Values{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		{"a step up", acctest.Values{"agent_id": ".."}, []string{"error at agent_id: Wrong id"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			acctest.NewProtocol(t).ValidateData("talq_actions", row.config).Are(t, row.want...)
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
			w := acctest.NewWorld(t)
			w.Inject(withoutActions)
			w.Inject(fakeapi.Fault{Match: listing, Body: `{"success":true,"data":[` + object + `]}`})
			p := w.Protocol(t)
			state, said := p.ReadData("talq_actions", acctest.Values{"agent_id": w.Agent})
			said.None(t)
			for attribute, value := range acctest.Elements(state, "actions")[0] {
				if want := map[string]any{"id": "a"}[attribute]; value != want {
					t.Errorf("%s is %v, want %v", attribute, value, want)
				}
			}
			state, said = p.ReadData("talq_actions", acctest.Values{"agent_id": w.Agent, "current_status": "active"})
			said.None(t)
			if found := acctest.Elements(state, "actions"); len(found) != 0 {
				t.Errorf("the filter lets through %v", found)
			}
		})
	}
}

// TestActionsHoldNoSecrets: an API that shows more than its pages say.
func TestActionsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	for _, form := range []fakeapi.Undocumented{fakeapi.UndocumentedEchoed, fakeapi.UndocumentedInConfig} {
		w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: form}))
		oneOfEach(w)
		state, said := w.Protocol(t).ReadData("talq_actions", acctest.Values{"agent_id": w.Agent})
		said.None(t)
		if text := fmt.Sprint(state); strings.Contains(text, "made-by-hand") || len(acctest.Elements(state, "actions")) != 4 {
			t.Errorf("the data source holds a header, or not all actions: %s", text)
		}
	}
}

func TestActionsTextsReachNoTerminalRaw(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAction(w.Agent, map[string]any{"name": acctest.Evil, "description": acctest.Evil, "type": "webhook", "config": map[string]any{"x": acctest.Evil},
		"inputs": []any{map[string]any{"name": acctest.Evil, "description": acctest.Evil, "value": acctest.Evil}}})
	state, said := w.Protocol(t).ReadData("talq_actions", acctest.Values{"agent_id": w.Agent})
	said.None(t)
	if text := fmt.Sprint(state); strings.ContainsAny(text, "\x1b\x07\u009b") || !strings.Contains(text, acctest.EvilInState) {
		t.Errorf("the data source holds %q", text)
	}
}

func TestActionsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	elsewhere := w.AddAgent(fakeapi.AgentSeed{Name: "Elsewhere", Token: w.AddEnvironment()})
	for _, row := range []struct {
		name, agent string
		fault       *fakeapi.Fault
		says        []string
	}{
		{"an agent of another environment", elsewhere, nil, []string{"Could not read the actions of agent " + elsewhere, "belongs to another environment", session.EnvToken}},
		{"an agent that nobody knows", "nobody", nil, []string{"Could not read the actions of agent nobody", "the id is wrong or the agent was deleted"}},
		{"a refusal", w.Agent, &fakeapi.Fault{Status: 403, Body: `{"success":false,"message":"No."}`}, []string{"may not do this"}},
		{"an answer that is no list", w.Agent, &fakeapi.Fault{Body: `{"success":true,"data":{}}`}, []string{"Could not read the actions of agent agent-1"}},
		{"a server that fails", w.Agent, &fakeapi.Fault{Status: 500, Body: `{}`}, []string{"The server failed. Nothing was changed"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ClearFaults()
			if row.fault != nil {
				w.Inject(*row.fault)
			}
			_, said := w.Protocol(t).ReadData("talq_actions", acctest.Values{"agent_id": row.agent})
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
	w := acctest.NewWorld(t)
	oneOfEach(w)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
data "talq_actions" "all" { agent_id = "agent-1" }
data "talq_actions" "off" {
  agent_id       = "agent-1"
  current_status = "inactive"
}
output "names" { value = { for action in data.talq_actions.all.actions : action.id => action.name } }
output "off" { value = data.talq_actions.off.actions[*].type }
output "config" { value = [for action in data.talq_actions.all.actions : jsondecode(action.config).b if action.config != null] }
`)
	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
	for output, want := range map[string]string{
		"names": `{"action-1":"Schedule","action-2":"Sync","action-3":"Reception","action-4":"Wait"}`, "off": `["external","hold"]`, "config": `[1]`,
	} {
		if got := ws.Output(output); got != want {
			t.Errorf("%s is %s, want %s", output, got, want)
		}
	}

	ws.Write("managed.tf", acctest.HoldAction("a", "hold", "")+`
resource "talq_agent_publication" "this" {
  agent_id = "agent-1"
  triggers = { a = talq_action.a.revision }
}
`)
	ws.Apply()
	w.ForgetJournal()
	ws.Terraform("plan").Exits(0)
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	ws.Write("main.tf", `data "talq_actions" "all" {
  agent_id = "agent-1"
  type     = "email"
}`)
	ws.Terraform("validate").Exits(1).Says("Invalid Attribute Value Match", `"webhook"`, "on main.tf line 3")
	w.Made(t, acctest.Ops{})
}
