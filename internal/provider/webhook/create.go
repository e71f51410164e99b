package webhook

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// lasting is how long the search for a lost webhook may take after Terraform was interrupted.
const lasting = time.Minute

// make creates the webhook of a plan, and reports whether there is one for the state. The API
// has no key that would make a create safe to repeat, so it looks before for one that an
// interrupted apply has left, and after a lost answer for one that it may have made.
func (r *webhookResource) make(ctx context.Context, plan *webhookModel, diags *diag.Diagnostics) (made talq.Webhook, ok bool) {
	agentID := plan.AgentID.ValueString()
	before, err := r.Client.ListWebhooks(ctx, agentID)
	if err != nil {
		session.AddAPIError(diags, plan.operation("create", err), err)
		return talq.Webhook{}, false
	}
	if r.refuseLeftOver(plan, before.Webhooks, diags) {
		return talq.Webhook{}, false
	}
	made, err = r.Client.CreateWebhook(ctx, agentID, plan.createRequest(nil, nil))
	var lost *talq.OutcomeUnknownError
	switch {
	case errors.As(err, &lost):
		return r.findLost(ctx, plan, before.Webhooks, lost, diags)
	case err != nil:
		r.AddWriteError(diags, plan.operation("create", err), agentID, err)
		return talq.Webhook{}, false
	}
	return made, true
}

// refuseLeftOver reports whether there is a webhook that an interrupted apply may have left,
// and says so: all that can be read of it is what a create of the plan makes, and no state
// holds it that this run knows of.
func (r *webhookResource) refuseLeftOver(plan *webhookModel, before []talq.Webhook, diags *diag.Diagnostics) bool {
	left := slices.DeleteFunc(r.strangers(plan, before), func(w talq.Webhook) bool { return !plan.mayHaveMade(w) })
	if len(left) == 0 {
		return false
	}
	diags.AddError("A webhook like this exists already", fmt.Sprintf(
		"Nothing was sent for the %s. As far as the API shows, it would be the same as one that exists already: %s. "+
			"Most likely an earlier apply was interrupted after it had created that webhook. To take it over, run `terraform import ADDRESS %s/%s` and apply again. "+
			"If it is somebody else's or another resource's, and you want one more, give yours another name. If this replaces it under create_before_destroy, remove that.",
		plan.subject(), candidates(left), plan.AgentID.ValueString(), left[0].ID))
	return true
}

// findLost returns the webhook that a create has made whose answer got lost: the one webhook
// that is not older than the call, that no state holds, and of which all that can be read is
// as the plan has it. Where there is none, or more than one, it reports that with all that
// may be it.
func (r *webhookResource) findLost(ctx context.Context, plan *webhookModel, before []talq.Webhook, lost *talq.OutcomeUnknownError, diags *diag.Diagnostics) (talq.Webhook, bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lasting)
	defer cancel()
	agentID := plan.AgentID.ValueString()
	r.Run.NotePerhapsDraft(agentID)
	op := plan.operation("create", lost)
	after, err := r.Client.ListWebhooks(ctx, agentID)
	if err != nil {
		session.AddAPIError(diags, op.Ending(fmt.Sprintf(
			"The search for what it may have created failed too: %s\n\nLook in the dashboard for a webhook with the name %q before you apply again.", err, plan.Name.ValueString())), lost)
		return talq.Webhook{}, false
	}
	fresh := slices.DeleteFunc(r.strangers(plan, after.CreatedSince(lost.StartedAt)), func(w talq.Webhook) bool {
		return slices.ContainsFunc(before, func(old talq.Webhook) bool { return old.ID == w.ID })
	})
	ours := slices.DeleteFunc(slices.Clone(fresh), func(w talq.Webhook) bool { return !plan.mayHaveMade(w) })
	switch {
	case len(ours) == 1:
		diags.AddWarning("A webhook was found again", fmt.Sprintf(
			"The answer to the create of the %s was lost, but the webhook was created: %s. It is the only new webhook that matches the configuration in all that the API shows, and no state of this run has it. So this resource manages it from now on.",
			plan.subject(), candidates(ours)))
		return ours[0], true
	case len(fresh) == 0:
		session.AddAPIError(diags, op.Ending("There is no new webhook with this name so far. If one appears later, the next apply sees it and creates no second one."), lost)
	default:
		session.AddAPIError(diags, op.Ending(fmt.Sprintf(
			"It may have created one of these: %s. Take the right one over with `terraform import ADDRESS %s/ID`, or delete it in the dashboard.", candidates(fresh), agentID)), lost)
	}
	return talq.Webhook{}, false
}

// strangers are those of the webhooks that have the plan's name, and that no state holds that
// this run knows of.
func (r *webhookResource) strangers(plan *webhookModel, webhooks []talq.Webhook) []talq.Webhook {
	name := tfvalue.Trim(plan.Name.ValueString())
	return slices.DeleteFunc(slices.Clone(webhooks), func(w talq.Webhook) bool {
		return w.Name.Value != nil && tfvalue.Trim(*w.Name.Value) != name || r.Run.Knows(session.ItemKey{Kind: session.Webhook, AgentID: plan.AgentID.ValueString(), ID: w.ID})
	})
}

// mayHaveMade reports whether all that can be read of a webhook is what a create of the plan
// makes.
func (m *webhookModel) mayHaveMade(w talq.Webhook) bool {
	shown := w.Name.Present && w.WebhookURL.Present && w.Events.Present && w.Timeout.Present && w.MaxRetries.Present && w.Enabled.Present
	seen := m.stateFromServer(w)
	return shown && len(seen.differing(m)) == 0
}
