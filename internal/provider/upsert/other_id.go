package upsert

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// refuseOtherID handles an update that hit another item than the state's. Where the
// node id may be wrong, as after an import, a newcomer is deleted if it is certainly
// fresh; where it is right, the newcomer is what the next apply takes over. So no work of
// somebody's is lost, and the state stays as it was in any case.
func (w *Write) refuseOtherID(ctx context.Context, id string, fresh bool, diags *diag.Diagnostics) {
	r, state, kind := w.r, w.prior, w.r.Kind
	key := session.ItemKey{Kind: kind, AgentID: state.AgentID.ValueString(), ID: id}
	nodeID, waysOut := w.plan.NodeID.ValueString(), r.waysOutOfWrongNodeID(state)
	cause := fmt.Sprintf("no %[1]s of the agent has the node id %[2]q: it is wrong, as can happen after an import, or the %[1]s was deleted in the meantime", kind, nodeID)
	switch {
	case w.before[id]:
		diags.AddError("The update overwrote another "+string(kind), fmt.Sprintf(
			"The update was meant for the %[2]s, but the node id %[3]q belongs to another %[1]s of the agent: %[4]s. That one now has the values of this resource, and nothing was deleted. "+
				"Restore its values in the dashboard, or by applying the resource that manages it. Then %[5]s\n\n%[6]s",
			kind, state.Subject, nodeID, id, waysOut, r.DraftNow(key.AgentID)))
	case !state.Revision.IsNull():
		diags.AddError("The "+string(kind)+" was deleted meanwhile", fmt.Sprintf(
			"The update was meant for the %[2]s, but under its node id %[3]q the API wrote another %[1]s of the agent: %[4]s. Most likely somebody deleted ours after the plan, and this update created it again. "+
				"Nothing was deleted, and the state is as it was before. Plan and apply again: if ours is gone, the plan creates it and so takes over %[4]s. If it still exists, look at both in the dashboard.\n\n%[5]s",
			kind, state.Subject, nodeID, id, r.DraftNow(key.AgentID)))
	case w.before == nil || !fresh:
		diags.AddError("The update overwrote or created "+kind.One(), fmt.Sprintf(
			"The update was meant for the %[2]s, but under the node id %[3]q the API wrote another %[1]s of the agent: %[4]s. It is not known whether this update has just created it or has overwritten it, "+
				"so nothing was deleted. Look at it in the dashboard, and delete it there if it is new. Then %[5]s\n\n%[6]s",
			kind, state.Subject, nodeID, id, waysOut, r.DraftNow(key.AgentID)))
	default:
		err := r.Delete(r.Client, ctx, key.AgentID, id)
		if gone, _ := talq.IsGone(err); err != nil && !gone {
			r.AddWriteError(diags, session.Operation{
				Verb:    "delete",
				Subject: fmt.Sprintf("%s %s again, which the update of the %s has just created", kind, id, state.Subject),
				Again:   fmt.Sprintf("But first delete %s in the dashboard. It was created because %s. Then %s", id, cause, waysOut),
				Kind:    kind,
			}, key.AgentID, err)
			return
		}
		r.Run.Note(session.Deleted, session.NodeKey{}, key, "")
		diags.AddError("The update found no "+string(kind), fmt.Sprintf(
			"The update was meant for the %[2]s, but %[3]s. So the API created a new %[1]s, %[4]s, which was deleted again. No other %[1]s was changed. "+
				"Plan again: if the %[1]s is gone, the plan creates it. If it still exists, %[5]s\n\n%[6]s",
			kind, state.Subject, cause, id, waysOut, r.DraftNow(key.AgentID)))
	}
}

// waysOutOfWrongNodeID completes the errors about a node id that is not the item's own. To
// correct it in place works only while the state has none: after that another one replaces
// the item.
func (r *Resource) waysOutOfWrongNodeID(state *Item) string {
	end := "."
	if r.Hides {
		end = ", so write what the API does not return into the configuration first."
	}
	if state.NodeID.IsNull() {
		return fmt.Sprintf("write the %[1]s's right node_id into the configuration and apply again. If nobody knows it, give it a new node_id of your own and run "+
			"`terraform apply -replace=ADDRESS`, which creates the %[1]s again%[2]s", r.Kind, end)
	}
	return fmt.Sprintf("remove the %[1]s from the state with `terraform state rm` and import it again with its right node id. If nobody knows that, "+
		"give it a new node_id: the plan then replaces the %[1]s%[2]s", r.Kind, end)
}
