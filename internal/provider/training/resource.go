// Package training is the resource talq_training and its list resource.
package training

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure   = (*trainingResource)(nil)
	_ resource.ResourceWithIdentity    = (*trainingResource)(nil)
	_ resource.ResourceWithImportState = (*trainingResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*trainingResource)(nil)
)

// trainingResource is talq_training. Its IdentitySchema and ImportState are those of
// [upsert.Resource].
type trainingResource struct{ upsert.Resource }

// NewResource makes the resource talq_training.
func NewResource() resource.Resource {
	return &trainingResource{upsert.Resource{
		Resource: session.NewResource("training", trainingSchema), Kind: session.Training,
		IDs:    upsert.IDsOf(readTrainings, func(t talq.Training) string { return *t.ID.Value }),
		Delete: (*talq.Client).DeleteTraining,
	}}
}

// Create implements [resource.Resource]: one POST, whose answer is in the state
// before anything else can fail.
func (r *trainingResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan trainingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	write := r.BeginCreate(ctx, plan.item(), &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.End()
	stored, err := r.Client.UpsertTraining(ctx, plan.AgentID.ValueString(), plan.createRequest())
	if err != nil {
		write.Failed(err, &resp.Diagnostics)
		return
	}
	revision := write.Created(*stored.ID.Value, stored.Overwrote(), &resp.Diagnostics)
	state := plan.written(stored.Training, revision, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, state.item().Identity(), &resp.Diagnostics)
}

// Read implements [resource.Resource]. No call reads one training: the agent shows all of
// them, in the read that its actions and its publication use too. Only what the agent and a
// whole listing of its trainings lack is gone.
func (r *trainingResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state trainingModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: Terraform wants it even if the training is gone.
	item := state.item()
	session.SetIdentity(ctx, resp.Identity, item.Identity(), &resp.Diagnostics)
	key := item.Key()
	r.Run.HandedIn(key, state.Revision)
	listing, err := r.Client.ListTrainings(ctx, key.AgentID, key.ID)
	if err != nil {
		r.ReadFailed(item, state.isImport(), err, resp)
		return
	}
	training := listing.Training(key.ID)
	if training == nil {
		r.Gone(ctx, item, state.isImport(), len(listing.Trainings), resp)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state.stateFromServer(*training))...)
}

// Update implements [resource.Resource]: one POST, unless only the node id was
// filled in after an import.
func (r *trainingResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state trainingModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
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
	write := r.BeginUpdate(ctx, plan.item(), before, &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.End()
	stored, err := r.Client.UpsertTraining(ctx, plan.AgentID.ValueString(), plan.createRequest())
	if err != nil {
		if !talq.IsCertain(err) {
			(&upsert.Doubt{}).Write(ctx, resp.Private, &resp.Diagnostics)
		}
		write.Failed(err, &resp.Diagnostics)
		return
	}
	revision, ok := write.Updated(ctx, *stored.ID.Value, stored.Fresh() && stored.Attempts == 1, &resp.Diagnostics)
	if !ok {
		return // it hit another training: the state stays as it was
	}
	unsure.Settle(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan.written(stored.Training, revision, &resp.Diagnostics))...)
}

// Delete implements [resource.Resource].
func (r *trainingResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state trainingModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.Remove(ctx, state.item(), &resp.Diagnostics)
}

// written returns the state after a write. What was planned stays as planned, or
// Terraform would taint the training; where the API stored something else, a
// warning says so and the next plan shows it.
func (m trainingModel) written(t talq.Training, revision types.String, diags *diag.Diagnostics) trainingModel {
	seen := m.stateFromServer(t)
	m.item().WarnStoredElse(seen.differing(&m), diags)
	m.ID, m.UpdatedAt = seen.ID, seen.UpdatedAt
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = seen.CreatedAt
	}
	m.Revision = revision
	return m
}
