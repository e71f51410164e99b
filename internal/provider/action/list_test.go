package action_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestListOfOneAgent(t *testing.T) {
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	for _, row := range []struct {
		name   string
		config acctest.Values
		limit  int64
		want   []string
	}{
		{"all", acctest.Values{"agent_id": "agent-1"}, 100, []string{"Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)", "Support / Wait (hold)"}},
		{"one type", acctest.Values{"agent_id": "agent-1", "type": "transfer"}, 100, []string{"Support / Reception (transfer)"}},
		{"active ones", acctest.Values{"agent_id": "agent-1", "current_status": "active"}, 100, []string{"Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)"}},
		{"inactive ones", acctest.Values{"agent_id": "agent-1", "current_status": "inactive"}, 100, []string{"Support / Wait (hold)"}},
		{"both filters, nothing left", acctest.Values{"agent_id": "agent-1", "type": "webhook", "current_status": "inactive"}, 100, nil},
		{"no more than asked for", acctest.Values{"agent_id": "agent-1"}, 2, []string{"Support / Book (webhook)", "Support / Sync (external)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal()
			results, problems := w.Protocol(t).List(row.config, row.limit, false)
			problems.None(t)
			var names []string
			for _, f := range results {
				names = append(names, f.Name)
				if f.Identity["agent_id"] != "agent-1" || !strings.HasPrefix(fmt.Sprint(f.Identity["id"]), "action-") || f.Resource != nil {
					t.Errorf("%+v", f)
				}
			}
			if !slices.Equal(names, row.want) {
				t.Errorf("found %q, want %q", names, row.want)
			}
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
		})
	}
}

// TestListWithResources: what a generated configuration is made from lacks nothing
// but its node id.
func TestListWithResources(t *testing.T) {
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	p := w.Protocol(t)
	results, problems := p.List(acctest.Values{"agent_id": "agent-1"}, 100, true)
	problems.None(t)
	for i, want := range []acctest.Values{
		{"type": "webhook", "url": "https://example.com", "transfer_to": nil, "hold_duration": nil},
		{"type": "external", "url": nil, "inputs": nil},
		{"type": "transfer", "transfer_to": "+12025550123", "inputs": nil, "url": nil},
		{"type": "hold", "hold_duration": int64(30), "current_status": "inactive", "inputs": nil},
	} {
		got := results[i].Resource
		for attribute, value := range want {
			if got[attribute] != value {
				t.Errorf("%s: %s is %v, want %v", results[i].Name, attribute, got[attribute], value)
			}
		}
		if got["node_id"] != nil || got["revision"] != nil {
			t.Errorf("%s: node_id %v, revision %v", results[i].Name, got["node_id"], got["revision"])
		}
		config := acctest.Values{}
		for name, attribute := range actionAttributes(p) {
			if attribute.Optional || attribute.Required {
				config[name] = got[name]
			}
		}
		config["node_id"] = "chosen"
		p.Validate(config).None(t)
	}
}

func actionAttributes(p *acctest.Protocol) map[string]*tfprotov6.SchemaAttribute {
	attributes := map[string]*tfprotov6.SchemaAttribute{}
	for _, attribute := range p.Schema.ResourceSchemas["talq_action"].Block.Attributes {
		attributes[attribute.Name] = attribute
	}
	return attributes
}

func TestListOfAllAgents(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddAgents(250)
	for i := range 250 {
		w.AddAction(fmt.Sprintf("agent-%d", i+1), map[string]any{"name": "Wait", "description": "Waits", "type": "hold", "hold_duration": 5})
	}
	results, problems := w.Protocol(t).List(acctest.Values{}, 1000, false)
	problems.None(t)
	if len(results) != 250 || results[249].Name != "Agent 250 / Wait (hold)" {
		t.Errorf("%d results, the last one %+v", len(results), results[len(results)-1])
	}
	w.Made(t, acctest.Ops{fakeapi.OpListAgents: 3})
}

// TestListShowsNamesAsText: what the API returns moves no cursor.
func TestListShowsNamesAsText(t *testing.T) {
	w := acctest.NewWorld(t)
	agent := w.AddAgent(fakeapi.AgentSeed{Name: "Front\x1b[2Jdesk"})
	w.AddAction(agent, map[string]any{"name": "Wait\x1b[A", "description": "Waits", "type": "hold", "hold_duration": 5})
	for _, config := range []acctest.Values{{}, {"agent_id": agent}} {
		results, problems := w.Protocol(t).List(config, 100, false)
		problems.None(t)
		if len(results) != 1 || results[0].Name != "Front␛[2Jdesk / Wait␛[A (hold)" {
			t.Errorf("%v: %+v", config, results)
		}
	}
}

func TestListOfAgentsWithoutTheirActions(t *testing.T) {
	for name, lack := range map[string]func([]byte) []byte{
		"none at all":        func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"actions":`), []byte(`"deeds":`)) },
		"without their type": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"type":"hold"`), []byte(`"kind":"hold"`)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.SeedActions(w.Agent)
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Rewrite: lack})
			results, problems := w.Protocol(t).List(acctest.Values{"type": "hold"}, 100, false)
			problems.Are(t, "warning: Actions that are not listed").Hold(t, `agent_id = "agent-1"`)
			if len(results) != 0 {
				t.Errorf("%v", results)
			}
		})
	}
}

func TestListOfAnAgentWhoseActionsLackParts(t *testing.T) {
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	w.Inject(fakeapi.Fault{Rewrite: func(b []byte) []byte {
		return bytes.ReplaceAll(b, []byte(`"current_status":"active"`), []byte(`"status":"active"`))
	}})
	results, problems := w.Protocol(t).List(acctest.Values{"agent_id": w.Agent, "current_status": "active"}, 100, false)
	problems.Are(t, "warning: Actions that are not listed").Hold(t, "leaves out parts of the actions of agent agent-1")
	if len(results) != 0 {
		t.Errorf("%v", results)
	}
}

func TestListThatFails(t *testing.T) {
	w := acctest.NewWorld(t)
	failsToList(w.Protocol(t), t, acctest.Values{"agent_id": "nobody"}, "error: Could not read the agent nobody")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Body: "<html>"})
	failsToList(w.Protocol(t), t, acctest.Values{}, "error: Could not list the agents")
	w.Inject(withoutActions)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Status: 403, Body: "{}"})
	failsToList(w.Protocol(t), t, acctest.Values{"agent_id": "agent-1"}, "error: Could not list the actions of agent agent-1")
}

func failsToList(p *acctest.Protocol, t *testing.T, config acctest.Values, head string) {
	t.Helper()
	results, problems := p.List(config, 100, true)
	problems.Are(t, head)
	if len(results) != 0 {
		t.Errorf("%v", results)
	}
}

func TestListConfigurationIsValidated(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, row := range []struct {
		config acctest.Values
		heads  []string
	}{
		{acctest.Values{}, nil},
		{acctest.Values{"agent_id": acctest.Unknown, "type": acctest.Unknown, "current_status": acctest.Unknown}, nil},
		{acctest.Values{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		{acctest.Values{"type": "email"}, []string{"error at type: Invalid Attribute Value Match"}},
		{acctest.Values{"current_status": "draft"}, []string{"error at current_status: Invalid Attribute Value Match"}},
	} {
		p.ValidateList(row.config).Are(t, row.heads...)
	}
}
