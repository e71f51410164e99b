// Package action is the resource talq_action, its list resource and the data source of an
// agent's actions.
package action

import (
	"context"
	"fmt"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure      = (*actionResource)(nil)
	_ resource.ResourceWithIdentity       = (*actionResource)(nil)
	_ resource.ResourceWithImportState    = (*actionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*actionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*actionResource)(nil)
)

// actionResource is talq_action.
type actionResource struct{ *session.Session }

// NewResource makes the resource talq_action.
func NewResource() resource.Resource { return &actionResource{} }

// Metadata implements [resource.Resource].
func (r *actionResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_action"
}

// Schema implements [resource.Resource].
func (r *actionResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = actionSchema()
}

// Configure implements [resource.ResourceWithConfigure].
func (r *actionResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Session = session.From(req.ProviderData, &resp.Diagnostics)
}

// Create implements [resource.Resource]: one POST, whose answer is in the state
// before anything else can fail.
func (r *actionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan actionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.readWriteOnly(ctx, req.Config, &resp.Diagnostics)
	ctx = session.Masking(ctx, plan.sentHeaders())
	body, diags := plan.createRequest(nil, nil)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	op := operationOn(&plan, "create")
	agentID, node := plan.AgentID.ValueString(), plan.nodeKey()
	unlock, err := r.Run.Lock(ctx, node)
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, op, agentID, err)
		return
	}
	defer unlock()
	if r.refuseSecondWriter(&plan, &resp.Diagnostics) {
		return
	}
	stored, err := r.Client.UpsertAction(ctx, agentID, body)
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, op, agentID, err)
		return
	}
	r.noteWritten(&plan, &resp.Diagnostics)
	key := session.ItemKey{Kind: session.Action, AgentID: agentID, ID: stored.ID}
	deletedBefore := r.Run.Last(key) == session.Deleted
	if stored.Overwrote() && !deletedBefore {
		warnOverwritten(&resp.Diagnostics, plan, stored)
	}
	state := plan.written(stored.Action, &resp.Diagnostics)
	r.Run.Note(session.Created, node, key, state.Revision.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	keepWritten(ctx, resp.Private, state.UpdatedAt, &resp.Diagnostics)
}

// Read implements [resource.Resource]. No call reads one action: the agent shows all of
// them. Only what the agent and a whole listing of its actions lack is gone (API.md,
// ruling 8).
func (r *actionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state actionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: Terraform wants it even if the action is gone.
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	r.Run.HandedIn(state.actionKey(), state.Revision)
	key := state.actionKey()
	imported := state.isImport()
	listing, err := r.Client.ListActions(ctx, key.AgentID, key.ID)
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: state.subject(), Stateless: imported}, err)
		return
	}
	if action := listing.Action(key.ID); action != nil {
		seen := state.stateFromServer(*action)
		if imported {
			warnImported(&resp.Diagnostics, seen)
		}
		if readDoubt(ctx, req.Private, &resp.Diagnostics) == nil { // else it is known whose write it may have been
			r.watchHidden(ctx, resp.Private, &state, &seen, listing, &resp.Diagnostics)
		}
		resp.Diagnostics.Append(resp.State.Set(ctx, seen)...)
		return
	}
	if imported {
		resp.Diagnostics.AddError("No such action to import", fmt.Sprintf(
			"The agent %s has %d actions, and none with the id %q. Import ids are AGENT_ID/ACTION_ID or AGENT_ID/ACTION_ID/NODE_ID; the action's id is the API's, not the node id.",
			state.AgentID.ValueString(), len(listing.Actions), state.ID.ValueString()))
		return
	}
	resp.Diagnostics.AddWarning("An action is gone", fmt.Sprintf(
		"The %s is no longer among the agent's actions: somebody deleted it outside Terraform. It was taken out of the state. As long as the configuration has it, an apply creates it again.",
		state.subject()))
	resp.State.RemoveResource(ctx)
}

