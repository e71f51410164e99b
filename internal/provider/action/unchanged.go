package action

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// Unchanged reports whether a plan of an action leaves it as it is, with no message: then the
// framework, which walks the schema once per default, modifier and null, can only return the
// prior state. It reports false wherever it is not sure.
//
// A proposed state that is the prior one, byte for byte, is what the configuration asks for,
// except for attributes that it leaves to their defaults. The private state may hold no doubt,
// and what [actionResource.ModifyPlan] notes about the state is noted here as well.
func Unchanged(s *session.Session, req *tfprotov6.PlanResourceChangeRequest) bool {
	if s == nil || s.HiddenChanges == session.HiddenRewrite || !privateIsQuiet(req.PriorPrivate) ||
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

// privateIsQuiet reports whether a private state holds at most the time of our last write.
func privateIsQuiet(private []byte) bool {
	var values map[string][]byte
	if len(private) == 0 {
		return true
	}
	return json.Unmarshal(private, &values) == nil && len(values) == 1 && json.Valid(values[writtenKey])
}
