package action

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

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
	for _, h := range hiddenAttributes {
		if h.isSent(&sent) {
			d.Sent = append(d.Sent, h.name)
		}
	}
	return d
}

// readDoubt returns what stands in the private state.
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

// mayHaveSet reports whether the doubtful update may have set an attribute.
func (d *doubt) mayHaveSet(attribute string) bool {
	return d != nil && slices.Contains(d.Sent, attribute)
}