// Update implements [resource.Resource]: one POST, unless only the node id was
// filled in after an import.
func (r *actionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state actionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	unsure := readDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	// A plan that is to be carried out whatever it holds has no revision yet.
	if unsure == nil && !plan.Revision.IsUnknown() && plan.onlyFillsNodeID(&state) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	plan.readWriteOnly(ctx, req.Config, &resp.Diagnostics)
	ctx = session.Masking(ctx, plan.sentHeaders())
	body, diags := plan.createRequest(&state, unsure)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	op := operationOn(&plan, "update")
	unlock, err := r.Run.Lock(ctx, plan.nodeKey())
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, op, plan.AgentID.ValueString(), err)
		return
	}
	defer unlock()
	if r.refuseSecondWriter(&plan, &resp.Diagnostics) {
		return
	}
	key := state.actionKey()
	var before session.IDs
	if state.Revision.IsNull() { // only an import may have a wrong node id: no write of ours has shown that it is right
		before = r.Run.IDsBefore(ctx, session.Action, key.AgentID, func() (session.IDs, error) { return r.listIDs(ctx, key.AgentID) })
	}
	stored, err := r.Client.UpsertAction(ctx, key.AgentID, body)
	if err != nil {
		if !talq.IsCertain(err) {
			newDoubt(body).write(ctx, resp.Private, &resp.Diagnostics)
		}
		r.AddWriteError(&resp.Diagnostics, op, key.AgentID, err)
		return
	}
	r.noteWritten(&plan, &resp.Diagnostics)
	if stored.ID != key.ID {
		r.refuseOtherID(ctx, plan, state, stored, before, &resp.Diagnostics)
		return
	}
	unsure.settle(ctx, resp.Private, &resp.Diagnostics)
	next := plan.written(stored.Action, &resp.Diagnostics)
	r.Run.Note(session.Updated, plan.nodeKey(), key, next.Revision.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	keepWritten(ctx, resp.Private, next.UpdatedAt, &resp.Diagnostics)
}

// refuseSecondWriter reports whether another resource of this run has written the
// plan's node id already, and says so. It is asked under the lock, before anything is
// sent, so that nothing is overwritten; and no state is saved, since Terraform would
// taint it and the next apply delete the action that both resources point at.
func (r *actionResource) refuseSecondWriter(plan *actionModel, diags *diag.Diagnostics) bool {
	id, written := r.Run.Writer(plan.nodeKey())
	if !written {
		return false
	}
	diags.AddAttributeError(path.Root("node_id"), "Duplicate node_id", fmt.Sprintf(
		"Another resource of this configuration has just written the action %s of agent %s under the node id %q. Nothing was sent for this one: it would have overwritten that action. "+
			"Give one of the two another node_id, then apply again.\n\n%s",
		id, plan.AgentID.ValueString(), plan.NodeID.ValueString(), r.DraftNow(plan.AgentID.ValueString())))
	return true
}

// listIDs returns the ids of all actions of an agent.
func (r *actionResource) listIDs(ctx context.Context, agentID string) (session.IDs, error) {
	listing, err := r.Client.ListActions(ctx, agentID)
	if err != nil {
		return nil, err
	}
	found := session.IDs{}
	for i := range listing.Actions {
		found[listing.Actions[i].ID] = true
	}
	return found, nil
}

