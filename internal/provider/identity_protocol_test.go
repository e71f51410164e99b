package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// identityType is the type of talq_action's identity.
var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"agent_id": tftypes.String, "id": tftypes.String}}

// identity reads an identity; nil where there is none.
func (p *protocol) identity(data *tfprotov6.ResourceIdentityData, kind tftypes.Type) given {
	p.t.Helper()
	if data == nil || data.IdentityData == nil {
		return nil
	}
	value, err := data.IdentityData.Unmarshal(kind)
	p.check(err)
	found, _ := plain(p.t, value).(given)
	return found
}

func (p *protocol) expectIdentity(data *tfprotov6.ResourceIdentityData, agentID, id string) {
	p.t.Helper()
	if got, want := fmt.Sprint(p.identity(data, identityType)), fmt.Sprint(given{"agent_id": agentID, "id": id}); got != want {
		p.t.Errorf("the identity is %s, want %s", got, want)
	}
}

var aHold = given{"agent_id": "agent-1", "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}

func TestIdentityIsSetByEveryCall(t *testing.T) {
	w := newWorld(t)
	p := w.protocol(t)
	plan := p.plan(p.action(nil), aHold)
	created, err := p.server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "talq_action", PriorState: pack(t, plan.prior), Config: pack(t, plan.config), PlannedState: pack(t, plan.state),
	})
	p.check(err)
	p.expectIdentity(created.NewIdentity, "agent-1", "action-1")
	state := p.unpack(created.NewState)

	for name, before := range map[string]*tfprotov6.ResourceIdentityData{"known": created.NewIdentity, "of a state without one": nil} {
		t.Run(name, func(t *testing.T) {
			p := w.protocol(t) // another run
			read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: pack(t, state), CurrentIdentity: before})
			p.check(err)
			p.read(read.Diagnostics).None(t)
			p.expectIdentity(read.NewIdentity, "agent-1", "action-1")

			changed := given{}
			for attribute, value := range aHold {
				changed[attribute] = value
			}
			changed["hold_duration"] = 40
			update := p.plan(state, changed)
			updated, err := p.server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: "talq_action", PriorState: pack(t, update.prior), Config: pack(t, update.config), PlannedState: pack(t, update.state), PlannedIdentity: before,
			})
			p.check(err)
			p.read(updated.Diagnostics).None(t)
			p.expectIdentity(updated.NewIdentity, "agent-1", "action-1")
		})
	}
	t.Run("when the action is gone", func(t *testing.T) {
		w.RemoveAction(w.agent, "action-1")
		p := w.protocol(t)
		read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: pack(t, state)})
		p.check(err)
		p.read(read.Diagnostics).Are(t, "warning: An action is gone")
		p.expectIdentity(read.NewIdentity, "agent-1", "action-1")
	})
}

func TestImportByIdentity(t *testing.T) {
	w := newWorld(t)
	id := w.AddAction(w.agent, map[string]any{"name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	for _, row := range []struct {
		name     string
		identity given
		problem  string
	}{
		{"of an action", given{"agent_id": "agent-1", "id": id}, ""},
		{"with a step up in the path", given{"agent_id": "..", "id": id}, "error: Wrong import identity"},
		{"with an empty id", given{"agent_id": "agent-1", "id": ""}, "error: Wrong import identity"},
		{"with a blank in front", given{"agent_id": " agent-1", "id": id}, "error: Wrong import identity"},
		{"of no agent", given{"id": id}, "error: Wrong import identity"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := w.protocol(t)
			value := build(t, identityType, row.identity)
			packed, err := tfprotov6.NewDynamicValue(identityType, value)
			p.check(err)
			w.ForgetJournal()
			resp, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
				TypeName: "talq_action", Identity: &tfprotov6.ResourceIdentityData{IdentityData: &packed},
			})
			p.check(err)
			if row.problem != "" {
				p.read(resp.Diagnostics).Are(t, row.problem).Hold(t, "agent_id, id")
				if n := len(w.Journal()); n != 0 {
					t.Errorf("%d requests", n)
				}
				return
			}
			p.read(resp.Diagnostics).None(t)
			imported := resp.ImportedResources[0]
			p.expectIdentity(imported.Identity, "agent-1", id)
			state, _ := p.refresh(p.unpack(imported.State))
			p.expect(state, given{"id": id, "name": "Hold", "hold_duration": int64(30), "node_id": nil})
		})
	}
}

// TestIdentityOfAnImportByID: the identity is there then too, and null.
func TestIdentityOfAnImportByID(t *testing.T) {
	w := newWorld(t)
	id := w.AddAction(w.agent, map[string]any{"name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	p := w.protocol(t)
	resp, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "talq_action", ID: "agent-1/" + id})
	p.check(err)
	p.read(resp.Diagnostics).None(t)
	p.expectIdentity(resp.ImportedResources[0].Identity, "agent-1", id)
}

func TestIdentityOfAPublication(t *testing.T) {
	w := newWorld(t)
	p := w.protocol(t)
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"agent_id": tftypes.String}}
	packed, err := tfprotov6.NewDynamicValue(kind, build(t, kind, given{"agent_id": "agent-1"}))
	p.check(err)
	for name, req := range map[string]*tfprotov6.ImportResourceStateRequest{
		"imported by it":    {TypeName: "talq_agent_publication", Identity: &tfprotov6.ResourceIdentityData{IdentityData: &packed}},
		"imported by an id": {TypeName: "talq_agent_publication", ID: "agent-1"},
	} {
		t.Run(name, func(t *testing.T) {
			imported, err := p.server.ImportResourceState(t.Context(), req)
			p.check(err)
			p.read(imported.Diagnostics).None(t)
			read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: "talq_agent_publication", CurrentState: imported.ImportedResources[0].State,
			})
			p.check(err)
			p.read(read.Diagnostics).None(t)
			for _, data := range []*tfprotov6.ResourceIdentityData{imported.ImportedResources[0].Identity, read.NewIdentity} {
				if got := fmt.Sprint(p.identity(data, kind)); got != fmt.Sprint(given{"agent_id": "agent-1"}) {
					t.Errorf("the identity is %s", got)
				}
			}
		})
	}
	if w.Count(fakeapi.OpPublish) != 0 {
		t.Error("an import published")
	}
}
