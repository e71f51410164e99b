package provider

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// found is one result of a list block.
type found struct {
	name     string
	identity given
	resource given
}

// list makes the call of `terraform query`.
func (p *protocol) list(config given, limit int64, include bool) (results []found, problems check.Said) {
	p.t.Helper()
	kind := p.schema.ListResourceSchemas["talq_action"].ValueType()
	stream, err := p.server.(tfprotov6.ListResourceServer).ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: "talq_action", Config: pack(p.t, build(p.t, kind, config)), IncludeResource: include, Limit: limit,
	})
	p.check(err)
	for result := range stream.Results {
		problems = append(problems, p.read(result.Diagnostics)...)
		if result.Identity == nil {
			continue
		}
		f := found{name: result.DisplayName, identity: p.identity(result.Identity, identityType)}
		if result.Resource != nil {
			f.resource, _ = plain(p.t, p.unpack(result.Resource)).(given)
		}
		results = append(results, f)
	}
	return results, problems
}

// seedActions returns an agent one action of each type, the last one inactive.
func (w world) seedActions(agent string) {
	for _, fields := range []map[string]any{
		{"name": "Book", "type": "webhook", "url": "https://example.com", "inputs": []any{map[string]any{"name": "date", "type": "string", "required": true}}},
		{"name": "Sync", "type": "external"},
		{"name": "Reception", "type": "transfer", "transfer_to": "+12025550123"},
		{"name": "Wait", "type": "hold", "hold_duration": 30, "current_status": "inactive"},
	} {
		fields["description"] = "Made in the dashboard"
		w.AddAction(agent, fields)
	}
}

func TestListOfOneAgent(t *testing.T) {
	w := newWorld(t)
	w.seedActions(w.agent)
	for _, row := range []struct {
		name   string
		config given
		limit  int64
		want   []string
	}{
		{"all", given{"agent_id": "agent-1"}, 100, []string{"Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)", "Support / Wait (hold)"}},
		{"one type", given{"agent_id": "agent-1", "type": "transfer"}, 100, []string{"Support / Reception (transfer)"}},
		{"active ones", given{"agent_id": "agent-1", "current_status": "active"}, 100, []string{"Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)"}},
		{"inactive ones", given{"agent_id": "agent-1", "current_status": "inactive"}, 100, []string{"Support / Wait (hold)"}},
		{"both filters, nothing left", given{"agent_id": "agent-1", "type": "webhook", "current_status": "inactive"}, 100, nil},
		{"no more than asked for", given{"agent_id": "agent-1"}, 2, []string{"Support / Book (webhook)", "Support / Sync (external)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal()
			results, problems := w.protocol(t).list(row.config, row.limit, false)
			problems.None(t)
			var names []string
			for _, f := range results {
				names = append(names, f.name)
				if f.identity["agent_id"] != "agent-1" || !strings.HasPrefix(fmt.Sprint(f.identity["id"]), "action-") || f.resource != nil {
					t.Errorf("%+v", f)
				}
			}
			if !slices.Equal(names, row.want) {
				t.Errorf("found %q, want %q", names, row.want)
			}
			w.made(t, ops{fakeapi.OpGetAgent: 1})
		})
	}
}

// TestListWithResources: what a generated configuration is made from lacks nothing
// but its node id.
func TestListWithResources(t *testing.T) {
	w := newWorld(t)
	w.seedActions(w.agent)
	p := w.protocol(t)
	results, problems := p.list(given{"agent_id": "agent-1"}, 100, true)
	problems.None(t)
	for i, want := range []given{
		{"type": "webhook", "url": "https://example.com", "transfer_to": nil, "hold_duration": nil},
		{"type": "external", "url": nil, "inputs": nil},
		{"type": "transfer", "transfer_to": "+12025550123", "inputs": nil, "url": nil},
		{"type": "hold", "hold_duration": int64(30), "current_status": "inactive", "inputs": nil},
	} {
		got := results[i].resource
		for attribute, value := range want {
			if got[attribute] != value {
				t.Errorf("%s: %s is %v, want %v", results[i].name, attribute, got[attribute], value)
			}
		}
		if got["node_id"] != nil || got["revision"] != nil {
			t.Errorf("%s: node_id %v, revision %v", results[i].name, got["node_id"], got["revision"])
		}
		config := given{}
		for name, attribute := range p.actionAttributes() {
			if attribute.Optional || attribute.Required {
				config[name] = got[name]
			}
		}
		config["node_id"] = "chosen"
		p.validate(config).None(t)
	}
}

