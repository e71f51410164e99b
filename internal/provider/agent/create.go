package agent

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// make creates the agent of a plan. The API has no key that would make that safe to repeat,
// so it looks before for one that an interrupted apply has left, and after a lost answer for
// one that it may have made; found says that it is that one. Creates of one label go one
// after another, so that none takes another one's agent for its own.
func (r *agentResource) make(ctx context.Context, plan *agentModel, diags *diag.Diagnostics) (made talq.Agent, found bool) {
	op := plan.operation("create")
	unlock, err := r.Run.LockLabel(ctx, tfvalue.Trim(plan.Label.ValueString()))
	if err != nil {
		session.AddAPIError(diags, op, err)
		return talq.Agent{}, false
	}
	defer unlock()
	before, err := r.Client.FindAgents(ctx, plan.Label.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "agents", Stateless: true}, err)
		return talq.Agent{}, false
	}
	if r.refuseLeftOver(ctx, plan, before.Agents, diags) {
		return talq.Agent{}, false
	}
	made, err = r.Client.CreateAgent(ctx, plan.createRequest())
	var lost *talq.OutcomeUnknownError
	switch {
	case errors.As(err, &lost):
		if made, found = r.unkeyed(plan).FindLost(ctx, before.Agents, lost, diags); !found {
			return talq.Agent{}, false
		}
	case err != nil:
		session.AddAPIError(diags, op, err)
		return talq.Agent{}, false
	}
	r.Run.Note(session.Created, session.NodeKey{}, keyOf(made.ID), "")
	r.Run.NoteDraft(made.ID)
	return made, found
}

// beyondCreate are the parts that a create does not take, as far as the plan sets them.
func (m *agentModel) beyondCreate() []part {
	var beyond []part
	if !m.Voice.IsNull() {
		beyond = append(beyond, voice)
	}
	if !m.messageCache().IsNull() {
		beyond = append(beyond, advanced)
	}
	return beyond
}

// undo deletes the agent that this very call has just made, since one of its parts could not
// be written, and reports that. An agent that was found may be somebody else's, and stays.
func (r *agentResource) undo(ctx context.Context, state *agentModel, found bool, p part, failed error, diags *diag.Diagnostics) {
	agentID := state.ID.ValueString()
	takeOver := fmt.Sprintf("It is in no state. To keep it, correct the error and run `terraform import ADDRESS %s`; otherwise delete it in the dashboard. Until then no apply creates another one.", agentID)
	if found {
		r.addError(diags, p, state, failed, fmt.Sprintf("The agent %s was created and still exists: since the answer to its create was lost, it was not deleted again. %s", agentID, takeOver))
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), session.Lasting)
	defer cancel()
	err := r.Client.DeleteAgent(ctx, agentID)
	if gone, _ := talq.IsGone(err); err != nil && !gone {
		r.addError(diags, p, state, failed, fmt.Sprintf("This apply has just created the agent %s, and could not delete it again: %s. %s", agentID, err, takeOver))
		return
	}
	r.Run.ForgetAgent(agentID)
	r.addError(diags, p, state, failed, "The agent that this apply had just created was deleted again, so nothing is left of it. Correct the error and apply again.")
}
