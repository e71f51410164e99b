package upsert

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Doubt remembers an update whose outcome is not known: its request got no clear
// answer. The state stays as it was before, and a refresh shows what became of the
// attributes that can be read. Of the others only this says that they may have been
// written. The private state has it until an update has succeeded; nil means
// that there is no doubt.
type Doubt struct {
	// Sent names the attributes of that request that no answer holds. Their values
	// are not kept: they may be secret.
	Sent []string `json:"sent"`
}

// doubtKey is the doubt's place in the private state.
const doubtKey = "doubt"

// ReadDoubt returns the doubt that the private state has.
func ReadDoubt(ctx context.Context, private PrivateState, diags *diag.Diagnostics) *Doubt {
	return ReadPrivate(ctx, private, doubtKey, &Doubt{}, diags) // of a later version: that there is a doubt is what counts
}

// Write puts the doubt into the private state.
func (d *Doubt) Write(ctx context.Context, private PrivateState, diags *diag.Diagnostics) {
	WritePrivate(ctx, private, doubtKey, d, diags)
}

// Settle takes the doubt out of the private state, if there is one.
func (d *Doubt) Settle(ctx context.Context, private PrivateState, diags *diag.Diagnostics) {
	if d != nil {
		diags.Append(private.SetKey(ctx, doubtKey, nil)...)
	}
}

// MayHaveSet reports whether the doubtful update may have set an attribute.
func (d *Doubt) MayHaveSet(attribute string) bool {
	return d != nil && slices.Contains(d.Sent, attribute)
}

// WarnOfDoubt says that a plan writes an item again because of a doubt.
func (r *Resource) WarnOfDoubt(item Item, diags *diag.Diagnostics) {
	unknown := "whether it was carried out, and whether a publication came after it"
	if r.Hides {
		unknown = "which values it has for the attributes that the API does not return"
	}
	diags.AddWarning("The outcome of the last update is not known", fmt.Sprintf(
		"An earlier apply got no clear answer to an update of the %s, so it is not known %s. This plan writes the %s again.", item.Subject, unknown, r.Kind))
}
