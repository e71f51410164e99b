package agent_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}

func identityData(t *testing.T, id any) *tfprotov6.ResourceIdentityData {
	t.Helper()
	return &tfprotov6.ResourceIdentityData{IdentityData: acctest.Pack(t, acctest.Build(t, identityType, acctest.Values{"id": id}))}
}

// idOf returns the id in an identity.
func idOf(t *testing.T, data *tfprotov6.ResourceIdentityData) any {
	t.Helper()
	if data == nil || data.IdentityData == nil {
		return nil
	}
	value, err := data.IdentityData.Unmarshal(identityType)
	if err != nil {
		t.Fatal(err)
	}
	return acctest.Plain(t, value).(acctest.Values)["id"]
}

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	p := acctest.NewWorld(t).Protocol(t).Of("talq_agent")
	for _, row := range []struct {
		id   any
		want string
	}{{"agent-1", ""}, {" agent-1", "error: Wrong import id"}, {"..", "error: Wrong import id"}, {"", "error: Wrong import id"}} {
		resp, err := p.Server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "talq_agent", Identity: identityData(t, row.id)})
		p.Check(err)
		said := p.Read(resp.Diagnostics)
		if row.want != "" {
			said.Are(t, row.want)
			continue
		}
		said.None(t)
		imported := resp.ImportedResources[0]
		if idOf(t, imported.Identity) != "agent-1" {
			t.Errorf("the identity is %v", idOf(t, imported.Identity))
		}
		state, _ := p.Refresh(p.Unpack(imported.State))
		p.Expect(state, acctest.Values{"id": "agent-1", "label": "Support"})
	}
}

// TestIdentityComesWithEveryState: of a create, an update and a read, even one that fails.
func TestIdentityComesWithEveryState(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	identities := map[string]*tfprotov6.ResourceIdentityData{}
	apply := func(name string, plan acctest.Planned) tftypes.Value {
		resp, err := s.Protocol.Server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
			TypeName: "talq_agent", PriorState: acctest.Pack(t, plan.Prior), Config: acctest.Pack(t, plan.Config),
			PlannedState: acctest.Pack(t, plan.State), PlannedPrivate: plan.Private,
		})
		s.Check(err)
		identities[name] = resp.NewIdentity
		return s.Unpack(resp.NewState)
	}
	read := func(name string, state tftypes.Value) {
		resp, err := s.Protocol.Server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_agent", CurrentState: acctest.Pack(t, state)})
		s.Check(err)
		identities[name] = resp.NewIdentity
	}
	state := apply("create", s.Plan(s.Action(nil), acctest.ButWith(whole(), acctest.Values{"label": "Back office"})))
	id := s.Attribute(state, "id")
	state = apply("update", s.Plan(state, acctest.ButWith(whole(), acctest.Values{"label": "Back office", "llm_temperature": 1})))
	read("read", state)
	s.RemoveAgent(id.(string))
	s = s.restarted(t)
	read("read that fails", state)
	for _, name := range []string{"create", "update", "read", "read that fails"} {
		if got := idOf(t, identities[name]); got != id {
			t.Errorf("%s: the identity is %v, want %v", name, got, id)
		}
	}
}