func (p *protocol) actionAttributes() map[string]*tfprotov6.SchemaAttribute {
	attributes := map[string]*tfprotov6.SchemaAttribute{}
	for _, attribute := range p.schema.ResourceSchemas["talq_action"].Block.Attributes {
		attributes[attribute.Name] = attribute
	}
	return attributes
}

func TestListOfAllAgents(t *testing.T) {
	w := newWorld(t)
	w.addAgents(250)
	for i := range 250 {
		w.AddAction(fmt.Sprintf("agent-%d", i+1), map[string]any{"name": "Wait", "description": "Waits", "type": "hold", "hold_duration": 5})
	}
	results, problems := w.protocol(t).list(given{}, 1000, false)
	problems.None(t)
	if len(results) != 250 || results[249].name != "Agent 250 / Wait (hold)" {
		t.Errorf("%d results, the last one %+v", len(results), results[len(results)-1])
	}
	w.made(t, ops{fakeapi.OpListAgents: 3})
}

// TestListShowsNamesAsText: what the API returns moves no cursor.
func TestListShowsNamesAsText(t *testing.T) {
	w := newWorld(t)
	agent := w.AddAgent(fakeapi.AgentSeed{Name: "Front\x1b[2Jdesk"})
	w.AddAction(agent, map[string]any{"name": "Wait\x1b[A", "description": "Waits", "type": "hold", "hold_duration": 5})
	for _, config := range []given{{}, {"agent_id": agent}} {
		results, problems := w.protocol(t).list(config, 100, false)
		problems.None(t)
		if len(results) != 1 || results[0].name != "Front␛[2Jdesk / Wait␛[A (hold)" {
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
			w := newWorld(t)
			w.seedActions(w.agent)
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Rewrite: lack})
			results, problems := w.protocol(t).list(given{"type": "hold"}, 100, false)
			problems.Are(t, "warning: Actions that are not listed").Hold(t, `agent_id = "agent-1"`)
			if len(results) != 0 {
				t.Errorf("%v", results)
			}
		})
	}
}

func TestListThatFails(t *testing.T) {
	w := newWorld(t)
	w.protocol(t).failsToList(t, given{"agent_id": "nobody"}, "error: Could not read the agent nobody")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Body: "<html>"})
	w.protocol(t).failsToList(t, given{}, "error: Could not list the agents")
	w.Inject(withoutActions)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Status: 403, Body: "{}"})
	w.protocol(t).failsToList(t, given{"agent_id": "agent-1"}, "error: Could not list the actions of agent agent-1")
}

func (p *protocol) failsToList(t *testing.T, config given, head string) {
	t.Helper()
	results, problems := p.list(config, 100, true)
	problems.Are(t, head)
	if len(results) != 0 {
		t.Errorf("%v", results)
	}
}

func TestListConfigurationIsValidated(t *testing.T) {
	p := newProtocol(t)
	kind := p.schema.ListResourceSchemas["talq_action"].ValueType()
	for _, row := range []struct {
		config given
		heads  []string
	}{
		{given{}, nil},
		{given{"agent_id": notKnown, "type": notKnown, "current_status": notKnown}, nil},
		{given{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		{given{"type": "email"}, []string{"error at type: Invalid Attribute Value Match"}},
		{given{"current_status": "draft"}, []string{"error at current_status: Invalid Attribute Value Match"}},
	} {
		resp, err := p.server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{
			TypeName: "talq_action", Config: pack(t, build(t, kind, row.config)),
		})
		p.check(err)
		p.read(resp.Diagnostics).Are(t, row.heads...)
	}
}
