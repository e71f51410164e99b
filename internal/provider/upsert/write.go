package upsert

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// Write is a create or an update that holds the lock of its node id, from before its request
// is sent until [Write.End].
type Write struct {
	r      *Resource
	op     session.Operation
	plan   Item
	prior  *Item       // the state, for an update
	before session.IDs // see refuseOtherID
	unlock func()
}

// BeginCreate waits for the lock of the plan's node id. It returns nil, and says why, where
// nothing is to be sent.
func (r *Resource) BeginCreate(ctx context.Context, plan Item, diags *diag.Diagnostics) *Write {
	return r.begin(ctx, "create", plan, nil, diags)
}

// BeginUpdate is BeginCreate for an update of what the state holds.
func (r *Resource) BeginUpdate(ctx context.Context, plan, state Item, diags *diag.Diagnostics) *Write {
	w := r.begin(ctx, "update", plan, &state, diags)
	if w != nil && state.Revision.IsNull() { // only an import may have a wrong node id: no write of ours has shown that it is right
		agentID := state.AgentID.ValueString()
		w.before = r.Run.IDsBefore(ctx, r.Kind, agentID, func() (session.IDs, error) { return r.IDs(ctx, r.Client, agentID) })
	}
	return w
}

func (r *Resource) begin(ctx context.Context, verb string, plan Item, prior *Item, diags *diag.Diagnostics) *Write {
	w := &Write{r: r, op: plan.Operation(verb), plan: plan, prior: prior}
	if plan.NodeID.IsNull() { // it was not known at plan
		r.addMissingNodeID(diags)
		return nil
	}
	unlock, err := r.Run.Lock(ctx, plan.NodeKey())
	if err != nil {
		w.Failed(err, diags)
		return nil
	}
	w.unlock = unlock
	if r.refuseSecondWriter(&plan, diags) {
		unlock()
		return nil
	}
	return w
}

// End lets the next write to the node id begin.
func (w *Write) End() { w.unlock() }

// Failed reports what the request ended with. The state stays as it was.
func (w *Write) Failed(err error, diags *diag.Diagnostics) {
	w.r.AddWriteError(diags, w.op, w.plan.AgentID.ValueString(), err)
}

// Created notes the id that a create was answered with, warns where it was there before, and
// returns the revision for the state.
func (w *Write) Created(id string, overwrote bool, diags *diag.Diagnostics) (revision types.String) {
	w.r.noteWritten(&w.plan, diags)
	key := session.ItemKey{Kind: w.r.Kind, AgentID: w.plan.AgentID.ValueString(), ID: id}
	if overwrote && w.r.Run.Last(key) != session.Deleted {
		w.r.warnOverwritten(&w.plan, id, diags)
	}
	revision = session.NewRevision(w.plan.Subject, diags)
	w.r.Run.Note(session.Created, w.plan.NodeKey(), key, revision.ValueString())
	return revision
}

// Updated is Created for an update. It reports false, and says what has happened, where the
// update hit something else than what the state holds; then the state stays as it was. That it
// is certainly fresh says that this very update has made what it was answered with.
func (w *Write) Updated(ctx context.Context, id string, fresh bool, diags *diag.Diagnostics) (revision types.String, ok bool) {
	w.r.noteWritten(&w.plan, diags)
	key := w.prior.Key()
	if id != key.ID {
		w.refuseOtherID(ctx, id, fresh, diags)
		return types.StringNull(), false
	}
	revision = session.NewRevision(w.plan.Subject, diags)
	w.r.Run.Note(session.Updated, w.plan.NodeKey(), key, revision.ValueString())
	return revision, true
}

// refuseSecondWriter reports whether another resource of this run has written the
// plan's node id already, and says so. It is asked under the lock, before anything is
// sent, so that nothing is overwritten; and no state is saved, since Terraform would
// taint it and the next apply delete what both resources point at.
func (r *Resource) refuseSecondWriter(plan *Item, diags *diag.Diagnostics) bool {
	id, written := r.Run.Writer(plan.NodeKey())
	if !written {
		return false
	}
	diags.AddAttributeError(path.Root("node_id"), "Duplicate node_id", fmt.Sprintf(
		"Another resource of this configuration has just written the %[1]s %[2]s of agent %[3]s under the node id %[4]q. Nothing was sent for this one: it would have overwritten that %[1]s. "+
			"Give one of the two another node_id, then apply again.\n\n%[5]s",
		r.Kind, id, plan.AgentID.ValueString(), plan.NodeID.ValueString(), r.DraftNow(plan.AgentID.ValueString())))
	return true
}

// noteWritten notes that a write has put the agent into draft, and warns where
// that undid a publication of this very run.
func (r *Resource) noteWritten(item *Item, diags *diag.Diagnostics) {
	agentID := item.AgentID.ValueString()
	if !r.Run.NoteDraft(agentID) {
		return
	}
	diags.AddWarning("The agent is a draft again", fmt.Sprintf(
		"This run published agent %[2]s before it wrote the %[3]s. So the agent is a draft again, and takes no calls until it is published. "+
			"Let the triggers of its talq_agent_publication refer to this %[1]s, so that the publication comes last: "+
			"triggers = { for key, %[1]s in talq_%[1]s.this : key => %[1]s.revision }. If they do already, a create_before_destroy has reversed the order: remove it. "+
			"Then apply again, which publishes the agent.", r.Kind, agentID, item.Subject))
}

// warnOverwritten says that a create hit what was there before.
func (r *Resource) warnOverwritten(plan *Item, id string, diags *diag.Diagnostics) {
	mayHoldMore := ""
	if r.Hides {
		mayHoldMore = "\nIn both cases it may still have old values of attributes that the API does not return and this configuration does not set."
	}
	diags.AddWarning("An existing "+string(r.Kind)+" was overwritten", fmt.Sprintf(
		"The node id %[2]q of agent %[3]s was in use: its %[1]s %[4]s now has the values of this resource, which manages it from now on. There are two likely causes.\n"+
			"  1. The %[1]s was created in the dashboard or by another configuration. Its earlier values are lost.\n"+
			"  2. An earlier apply was interrupted after it had created the %[1]s. Then nothing is lost.%[5]s",
		r.Kind, plan.NodeID.ValueString(), plan.AgentID.ValueString(), id, mayHoldMore))
}

// WarnStoredElse says which attributes came back with other values than were sent, if any.
func (i Item) WarnStoredElse(differing []string, diags *diag.Diagnostics) {
	if len(differing) == 0 {
		return
	}
	diags.AddWarning("The API stored something else", fmt.Sprintf(
		"The %s was written, but the API answered with other values than were sent for: %s. The next plan shows them as changes. "+
			"If they are back after another apply, the API changes such values itself: write them into the configuration as it stores them. "+
			"Otherwise somebody edited the %s at the same moment.", i.Subject, tfvalue.Listed(differing), i.Kind))
}
