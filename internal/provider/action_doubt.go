package provider

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// doubt remembers an update whose outcome is not known: its request got no clear
// answer. The state stays as it was before, and a refresh shows what became of the
// attributes that can be read. Of the others only this says that they may have been
// written. It stands in the private state until an update has succeeded; nil means
// that there is no doubt.
type doubt struct {
	// Sent names the attributes of that request that no answer holds. Their values
	// are not kept: they may be secret.
	Sent []string `json:"sent"`
}

// doubtKey is the doubt's place in the private state.
const doubtKey = "doubt"

// privateState is what the framework hands over of it.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// newDoubt is about an update that was sent.
func newDoubt(sent talq.ActionRequest) *doubt {
	d := &doubt{Sent: []string{}}
	for _, field := range []struct {
		name    string
		present bool
	}{
		{"authorization_scheme", sent.AuthorizationScheme.Present},
		{"custom_headers", sent.CustomHeaders.Present},
		{"execution_mode", sent.ExecutionMode.Present},
		{"integration", sent.Integration.Present},
		{"speak_on_receive", sent.SpeakOnReceive.Present},
		{"speak_on_send", sent.SpeakOnSend.Present},
	} {
		if field.present {
			d.Sent = append(d.Sent, field.name)
		}
	}
	return d
}

// readDoubt gives what stands in the private state.
func readDoubt(ctx context.Context, private privateState, diags *diag.Diagnostics) *doubt {
	raw, problems := private.GetKey(ctx, doubtKey)
	diags.Append(problems...)
	if raw == nil || diags.HasError() {
		return nil
	}
	d := &doubt{}
	if json.Unmarshal(raw, d) != nil {
		d = &doubt{} // of a later version: that there is a doubt is what counts
	}
	return d
}

// write puts the doubt into the private state.
func (d *doubt) write(ctx context.Context, private privateState, diags *diag.Diagnostics) {
	raw, _ := json.Marshal(d) // a list of strings always can be
	diags.Append(private.SetKey(ctx, doubtKey, raw)...)
}

// settle takes the doubt out of the private state, if there is one.
func (d *doubt) settle(ctx context.Context, private privateState, diags *diag.Diagnostics) {
	if d != nil {
		diags.Append(private.SetKey(ctx, doubtKey, nil)...)
	}
}

// addTo gives the state as it would be if the doubtful update had been done, as
// far as that matters to the next request: which hidden attributes were set. What
// the plan does not have of them then goes out as its neutral value.
func (d *doubt) addTo(state *actionModel) *actionModel {
	if d == nil {
		return state
	}
	m := *state
	for _, name := range d.Sent {
		switch name {
		case "authorization_scheme":
			m.AuthorizationScheme = types.StringValue("")
		case "custom_headers":
			m.CustomHeaders = types.MapValueMust(types.StringType, map[string]attr.Value{})
		case "execution_mode":
			m.ExecutionMode = types.StringValue("")
		case "integration":
			m.Integration = types.ObjectValueMust(integrationType.AttrTypes, map[string]attr.Value{"id": types.StringValue("")})
		case "speak_on_receive":
			m.SpeakOnReceive = types.StringValue("")
		case "speak_on_send":
			m.SpeakOnSend = types.StringValue("")
		}
	}
	return &m
}