// refuseOtherID handles an update that hit another action than the state's. Where the
// node id may be wrong, as after an import, a newcomer is deleted if it is certainly
// fresh; where it is right, the newcomer is what the next apply takes over. So no work of
// somebody's is lost, and the state stays as it was in any case.
func (r *actionResource) refuseOtherID(ctx context.Context, plan, state actionModel, stored talq.Upserted, before session.IDs, diags *diag.Diagnostics) {
	key := session.ItemKey{Kind: session.Action, AgentID: state.AgentID.ValueString(), ID: stored.ID}
	nodeID, waysOut := plan.NodeID.ValueString(), state.waysOutOfWrongNodeID()
	cause := fmt.Sprintf("no action of the agent has the node id %q: it is wrong, as can happen after an import, or the action was deleted in the meantime", nodeID)
	switch {
	case before[stored.ID]:
		diags.AddError("The update hit another action", fmt.Sprintf(
			"The %s was to be updated, but the node id %q belongs to another action of the agent: %s. That one was overwritten with the values of this resource, and nothing was deleted. "+
				"Bring its values back in the dashboard, or by applying the resource that manages it. Then %s\n\n%s",
			state.subject(), nodeID, stored.ID, waysOut, r.DraftNow(key.AgentID)))
	case !state.Revision.IsNull():
		diags.AddError("The action was deleted meanwhile", fmt.Sprintf(
			"The %s was to be updated, but under its node id %q the API has written another action of the agent: %s. Most likely somebody deleted ours after the plan, and this update has made it again. "+
				"Nothing was deleted, and the state is as it was before. Plan and apply again: where ours is gone the plan creates it, and so takes over %s. Where it is still there, look at both in the dashboard.\n\n%s",
			state.subject(), nodeID, stored.ID, stored.ID, r.DraftNow(key.AgentID)))
	case before == nil || !stored.Fresh() || stored.Attempts != 1:
		diags.AddError("The update hit another action or made one", fmt.Sprintf(
			"The %s was to be updated, but under the node id %q the API wrote another action of the agent: %s. Either this update has just made it, or it was there and is overwritten now; "+
				"that cannot be told, so nothing was deleted. Look at it in the dashboard, and delete it there if it is new. Then %s\n\n%s",
			state.subject(), nodeID, stored.ID, waysOut, r.DraftNow(key.AgentID)))
	default:
		err := r.Client.DeleteAction(ctx, key.AgentID, stored.ID)
		if gone, _ := talq.IsGone(err); err != nil && !gone {
			r.AddWriteError(diags, session.Operation{
				Verb:    "delete",
				Subject: fmt.Sprintf("action %s again, which the update of the %s has just made", stored.ID, state.subject()),
				Again:   fmt.Sprintf("But first delete %s in the dashboard. It was made because %s. Then %s", stored.ID, cause, waysOut),
			}, key.AgentID, err)
			return
		}
		r.Run.Note(session.Deleted, session.NodeKey{}, key, "")
		diags.AddError("The update found no action", fmt.Sprintf(
			"The %s was to be updated, but %s. The API made a new action, %s, which was deleted again; no other action was changed. "+
				"Run the plan again: it creates the action again if it is gone. If it is still there, %s\n\n%s",
			state.subject(), cause, stored.ID, waysOut, r.DraftNow(key.AgentID)))
	}
}

// Delete implements [resource.Resource].
func (r *actionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state actionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	op := operationOn(&state, "delete")
	unlock, err := r.Run.Lock(ctx, state.nodeKey())
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, op, state.AgentID.ValueString(), err)
		return
	}
	defer unlock()
	key := state.actionKey()
	if kind := r.Run.Last(key); kind == session.Created || kind == session.Updated {
		resp.Diagnostics.AddWarning("An action was taken over", fmt.Sprintf(
			"The %s was not deleted: another resource of this run has just written it, so to delete it would delete what was just written. "+
				"Either a resource was renamed: next time say so in a `moved` block, which writes nothing. "+
				"Or it was replaced under create_before_destroy, its own or that of a resource that refers to it: take that out.", state.subject()))
		return
	}
	err = r.Client.DeleteAction(ctx, key.AgentID, key.ID)
	gone, perhapsOurs := talq.IsGone(err)
	if err != nil && !gone {
		r.AddWriteError(&resp.Diagnostics, op, key.AgentID, err)
		return
	}
	if err == nil || perhapsOurs {
		r.noteWritten(&state, &resp.Diagnostics)
	}
	r.Run.Note(session.Deleted, session.NodeKey{}, key, "")
}

// written returns the state after a write. What was planned stays as planned, or
// Terraform would taint the action; where the API stored something else, a
// warning says so and the next plan shows it.
func (m actionModel) written(a talq.Action, diags *diag.Diagnostics) actionModel {
	seen := m.stateFromServer(a)
	if names := seen.differing(&m); len(names) > 0 {
		diags.AddWarning("The API stored something else", fmt.Sprintf(
			"The %s was written, but the API answered with other values than were sent for: %s. The next plan shows them. "+
				"If it shows the same after another apply, the API changes such values by itself: write them into the configuration as it stores them. "+
				"Else somebody edited the action at the same moment.", m.subject(), tfvalue.Listed(names)))
	}
	m.ID = types.StringValue(a.ID)
	m.Label = seen.Label
	m.UpdatedAt = seen.UpdatedAt
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = seen.CreatedAt
	}
	m.Revision = newRevision(m.subject(), diags)
	return m
}

// newRevision returns a text that no write has had before, for the action that the
// subject names.
func newRevision(subject string, diags *diag.Diagnostics) types.String {
	id, err := uuid.GenerateUUID()
	if err != nil {
		// Not an error: the action is written, and its state must be saved.
		diags.AddWarning("No new revision", fmt.Sprintf("The %s was written, but the machine gave no random numbers for its revision (%s). "+
			"A publication that looks at it may not see this write, and leave the agent a draft. Plan and apply again: an agent that is a draft is published then.", subject, err))
		return types.StringNull()
	}
	return types.StringValue(id)
}
