// Package webhook is the resource talq_agent_webhook and its list resource.
package webhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ resource.ResourceWithConfigure      = (*webhookResource)(nil)
	_ resource.ResourceWithIdentity       = (*webhookResource)(nil)
	_ resource.ResourceWithImportState    = (*webhookResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*webhookResource)(nil)
	_ resource.ResourceWithValidateConfig = (*webhookResource)(nil)
)

// webhookResource is talq_agent_webhook. Its IdentitySchema and ImportState are those of
// [upsert.Resource]. A webhook has no node id, so its writes are its own.
type webhookResource struct{ upsert.Resource }

// NewResource makes the resource talq_agent_webhook.
func NewResource() resource.Resource {
	return &webhookResource{upsert.Resource{Resource: session.NewResource("agent_webhook", webhookSchema), Kind: session.Webhook, Hides: true}}
}

// Create implements [resource.Resource]: one POST, whose answer is in the state before
// anything else can fail.
func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.readWriteOnly(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx = plan.masking(ctx)
	unlock, err := r.lock(ctx, &plan)
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, plan.operation("create", err), plan.AgentID.ValueString(), err)
		return
	}
	defer unlock()
	made, ok := r.make(ctx, &plan, &resp.Diagnostics)
	if !ok {
		return
	}
	revision := session.NewRevision(plan.subject(), &resp.Diagnostics)
	state := plan.written(made, revision, &resp.Diagnostics)
	r.Run.Note(session.Created, session.NodeKey{}, state.item().Key(), revision.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	session.SetIdentity(ctx, resp.Identity, state.item().Identity(), &resp.Diagnostics)
	r.noteWritten(ctx, &state, &resp.Diagnostics)
}

// Read implements [resource.Resource]. Only what the agent's listing and its own call lack
// is gone (API.md, ruling 8).
func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First of all: Terraform wants it even if the webhook is gone.
	item := state.item()
	session.SetIdentity(ctx, resp.Identity, item.Identity(), &resp.Diagnostics)
	key := item.Key()
	r.Run.HandedIn(key, state.Revision)
	imported := state.isImport()
	listing, err := r.Client.ListWebhooks(ctx, key.AgentID, key.ID)
	if err != nil {
		r.ReadFailed(item, imported, err, resp)
		return
	}
	found := listing.Webhook(key.ID)
	if found == nil {
		r.Gone(ctx, item, imported, len(listing.Webhooks), resp)
		return
	}
	seen := state.stateFromServer(*found)
	if imported {
		seen.warnImported(&resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, seen)...)
}

// Update implements [resource.Resource]: one PUT of what changed.
func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unsure := upsert.ReadDoubt(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	session.SetIdentity(ctx, resp.Identity, state.item().Identity(), &resp.Diagnostics)
	plan.readWriteOnly(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx = plan.masking(ctx)
	key := state.item().Key()
	unlock, err := r.lock(ctx, &state)
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, plan.operation("update", err), key.AgentID, err)
		return
	}
	defer unlock()
	body := plan.createRequest(&state, unsure)
	stored, err := r.Client.UpdateWebhook(ctx, key.AgentID, key.ID, body)
	if err != nil {
		if !talq.IsCertain(err) {
			upsert.NewDoubt(hiddenAttributes, body).Write(ctx, resp.Private, &resp.Diagnostics)
		}
		r.AddWriteError(&resp.Diagnostics, plan.operation("update", err), key.AgentID, err)
		return
	}
	unsure.Settle(ctx, resp.Private, &resp.Diagnostics)
	revision := session.NewRevision(plan.subject(), &resp.Diagnostics)
	r.Run.Note(session.Updated, session.NodeKey{}, key, revision.ValueString())
	stored.ID = key.ID // whatever it says: that is what the path named
	resp.Diagnostics.Append(resp.State.Set(ctx, plan.written(stored, revision, &resp.Diagnostics))...)
	r.noteWritten(ctx, &state, &resp.Diagnostics)
}

// Delete implements [resource.Resource].
func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	key := state.item().Key()
	unlock, err := r.lock(ctx, &state)
	if err != nil {
		r.AddWriteError(&resp.Diagnostics, state.operation("delete", err), key.AgentID, err)
		return
	}
	defer unlock()
	err = r.Client.DeleteWebhook(ctx, key.AgentID, key.ID)
	gone, _ := talq.IsGone(err)
	if err != nil && !gone {
		r.AddWriteError(&resp.Diagnostics, state.operation("delete", err), key.AgentID, err)
		return
	}
	r.Run.Note(session.Deleted, session.NodeKey{}, key, "")
	if err == nil {
		r.noteWritten(ctx, &state, &resp.Diagnostics)
	}
}

// lock keeps a publish of the agent out until the write has ended, and other creates of the
// same name: the API has no key that would tell two of them apart.
func (r *webhookResource) lock(ctx context.Context, m *webhookModel) (unlock func(), err error) {
	turn := "id " + m.ID.ValueString()
	if !set(m.ID) {
		turn = "name " + tfvalue.Trim(m.Name.ValueString())
	}
	return r.Run.Lock(ctx, session.NodeKey{Kind: session.Webhook, AgentID: m.AgentID.ValueString(), NodeID: turn})
}

// masking returns a context whose log lines hide the secrets of a write.
func (m *webhookModel) masking(ctx context.Context) context.Context {
	return session.Masking(ctx, m.Headers().Sent(), m.secret())
}

// noteWritten finds out whether a write has put the agent into draft, which no page says
// (API-AGENT.md, ruling 5), where this very run had published it, and warns if so. Elsewhere
// nothing depends on it, and it stays unknown.
func (r *webhookResource) noteWritten(ctx context.Context, m *webhookModel, diags *diag.Diagnostics) {
	agentID := m.AgentID.ValueString()
	if !r.Run.Liveness(agentID).Published {
		r.Run.NotePerhapsDraft(agentID)
		return
	}
	agent, err := r.Client.AgentStatus(ctx, agentID)
	switch {
	case err != nil:
		r.Run.NotePerhapsDraft(agentID)
	case agent.CurrentStatus == talq.AgentDraft:
		r.Run.NoteDraft(agentID)
		diags.AddWarning("The agent is a draft again", fmt.Sprintf(
			"This run published agent %s before it wrote the %s. Now the agent is a draft again, and takes no calls until it is published. "+
				"Let the triggers of its talq_agent_publication refer to this webhook, so that the publication comes last: triggers = { webhook = talq_agent_webhook.this.revision }. "+
				"Then apply again, which publishes the agent.", agentID, m.subject()))
	}
}
