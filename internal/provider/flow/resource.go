// Package flow is the resource talq_agent_flow, the data source of a flow's versions, and the
// function that draws a flow.
package flow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure      = (*flowResource)(nil)
	_ resource.ResourceWithIdentity       = (*flowResource)(nil)
	_ resource.ResourceWithImportState    = (*flowResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*flowResource)(nil)
	_ resource.ResourceWithValidateConfig = (*flowResource)(nil)
)

// flowResource is talq_agent_flow.
type flowResource struct{ session.Resource }

// NewResource makes the resource talq_agent_flow.
func NewResource() resource.Resource {
	return &flowResource{session.NewResource("agent_flow", flowSchema)}
}

// Create implements [resource.Resource]. Every agent has a flow, so it is read first: what
// is there already is not written again, and what is lost is told.
func (r *flowResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan flowModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	write := r.begin(ctx, "create", &plan, &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.unlock()
	before, ok := write.ensure(ctx, &resp.Diagnostics)
	if !ok {
		return
	}
	write.warnOverwritten(before, &resp.Diagnostics)
	state := write.done(session.Created, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: state.AgentID}, &resp.Diagnostics)
}

func (r *flowResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state flowModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: state.AgentID}, &resp.Diagnostics)
	r.Run.HandedIn(state.key(), state.Revision)
	found, err := r.Client.GetFlow(ctx, state.AgentID.ValueString())
	if err != nil {
		op := state.operation("read")
		op.Stateless = state.isImport()
		session.AddAPIError(&resp.Diagnostics, op, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state.stateFromServer(found))...)
}

// Update implements [resource.Resource]: one PUT, unless only the form of the flow changes.
func (r *flowResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state flowModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, session.AgentIdentity{AgentID: state.AgentID}, &resp.Diagnostics)
	if unsure == nil && plan.sameAs(&state) {
		plan.Revision = state.Revision // it is unknown where the flow was at plan
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	write := r.begin(ctx, "update", &plan, &resp.Diagnostics)
	if write == nil {
		return
	}
	defer write.unlock()
	write.private = resp.Private
	if unsure != nil {
		if _, ok := write.ensure(ctx, &resp.Diagnostics); !ok {
			return
		}
	} else if !write.put(ctx, &resp.Diagnostics) {
		return // the state stays as it was
	}
	unsure.Settle(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, write.done(session.Updated, &resp.Diagnostics))...)
}

// Delete implements [resource.Resource]: the agent leads its conversations freely again, as
// every agent does that nobody gave a flow.
func (r *flowResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state flowModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if unsure == nil && state.ConversationMode.ValueString() == talq.LLMDriven {
		return // a PUT would only make a version
	}
	r.remove(ctx, &state, &resp.Diagnostics)
}

func (r *flowResource) remove(ctx context.Context, state *flowModel, diags *diag.Diagnostics) {
	op := state.operation("delete")
	op.Again = "Deleting it again does no harm."
	agentID := state.AgentID.ValueString()
	unlock, err := r.Run.Lock(ctx, state.nodeKey())
	if err != nil {
		r.AddWriteError(diags, op, agentID, err)
		return
	}
	defer unlock()
	if r.leaveTakenOver(state, diags) || r.Run.Last(state.key()) == session.Deleted {
		return
	}
	_, err = r.Client.PutFlow(ctx, agentID, talq.FlowRequest{ConversationMode: talq.LLMDriven})
	if gone, _ := talq.IsGone(err); err != nil && !gone {
		r.AddWriteError(diags, op, agentID, err)
		return
	}
	r.Run.NotePerhapsDraft(agentID) // see write.put
	r.Run.Note(session.Deleted, session.NodeKey{}, state.key(), "")
}

func (r *flowResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = session.AgentIdentitySchema("The agent whose flow it is.")
}

func (r *flowResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	session.ImportAgent(ctx, req.ID, "The import id of a flow is the agent's id.", req, resp)
}

// key and nodeKey name the flow in the memory of a run. An agent has one.
func (m *flowModel) key() session.ItemKey {
	return session.ItemKey{Kind: session.Flow, AgentID: m.AgentID.ValueString(), ID: "flow"}
}

func (m *flowModel) nodeKey() session.NodeKey {
	return session.NodeKey{Kind: session.Flow, AgentID: m.AgentID.ValueString(), NodeID: "flow"}
}

func (m *flowModel) operation(verb string) session.Operation {
	return session.Operation{Verb: verb, Subject: m.subject()}
}

func (m *flowModel) subject() string { return "flow of agent " + m.AgentID.ValueString() }
