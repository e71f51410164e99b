package agent

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// doubtKey is the place in the private state of the parts whose last update got no clear
// answer. A refresh shows what became of all that can be read; of the rest nobody knows. So
// such a part is written again until an update of it has succeeded.
const doubtKey = "doubt"

// volume is in the list of parts in doubt, beside voice, where the update in doubt has sent
// ambient_volume. No answer shows it, so where neither state nor plan has one, only this tells
// that it may have to be taken away again.
const volume part = "ambient_volume"

// readDoubt returns the parts that are in doubt.
func readDoubt(ctx context.Context, private upsert.PrivateState, diags *diag.Diagnostics) []part {
	return upsert.ReadPrivate(ctx, private, doubtKey, parts, diags) // of a later version: that there is a doubt is what counts
}

// writeDoubt keeps the parts that are in doubt from now on.
func writeDoubt(ctx context.Context, private upsert.PrivateState, unsure []part, diags *diag.Diagnostics) {
	if len(unsure) == 0 {
		diags.Append(private.SetKey(ctx, doubtKey, nil)...)
		return
	}
	upsert.WritePrivate(ctx, private, doubtKey, unsure, diags)
}

// joined returns the parts of both lists, in the order in which they are written.
func joined(a, b []part) []part {
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return !slices.Contains(a, p) && !slices.Contains(b, p) })
}

// without returns the parts in doubt after an update of one of them has succeeded.
func without(all []part, one part) []part {
	return slices.DeleteFunc(slices.Clone(all), func(p part) bool { return p == one || p == volume && one == voice })
}

// doubted returns the parts in doubt after an update of one to what the plan has got no clear
// answer.
func (m *agentModel) doubted(unsure []part, one part) []part {
	after := joined(unsure, []part{one})
	if slices.Contains(unsure, volume) || one == voice && !voiceOf(m.Voice).AmbientVolume.IsNull() {
		after = append(after, volume)
	}
	return after
}

// asDoubted returns a state as it may be on the server: where the volume is in doubt, one is set.
func (m agentModel) asDoubted(unsure []part) agentModel {
	if before := voiceOf(m.Voice); slices.Contains(unsure, volume) && before.AmbientVolume.IsNull() {
		before.AmbientVolume = defaultVolume
		m.Voice = before.object()
	}
	return m
}
