// Package action is the resource talq_action, its list resource and the data source of an
// agent's actions.
package action

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure      = (*actionResource)(nil)
	_ resource.ResourceWithIdentity       = (*actionResource)(nil)
	_ resource.ResourceWithImportState    = (*actionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*actionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*actionResource)(nil)
)

// actionResource is talq_action. Its IdentitySchema and ImportState are those of [upsert.Resource].
type actionResource struct{ upsert.Resource }

// NewResource makes the resource talq_action.
func NewResource() resource.Resource {
	return &actionResource{upsert.Resource{
		Resource: session.NewResource("action", actionSchema), Kind: session.Action, Hides: true,
		IDs:    upsert.IDsOf(readActions, func(a talq.Action) string { return a.ID }),
		Delete: (*talq.Client).DeleteAction,
	}}
}

// Create implements [resource.Resource]: one POST, whose answer is in the state
// before anything else can fail.
func (r *actionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan actionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.ReadWriteOnlyHeaders(ctx, req.Config, &resp.Diagnostics)
	ctx = session.Masking(ctx, plan.Headers().Sent())
	body, diags := plan.createRequest(nil, nil)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	write := r.BeginCreate(ctx, plan.item(), &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.End()
	stored, err := r.Client.UpsertAction(ctx, plan.AgentID.ValueString(), body)
	if err != nil {
		write.Failed(err, &resp.Diagnostics)
		return
	}
	revision := write.Created(stored.ID, stored.Overwrote(), &resp.Diagnostics)
	state := plan.written(stored.Action, revision, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, state.item().Identity(), &resp.Diagnostics)
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
	item := state.item()
	session.SetIdentity(ctx, resp.Identity, item.Identity(), &resp.Diagnostics)
	key := item.Key()
	r.Run.HandedIn(key, state.Revision)
	imported := state.isImport()
	listing, err := r.Client.ListActions(ctx, key.AgentID, key.ID)
	if err != nil {
		r.ReadFailed(item, imported, err, resp)
		return
	}
	if action := listing.Action(key.ID); action != nil {
		seen := state.stateFromServer(*action)
		if imported {
			warnImported(&resp.Diagnostics, seen)
		}
		if upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics) == nil { // else it is known whose write it may have been
			r.watchHidden(ctx, resp.Private, &state, &seen, listing, &resp.Diagnostics)
		}
		if !reflect.DeepEqual(seen, state) { // most are as they were, and to set one takes the framework longer than all of the above
			resp.Diagnostics.Append(resp.State.Set(ctx, seen)...)
		}
		return
	}
	r.Gone(ctx, item, imported, len(listing.Actions), resp)
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
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	before := state.item()
	session.SetIdentity(ctx, resp.Identity, before.Identity(), &resp.Diagnostics)
	// A plan that is to be carried out whatever it holds has no revision yet.
	if unsure == nil && !plan.Revision.IsUnknown() && upsert.OnlyFillsNodeID(plan.item(), before, plan.differing(&state)) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	plan.ReadWriteOnlyHeaders(ctx, req.Config, &resp.Diagnostics)
	ctx = session.Masking(ctx, plan.Headers().Sent())
	body, diags := plan.createRequest(&state, unsure)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	write := r.BeginUpdate(ctx, plan.item(), before, &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.End()
	stored, err := r.Client.UpsertAction(ctx, plan.AgentID.ValueString(), body)
	if err != nil {
		if !talq.IsCertain(err) {
			upsert.NewDoubt(hiddenAttributes, body).Write(ctx, resp.Private, &resp.Diagnostics)
		}
		write.Failed(err, &resp.Diagnostics)
		return
	}
	revision, ok := write.Updated(ctx, stored.ID, stored.Fresh() && stored.Attempts == 1, &resp.Diagnostics)
	if !ok {
		return // it hit another action: the state stays as it was
	}
	unsure.Settle(ctx, resp.Private, &resp.Diagnostics)
	next := plan.written(stored.Action, revision, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	keepWritten(ctx, resp.Private, next.UpdatedAt, &resp.Diagnostics)
}

// Delete implements [resource.Resource].
func (r *actionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state actionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.Remove(ctx, state.item(), &resp.Diagnostics)
}

// written returns the state after a write. What was planned stays as planned, or
// Terraform would taint the action; where the API stored something else, a
// warning says so and the next plan shows it.
func (m actionModel) written(a talq.Action, revision types.String, diags *diag.Diagnostics) actionModel {
	seen := m.stateFromServer(a)
	m.item().WarnStoredElse(seen.differing(&m), diags)
	m.ID = types.StringValue(a.ID)
	m.Label = seen.Label
	m.UpdatedAt = seen.UpdatedAt
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = seen.CreatedAt
	}
	m.Revision = revision
	return m
}
