package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure   = (*publicationResource)(nil)
	_ resource.ResourceWithIdentity    = (*publicationResource)(nil)
	_ resource.ResourceWithImportState = (*publicationResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*publicationResource)(nil)
)

// publicationResource is talq_agent_publication.
type publicationResource struct{ *session }

func newPublicationResource() resource.Resource { return &publicationResource{} }

// Metadata implements [resource.Resource].
func (r *publicationResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agent_publication"
}

// Schema implements [resource.Resource].
func (r *publicationResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = publicationSchema()
}

// Configure implements [resource.ResourceWithConfigure].
func (r *publicationResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.session = sessionOf(req.ProviderData, &resp.Diagnostics)
}

// Create implements [resource.Resource]: it publishes the agent.
func (r *publicationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan publicationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	agentID := plan.AgentID.ValueString()
	op := publishing(agentID, publishAgain)
	op.stateless = true
	r.publish(ctx, agentID, op, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return // without a state the next plan creates it again
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	setIdentity(ctx, resp.Identity, plan.identity(), &resp.Diagnostics)
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
	setIdentity(ctx, resp.Identity, plan.identity(), &resp.Diagnostics)
	if plan.publishes(&state) {
		agentID := plan.AgentID.ValueString()
		r.publish(ctx, agentID, publishing(agentID, publishAgain), &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return // the state stays as it was, so the next plan tries again
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// publishAgain is why an apply after a failed publish does no harm.
const publishAgain = "The actions that were written are in the state: the next apply publishes, and writes none of them again."

// publishing is the operation that makes an agent live. The text again says why
// trying once more does no harm.
func publishing(agentID, again string) operation {
	return operation{verb: verbPublish, subject: "agent " + agentID, again: again, aftermath: fmt.Sprintf(
		"As long as agent %s is a draft it takes no calls. The quickest way back is the dashboard.", agentID)}
}

// publish makes the agent live. It waits for writes of this run on the agent
// that are under way, and keeps others out meanwhile.
func (s *session) publish(ctx context.Context, agentID string, op operation, diags *diag.Diagnostics) {
	unlock, err := s.run.lock(ctx, nodeKey{agentID: agentID})
	if err != nil {
		addAPIError(diags, op, err)
		return
	}
	defer unlock()
	agent, err := s.client.Publish(ctx, agentID)
	if err != nil {
		addAPIError(diags, op, err)
		return
	}
	if status := agent.Status(); status != talq.AgentPublished {
		diags.AddError("The agent is not live", fmt.Sprintf(
			"The API accepted the request to publish agent %s, but answered with the status %q. The agent may take no calls. "+
				"Nothing was stored, so the next apply tries again; look at the agent in the dashboard if it stays like this.", agentID, status))
		return
	}
	s.run.notePublished(agentID)
}

// Read implements [resource.Resource].
func (r *publicationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state publicationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	setIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	agentID := state.AgentID.ValueString()
	imported := state.UnpublishOnDestroy.IsNull()
	agent, err := r.client.AgentStatus(ctx, agentID)
	if err != nil {
		op := state.operation("read")
		op.stateless = imported
		addAPIError(&resp.Diagnostics, op, err)
		return
	}
	if agent.CurrentStatus == "" {
		resp.Diagnostics.AddError("The agent's status is not known", fmt.Sprintf(
			"The API's answer about agent %s holds no current_status, so nobody can tell whether it takes calls. Nothing was taken out of the state; try again later.", agentID))
		return
	}
	r.run.noteReadiness(agentID, agent.IsReadyToPublish)
	state.CurrentStatus = types.StringValue(agent.CurrentStatus)
	if imported {
		state.UnpublishOnDestroy = types.BoolValue(false)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// ModifyPlan implements [resource.ResourceWithModifyPlan]: a plan that is to
// publish an agent which was seen not to be ready says so ahead of time.
func (r *publicationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.session == nil {
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
	if r.run.seenNotReady(plan.AgentID.ValueString()) {
		resp.Diagnostics.AddAttributeWarning(path.Root("agent_id"), "The agent is not ready to be published", fmt.Sprintf(
			"The API says of agent %s that it is not ready to be published, so the apply is likely to fail at that. Complete it in the dashboard first: "+
				"an apply puts it into draft at its first write, and it takes no calls until it is published.", plan.AgentID.ValueString()))
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
	op.again = "Unpublishing twice does no harm."
	unlock, err := r.run.lock(ctx, nodeKey{agentID: agentID})
	if err != nil {
		addAPIError(diags, op, err)
		return
	}
	defer unlock()
	if r.run.liveness(agentID).published {
		diags.AddWarning("The agent was left published", fmt.Sprintf(
			"Agent %s was not unpublished: another publication of this run has just published it, as when a resource is renamed. A `moved` block would have renamed it without a request.", agentID))
		return
	}
	agent, err := r.client.Unpublish(ctx, agentID)
	if gone, _ := talq.IsGone(err); gone {
		return
	}
	if err != nil {
		if !talq.IsCertain(err) {
			r.run.notePerhapsDraft(agentID)
		}
		addAPIError(diags, op, err)
		return
	}
	if status := agent.Status(); status != talq.AgentDraft {
		r.run.notePerhapsDraft(agentID)
		diags.AddError("The agent is still on the air", fmt.Sprintf(
			"The API accepted the request to unpublish agent %s, but answered with the status %q. The publication stays in the state: destroy it again, or unpublish the agent in the dashboard.", agentID, status))
		return
	}
	r.run.noteDraft(agentID) // which the error of a later write must not deny
}

// ImportState implements [resource.ResourceWithImportState]: the id is the agent's.
func (r *publicationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := publicationIdentity{AgentID: types.StringValue(req.ID)}
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	if problem := agentIDValidator.check(identity.AgentID.ValueString()); problem != "" {
		resp.Diagnostics.AddError("Wrong import id", fmt.Sprintf("The import id of a publication is the agent's id. %s", problem))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("agent_id"), identity.AgentID)...)
	setIdentity(ctx, resp.Identity, identity, &resp.Diagnostics)
}
