package upsert

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Remove deletes what a state holds, unless another resource of this run has just taken it
// over: then to delete it would delete what was just written.
func (r *Resource) Remove(ctx context.Context, state Item, diags *diag.Diagnostics) {
	key := state.Key()
	op := state.Operation("delete")
	unlock, err := r.Run.Lock(ctx, state.NodeKey())
	if err != nil {
		r.AddWriteError(diags, op, key.AgentID, err)
		return
	}
	defer unlock()
	if kind := r.Run.Last(key); kind == session.Created || kind == session.Updated {
		diags.AddWarning(r.Kind.CapitalOne()+" was taken over", fmt.Sprintf(
			"The %s was not deleted, since another resource of this run has just written it. "+
				"If a resource was renamed, use a `moved` block next time, which writes nothing. "+
				"If it was replaced under create_before_destroy, its own or that of a resource that refers to it, remove that.", state.Subject))
		return
	}
	err = r.Delete(r.Client, ctx, key.AgentID, key.ID)
	gone, perhapsOurs := talq.IsGone(err)
	if err != nil && !gone {
		r.AddWriteError(diags, op, key.AgentID, err)
		return
	}
	if err == nil || perhapsOurs {
		r.noteWritten(&state, diags)
	}
	r.Run.Note(session.Deleted, session.NodeKey{}, key, "")
}
