package action_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func expectIdentity(p *acctest.Protocol, data *tfprotov6.ResourceIdentityData, agentID, id string) {
	p.T.Helper()
	if got, want := fmt.Sprint(p.Identity(data, acctest.ItemIdentity)), fmt.Sprint(acctest.Values{"agent_id": agentID, "id": id}); got != want {
		p.T.Errorf("the identity is %s, want %s", got, want)
	}
}

var aHold = acctest.Values{"agent_id": "agent-1", "node_id": "hold", "name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}

func TestIdentityIsSetByEveryCall(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	plan := p.Plan(p.Action(nil), aHold)
	created, err := p.Server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "talq_action", PriorState: acctest.Pack(t, plan.Prior), Config: acctest.Pack(t, plan.Config), PlannedState: acctest.Pack(t, plan.State),
	})
	p.Check(err)
	expectIdentity(p, created.NewIdentity, "agent-1", "action-1")
	state := p.Unpack(created.NewState)

	for name, before := range map[string]*tfprotov6.ResourceIdentityData{"known": created.NewIdentity, "of a state without one": nil} {
		t.Run(name, func(t *testing.T) {
			p := w.Protocol(t) // another run
			read, err := p.Server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: acctest.Pack(t, state), CurrentIdentity: before})
			p.Check(err)
			p.Read(read.Diagnostics).None(t)
			expectIdentity(p, read.NewIdentity, "agent-1", "action-1")

			changed := acctest.Values{}
			for attribute, value := range aHold {
				changed[attribute] = value
			}
			changed["hold_duration"] = 40
			update := p.Plan(state, changed)
			updated, err := p.Server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: "talq_action", PriorState: acctest.Pack(t, update.Prior), Config: acctest.Pack(t, update.Config), PlannedState: acctest.Pack(t, update.State), PlannedIdentity: before,
			})
			p.Check(err)
			p.Read(updated.Diagnostics).None(t)
			expectIdentity(p, updated.NewIdentity, "agent-1", "action-1")
		})
	}
	t.Run("when the action is gone", func(t *testing.T) {
		w.RemoveAction(w.Agent, "action-1")
		p := w.Protocol(t)
		read, err := p.Server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: acctest.Pack(t, state)})
		p.Check(err)
		p.Read(read.Diagnostics).Are(t, "warning: An action is gone")
		expectIdentity(p, read.NewIdentity, "agent-1", "action-1")
	})
}

func TestImportByIdentity(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	for _, row := range []struct {
		name     string
		identity acctest.Values
		problem  string
	}{
		{"of an action", acctest.Values{"agent_id": "agent-1", "id": id}, ""},
		{"with a step up in the path", acctest.Values{"agent_id": "..", "id": id}, "error: Wrong import identity"},
		{"with an empty id", acctest.Values{"agent_id": "agent-1", "id": ""}, "error: Wrong import identity"},
		{"with a blank in front", acctest.Values{"agent_id": " agent-1", "id": id}, "error: Wrong import identity"},
		{"of no agent", acctest.Values{"id": id}, "error: Wrong import identity"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := w.Protocol(t)
			value := acctest.Build(t, acctest.ItemIdentity, row.identity)
			packed, err := tfprotov6.NewDynamicValue(acctest.ItemIdentity, value)
			p.Check(err)
			w.ForgetJournal()
			resp, err := p.Server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
				TypeName: "talq_action", Identity: &tfprotov6.ResourceIdentityData{IdentityData: &packed},
			})
			p.Check(err)
			if row.problem != "" {
				p.Read(resp.Diagnostics).Are(t, row.problem).Hold(t, "agent_id, id")
				w.Made(t, acctest.Ops{})
				return
			}
			p.Read(resp.Diagnostics).None(t)
			imported := resp.ImportedResources[0]
			expectIdentity(p, imported.Identity, "agent-1", id)
			state, _ := p.Refresh(p.Unpack(imported.State))
			p.Expect(state, acctest.Values{"id": id, "name": "Hold", "hold_duration": int64(30), "node_id": nil})
		})
	}
}

// TestIdentityOfAnImportByID: the identity is there then too, and null.
func TestIdentityOfAnImportByID(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30})
	p := w.Protocol(t)
	resp, err := p.Server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "talq_action", ID: "agent-1/" + id})
	p.Check(err)
	p.Read(resp.Diagnostics).None(t)
	expectIdentity(p, resp.ImportedResources[0].Identity, "agent-1", id)
}

func TestIdentityOfAPublication(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"agent_id": tftypes.String}}
	packed, err := tfprotov6.NewDynamicValue(kind, acctest.Build(t, kind, acctest.Values{"agent_id": "agent-1"}))
	p.Check(err)
	for name, req := range map[string]*tfprotov6.ImportResourceStateRequest{
		"imported by it":    {TypeName: "talq_agent_publication", Identity: &tfprotov6.ResourceIdentityData{IdentityData: &packed}},
		"imported by an id": {TypeName: "talq_agent_publication", ID: "agent-1"},
	} {
		t.Run(name, func(t *testing.T) {
			imported, err := p.Server.ImportResourceState(t.Context(), req)
			p.Check(err)
			p.Read(imported.Diagnostics).None(t)
			read, err := p.Server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: "talq_agent_publication", CurrentState: imported.ImportedResources[0].State,
			})
			p.Check(err)
			p.Read(read.Diagnostics).None(t)
			for _, data := range []*tfprotov6.ResourceIdentityData{imported.ImportedResources[0].Identity, read.NewIdentity} {
				if got := fmt.Sprint(p.Identity(data, kind)); got != fmt.Sprint(acctest.Values{"agent_id": "agent-1"}) {
					t.Errorf("the identity is %s", got)
				}
			}
		})
	}
	w.Wrote(t, acctest.Ops{})
}
