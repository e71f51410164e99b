// Package publication is the resource talq_agent_publication, and the Terraform action that
// publishes at once.
package publication

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure   = (*publicationResource)(nil)
	_ resource.ResourceWithIdentity    = (*publicationResource)(nil)
	_ resource.ResourceWithImportState = (*publicationResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*publicationResource)(nil)
)

// publicationResource is talq_agent_publication.
type publicationResource struct{ session.Resource }

// NewResource makes the resource talq_agent_publication.
func NewResource() resource.Resource {
	return &publicationResource{session.NewResource("agent_publication", publicationSchema)}
}

// Create implements [resource.Resource]: it publishes the agent.
func (r *publicationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan publicationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	agentID := plan.AgentID.ValueString()
	op := session.Publishing(agentID, session.PublishAgain)
	op.Stateless = true
	r.Publish(ctx, agentID, op, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return // without a state the next plan creates it again
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: plan.AgentID}, &resp.Diagnostics)
}

// Update implements [resource.Resource]: it publishes the agent, unless all that
// changes is what a destroy is to do.
func (r *publicationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state publicationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: plan.AgentID}, &resp.Diagnostics)
	if plan.publishes(&state) {
		agentID := plan.AgentID.ValueString()
		r.Publish(ctx, agentID, session.Publishing(agentID, session.PublishAgain), &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return // the state stays as it was, so the next plan tries again
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *publicationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state publicationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: state.AgentID}, &resp.Diagnostics)
	agentID := state.AgentID.ValueString()
	imported := state.UnpublishOnDestroy.IsNull()
	agent, err := r.Client.AgentStatus(ctx, agentID)
	if err != nil {
		op := state.operation("read")
		op.Stateless = imported
		session.AddAPIError(&resp.Diagnostics, op, err)
		return
	}
	if agent.CurrentStatus == "" {
		resp.Diagnostics.AddError("The agent's status is not known", fmt.Sprintf(
			"The API's answer about agent %s has no current_status, so it is not known whether the agent takes calls. Nothing was removed from the state: try again later.", agentID))
		return
	}
	r.Run.NoteReadiness(agentID, agent.IsReadyToPublish)
	state.CurrentStatus = types.StringValue(agent.CurrentStatus)
	if imported {
		state.UnpublishOnDestroy = types.BoolValue(false)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// ModifyPlan implements [resource.ResourceWithModifyPlan]: a plan that is to
// publish an agent which was seen not to be ready says so ahead of time.
func (r *publicationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.Session == nil {
		return
	}
	var plan, state publicationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() || (!req.State.Raw.IsNull() && !plan.publishes(&state)) {
		return
	}
	if r.Run.Liveness(plan.AgentID.ValueString()).NotReady {
		resp.Diagnostics.AddAttributeWarning(path.Root("agent_id"), "The agent is not ready to be published", fmt.Sprintf(
			"The API says that agent %s is not ready to be published, so an apply is likely to fail at the publish. Complete the agent in the dashboard first: "+
				"the first write of an apply puts it into draft, and it takes no calls until it is published.", plan.AgentID.ValueString()))
	}
}

// Delete implements [resource.Resource]: it forgets the publication, or takes
// the agent off the air where that was asked for.
func (r *publicationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state publicationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !state.UnpublishOnDestroy.ValueBool() {
		return
	}
	r.unpublish(ctx, &state, &resp.Diagnostics)
}

// unpublish takes the agent off the air, unless another publication of this run
// has just put it there: a renamed one, or one that is created before the old
// one is destroyed.
func (r *publicationResource) unpublish(ctx context.Context, state *publicationModel, diags *diag.Diagnostics) {
	agentID := state.AgentID.ValueString()
	op := state.operation("unpublish")
	op.Again = "Unpublishing twice does no harm."
	unlock, err := r.Run.Lock(ctx, session.NodeKey{AgentID: agentID})
	if err != nil {
		session.AddAPIError(diags, op, err)
		return
	}
	defer unlock()
	if r.Run.Liveness(agentID).Published {
		diags.AddWarning("The agent was left published", fmt.Sprintf(
			"Agent %s was not unpublished, since another publication of this run has just published it. If a resource was renamed, use a `moved` block next time, which makes no request.", agentID))
		return
	}
	agent, err := r.Client.Unpublish(ctx, agentID)
	if gone, _ := talq.IsGone(err); gone {
		return
	}
	if err != nil {
		if !talq.IsCertain(err) {
			r.Run.NotePerhapsDraft(agentID)
		}
		session.AddAPIError(diags, op, err)
		return
	}
	if status := agent.Status(); status != talq.AgentDraft {
		r.Run.NotePerhapsDraft(agentID)
		diags.AddError("The agent is still on the air", fmt.Sprintf(
			"The API accepted the request to unpublish agent %s, but answered with the status %q. The publication stays in the state: destroy it again, or unpublish the agent in the dashboard.", agentID, status))
		return
	}
	r.Run.NoteDraft(agentID) // which the error of a later write must not deny
}

func (r *publicationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = session.AgentIdentitySchema("The agent that is published.")
}

// ImportState implements [resource.ResourceWithImportState]: the id is the agent's, perhaps
// with the keys of the triggers.
func (r *publicationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	agentID, keys, withKeys := strings.Cut(req.ID, "/")
	session.ImportAgent(ctx, agentID, "The import id of a publication is the agent's id, or AGENT_ID/KEY,KEY with the keys of its triggers.", req, resp)
	if withKeys && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("triggers"), importedTriggers(keys))...)
	}
}
