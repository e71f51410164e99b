package flow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// write is a create or an update under the lock of its agent's flow.
type write struct {
	r       *flowResource
	plan    *flowModel
	op      session.Operation
	private upsert.PrivateState // of an update: keeps a doubt; else nil
	unlock  func()
}

// begin waits for the lock. It returns nil, and says why, where nothing is to be sent.
func (r *flowResource) begin(ctx context.Context, verb string, plan *flowModel, diags *diag.Diagnostics) *write {
	w := &write{r: r, plan: plan, op: plan.operation(verb)}
	w.op.Again = "Writing it again does no harm, but makes another version of the flow."
	unlock, err := r.Run.Lock(ctx, plan.nodeKey())
	if err != nil {
		r.AddWriteError(diags, w.op, plan.AgentID.ValueString(), err)
		return nil
	}
	w.unlock = unlock
	if _, written := r.Run.Writer(plan.nodeKey()); written {
		unlock()
		diags.AddError("Flow written twice", fmt.Sprintf(
			"Another resource of this configuration has just written the %s. Nothing was sent for this one: an agent has one flow. Remove one of the two, then apply again.\n\n%s",
			plan.subject(), r.DraftNow(plan.AgentID.ValueString())))
		return nil
	}
	return w
}

// ensure writes the flow unless the API has it already: every PUT makes a version. It
// returns what was there before, and false where it failed and said so.
func (w *write) ensure(ctx context.Context, diags *diag.Diagnostics) (before talq.Flow, ok bool) {
	before, err := w.r.Client.GetFlow(ctx, w.plan.AgentID.ValueString())
	if err != nil {
		op := w.op
		op.Again = "" // so far it has only read
		op.Stateless = w.private == nil
		session.AddAPIError(diags, op, err)
		return before, false
	}
	if w.plan.isStored(before) {
		return before, true
	}
	return before, w.put(ctx, diags)
}

// put makes the PUT, and reports false where it failed and said so.
func (w *write) put(ctx context.Context, diags *diag.Diagnostics) bool {
	agentID := w.plan.AgentID.ValueString()
	stored, err := w.r.Client.PutFlow(ctx, agentID, w.plan.createRequest())
	if err == nil {
		// Whether a write of the flow puts the agent into draft is not known (API-AGENT.md,
		// ruling 5): the page says no.
		w.r.Run.NotePerhapsDraft(agentID)
		w.warnStoredElse(stored, diags)
		return true
	}
	if !talq.IsCertain(err) && w.private != nil {
		(&upsert.Doubt{}).Write(ctx, w.private, diags)
	}
	if sentences := talq.FlowErrors(err); len(sentences) > 0 && talq.IsCertain(err) {
		w.plan.addSentences(diags, sentences, "Nothing was changed. Correct the flow and apply again.\n\n"+w.r.DraftNow(agentID))
		return false
	}
	w.r.AddWriteError(diags, w.op, agentID, err)
	return false
}

// done notes the write in the run's memory and returns the state.
func (w *write) done(kind session.WriteKind, diags *diag.Diagnostics) flowModel {
	state := *w.plan
	state.Revision = session.NewRevision(w.plan.subject(), diags)
	w.r.Run.Note(kind, w.plan.nodeKey(), w.plan.key(), state.Revision.ValueString())
	return state
}

// warnOverwritten says that a create has replaced a graph of nodes that was there.
func (w *write) warnOverwritten(before talq.Flow, diags *diag.Diagnostics) {
	if before.Mode() != talq.FlowDriven || w.plan.isStored(before) {
		return
	}
	named := ""
	if name := nameOf(before); name != "" {
		named = fmt.Sprintf(" %q", name)
	}
	diags.AddWarning("An existing flow was overwritten", fmt.Sprintf(
		"Agent %[1]s already had a flow%[2]s, which was made elsewhere. This resource has replaced it, and manages the flow from now on. "+
			"The API keeps the old one as a version of the flow; the data source talq_agent_flow_versions lists the versions. To keep a flow, import it first.", w.plan.AgentID.ValueString(), named))
}

// warnStoredElse says that the answer to a PUT holds another flow than was sent. An answer
// that leaves parts out says nothing; the page's own sample has an empty flow.
func (w *write) warnStoredElse(stored talq.Flow, diags *diag.Diagnostics) {
	var names []string
	if stored.ConversationMode.Present && stored.Mode() != w.plan.ConversationMode.ValueString() {
		names = append(names, attributeMode)
	}
	if theirs := fieldsOf(stored); w.plan.ConversationMode.ValueString() == talq.FlowDriven && !blank(theirs) && !w.plan.sameConfig(theirs) {
		names = append(names, w.plan.form())
	}
	upsert.Item{Kind: session.Flow, Subject: w.plan.subject()}.WarnStoredElse(names, diags)
}

// leaveTakenOver reports whether another resource of this run has just written the flow, as
// after a rename: then to take it away would undo that.
func (r *flowResource) leaveTakenOver(state *flowModel, diags *diag.Diagnostics) bool {
	if kind := r.Run.Last(state.key()); kind != session.Created && kind != session.Updated {
		return false
	}
	diags.AddWarning("A flow was taken over", fmt.Sprintf(
		"The %s was left as it is, since another resource of this run has just written it. If a resource was renamed, use a `moved` block next time, which writes nothing. "+
			"If it was replaced under create_before_destroy, remove that.", state.subject()))
	return true
}
