package agent

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure      = (*agentResource)(nil)
	_ resource.ResourceWithIdentity       = (*agentResource)(nil)
	_ resource.ResourceWithImportState    = (*agentResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*agentResource)(nil)
	_ resource.ResourceWithValidateConfig = (*agentResource)(nil)
)

// agentResource is the resource talq_agent.
type agentResource struct{ session.Resource }

// NewResource makes the resource talq_agent.
func NewResource() resource.Resource {
	return &agentResource{session.NewResource("agent", resourceSchema)}
}

// Create implements [resource.Resource]: one POST, and a call for each part that it does not
// take. It is all or nothing, since Terraform would taint a half-made agent: where a call
// fails, the agent is deleted again and no state is saved.
func (r *agentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	made, found := r.make(ctx, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state := plan.written(made, &resp.Diagnostics)
	for _, p := range plan.beyondCreate() {
		answer, err := r.send(ctx, p, &state, &agentModel{})
		if err != nil {
			r.undo(ctx, &state, found, p, err, &resp.Diagnostics)
			return
		}
		state = state.written(answer, &resp.Diagnostics)
	}
	state.Revision = session.NewRevision(state.subject(), &resp.Diagnostics)
	r.Run.Note(session.Created, session.NodeKey{}, keyOf(made.ID), state.Revision.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
}

// Read implements [resource.Resource], by the read that also serves the agent's actions,
// trainings and publication. A 404 takes nothing out of the state: a token of another
// environment gets it for every agent (API.md, ruling 8).
func (r *agentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	agentID := state.ID.ValueString()
	r.Run.HandedIn(keyOf(agentID), state.Revision)
	imported := state.isImport()
	agent, err := r.Client.GetAgent(ctx, agentID)
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: state.subject(), Stateless: imported}, err)
		return
	}
	r.Run.NoteReadiness(agentID, agent.IsReadyToPublish.Value)
	seen := state.stateFromServer(agent)
	if imported {
		warnImported(&resp.Diagnostics, &seen)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, seen)...)
}

// Update implements [resource.Resource]: a call for each part that changed, or whose last
// update is in doubt. The state has each part as soon as its call has succeeded.
func (r *agentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unsure := readDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, state.identity(), &resp.Diagnostics)
	agentID := state.ID.ValueString()
	unlock, err := r.Run.Lock(ctx, session.NodeKey{AgentID: agentID})
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, state.operation("update"), agentID, err)
		return
	}
	defer unlock()
	todo := joined(plan.changedParts(&state), unsure)
	next := state.withAllBut(todo, &plan)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	prior := state.asDoubted(unsure)
	for _, p := range todo {
		answer, err := r.send(ctx, p, &plan, &prior)
		if err != nil {
			if !talq.IsCertain(err) {
				writeDoubt(ctx, resp.Private, plan.doubted(unsure, p), &resp.Diagnostics)
			}
			r.addPartError(&resp.Diagnostics, p, &state, err)
			return
		}
		unsure = without(unsure, p)
		writeDoubt(ctx, resp.Private, unsure, &resp.Diagnostics)
		r.noteWritten(&state, &resp.Diagnostics)
		next.take(p, &plan)
		next = next.written(answer, &resp.Diagnostics)
		next.Revision = session.NewRevision(next.subject(), &resp.Diagnostics)
		r.Run.Note(session.Updated, session.NodeKey{}, keyOf(agentID), next.Revision.ValueString())
		resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	}
}

// Delete implements [resource.Resource]. A published agent is unpublished first: the API
// refuses to delete it (page delete-agent).
func (r *agentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.refuseProtected(&resp.Diagnostics) {
		return
	}
	agentID := state.ID.ValueString()
	unlock, err := r.Run.Lock(ctx, session.NodeKey{AgentID: agentID})
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, state.operation("delete"), agentID, err)
		return
	}
	defer unlock()
	if state.CurrentStatus.ValueString() == talq.AgentPublished && !r.Run.Liveness(agentID).Drafted && !r.unpublish(ctx, &state, &resp.Diagnostics) {
		return
	}
	err = r.Client.DeleteAgent(ctx, agentID)
	if talq.IsAgentPublished(err) { // published after the plan
		if !r.unpublish(ctx, &state, &resp.Diagnostics) {
			return
		}
		err = r.Client.DeleteAgent(ctx, agentID)
	}
	gone, _ := talq.IsGone(err)
	switch {
	case err == nil, gone:
		r.Run.ForgetAgent(agentID)
	case talq.HasActiveCalls(err):
		resp.Diagnostics.AddError("The agent is on a call", fmt.Sprintf(
			"The %s was not deleted: the API deletes no agent that is talking to somebody. Wait until its calls have ended, then destroy again.\n\n%s",
			state.subject(), r.DraftNow(agentID)))
	default:
		r.AddWriteError(&resp.Diagnostics, state.operation("delete"), agentID, err)
	}
}

// unpublish takes the agent off the air, so that it can be deleted. It reports whether that
// went well.
func (r *agentResource) unpublish(ctx context.Context, state *agentModel, diags *diag.Diagnostics) bool {
	agentID := state.ID.ValueString()
	_, err := r.Client.Unpublish(ctx, agentID)
	if gone, _ := talq.IsGone(err); gone {
		return true // the delete says so too
	}
	if err != nil {
		r.AddWriteError(diags, state.operation("unpublish"), agentID, err)
		return false
	}
	r.Run.NoteDraft(agentID)
	return true
}

// send makes the call that changes a part of the agent to what the plan has. The prior state
// is blank for an agent that was just made.
func (r *agentResource) send(ctx context.Context, p part, plan, prior *agentModel) (talq.Agent, error) {
	agentID := plan.ID.ValueString()
	switch p {
	case knowledge:
		return r.Client.UpdateKnowledge(ctx, agentID, plan.knowledgeRequest(prior))
	case voice:
		return r.Client.UpdateVoice(ctx, agentID, plan.voiceRequest(prior))
	case calling:
		return r.Client.UpdateCalling(ctx, agentID, plan.callingRequest(prior))
	default:
		return r.Client.UpdateAdvancedSettings(ctx, agentID, plan.advancedRequest())
	}
}
