package action

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// Unchanged reports whether a plan of an action leaves it as it is, with no message: then the
// framework, which walks the schema once per default, modifier and null, can only return the
// prior state. It reports false wherever it is not sure.
//
// A proposed state that is the prior one, byte for byte, is what the configuration asks for,
// except for attributes that it leaves to their defaults. The private state may hold no doubt,
// and what [actionResource.ModifyPlan] notes about the state is noted here as well.
func Unchanged(s *session.Session, req *tfprotov6.PlanResourceChangeRequest) bool {
	_, quiet := onlyWritten(req.PriorPrivate)
	if s == nil || s.HiddenChanges == session.HiddenRewrite || (!quiet && len(req.PriorPrivate) > 0) ||
		req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil ||
		!bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}
	var state, config packed
	if msgpack.Unmarshal(req.PriorState.MsgPack, &state) != nil || msgpack.Unmarshal(req.Config.MsgPack, &config) != nil || !config.defaultsTo(state) {
		return false
	}
	key := session.ItemKey{Kind: session.Action, AgentID: state.AgentID, ID: state.ID}
	s.Run.HandedIn(key, types.StringPointerValue(state.Revision))
	return s.Run.Hold(key, types.StringPointerValue(state.Revision).ValueString(), false)
}

// ReadUnchanged returns the answer to a read that finds an action as the state has it, with
// no message: then it can only be the state. It returns nil wherever it is not sure, and where
// a call of the API's is needed: those are the framework's, with whatever comes of them.
func ReadUnchanged(ctx context.Context, s *session.Session, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	updatedAt, quiet := onlyWritten(req.Private)
	if s == nil || !quiet || req.CurrentState == nil {
		return nil
	}
	state, ok := unpacked(ctx, req.CurrentState)
	if !ok || state.isImport() || !state.CustomHeadersWO.IsNull() {
		return nil
	}
	identity := packIdentity(state)
	if was := req.CurrentIdentity; was != nil && (was.IdentityData == nil || !bytes.Equal(was.IdentityData.MsgPack, identity)) {
		return nil
	}
	key := state.item().Key()
	s.Run.HandedIn(key, state.Revision)
	listing := s.Client.KeptActions(key.AgentID)
	if listing == nil || listing.Action(key.ID) == nil {
		return nil
	}
	seen := state.stateFromServer(*listing.Action(key.ID))
	changed, takeOver := changedUnseen(updatedAt, &state, &seen, listing)
	if changed || takeOver || !reflect.DeepEqual(seen, state) {
		return nil
	}
	return &tfprotov6.ReadResourceResponse{
		NewState: req.CurrentState, Private: req.Private, NewIdentity: &tfprotov6.ResourceIdentityData{IdentityData: &tfprotov6.DynamicValue{MsgPack: identity}},
	}
}

// stateType is the type of a state.
var stateType = sync.OnceValues(func() (attr.Type, tftypes.Type) {
	kind := actionSchema().Type()
	return kind, kind.TerraformType(context.Background())
})

// unpacked reads a state as [tfsdk.State.Get] does, without its walks over the Go type.
func unpacked(ctx context.Context, state *tfprotov6.DynamicValue) (m actionModel, ok bool) {
	kind, encoded := stateType()
	value, err := state.Unmarshal(encoded)
	if err != nil || value.IsNull() {
		return m, false
	}
	read, err := kind.ValueFromTerraform(ctx, value)
	return m, err == nil && tfvalue.Fill(&m, read)
}

// packIdentity is the identity of an action in Terraform's encoding.
func packIdentity(m actionModel) []byte {
	identity, _ := msgpack.Marshal(struct { // texts always can be
		AgentID string `msgpack:"agent_id"`
		ID      string `msgpack:"id"`
	}{m.AgentID.ValueString(), m.ID.ValueString()})
	return identity
}

// packed is what [Unchanged] needs of an action in Terraform's encoding. A value that is not
// known yet does not fit into it.
type packed struct {
	ID            string        `msgpack:"id"`
	AgentID       string        `msgpack:"agent_id"`
	Revision      *string       `msgpack:"revision"`
	CurrentStatus *string       `msgpack:"current_status"`
	Inputs        []packedInput `msgpack:"inputs"`
}

type packedInput struct {
	Type     *string `msgpack:"type"`
	Required *bool   `msgpack:"required"`
}

// defaultsTo reports whether the state holds the default of each attribute that the
// configuration leaves out.
func (config packed) defaultsTo(state packed) bool {
	if !defaultsTo(config.CurrentStatus, state.CurrentStatus, defaultStatus) || len(config.Inputs) != len(state.Inputs) {
		return false
	}
	for i, input := range config.Inputs {
		if !defaultsTo(input.Type, state.Inputs[i].Type, defaultInputType) || !defaultsTo(input.Required, state.Inputs[i].Required, defaultRequired) {
			return false
		}
	}
	return true
}

func defaultsTo[T comparable](config, state *T, byDefault T) bool {
	return config != nil || (state != nil && *state == byDefault)
}

// onlyWritten returns the time of our last write, and whether the private state holds that
// and nothing else.
func onlyWritten(private []byte) (updatedAt string, only bool) {
	var values map[string][]byte
	var w written
	only = json.Unmarshal(private, &values) == nil && len(values) == 1 && json.Unmarshal(values[writtenKey], &w) == nil
	return w.UpdatedAt, only
}
