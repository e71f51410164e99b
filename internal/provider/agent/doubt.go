package agent

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// doubtKey is the place in the private state of the parts whose last update got no clear
// answer. A refresh shows what became of all that can be read; of the rest nobody knows. So
// such a part is written again until an update of it has succeeded.
const doubtKey = "doubt"

// privateState is what the framework hands over of it.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// readDoubt returns the parts that are in doubt.
func readDoubt(ctx context.Context, private privateState, diags *diag.Diagnostics) []part {
	raw, problems := private.GetKey(ctx, doubtKey)
	diags.Append(problems...)
	if raw == nil || diags.HasError() {
		return nil
	}
	var unsure []part
	if json.Unmarshal(raw, &unsure) != nil {
		return parts // of a later version: that there is a doubt is what counts
	}
	return unsure
}

// writeDoubt keeps the parts that are in doubt from now on.
func writeDoubt(ctx context.Context, private privateState, unsure []part, diags *diag.Diagnostics) {
	if len(unsure) == 0 {
		diags.Append(private.SetKey(ctx, doubtKey, nil)...)
		return
	}
	raw, _ := json.Marshal(unsure) // a list of strings always can be
	diags.Append(private.SetKey(ctx, doubtKey, raw)...)
}

// joined returns the parts of both lists, in the order in which they are written.
func joined(a, b []part) []part {
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return !slices.Contains(a, p) && !slices.Contains(b, p) })
}

// without returns the parts but for one.
func without(all []part, one part) []part {
	return slices.DeleteFunc(slices.Clone(all), func(p part) bool { return p == one })
}
