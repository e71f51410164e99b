package webhook

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

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
	create := r.unkeyed(plan)
	left := slices.DeleteFunc(slices.Clone(before.Webhooks), func(w talq.Webhook) bool { return !create.MayBeOurs(w) || !plan.mayHaveMade(w) })
	if create.RefuseLeftOver(left, "If it is somebody else's or another resource's, and you want one more, give yours another name. If this replaces it under create_before_destroy, remove that.", diags) {
		return talq.Webhook{}, false
	}
	made, err = r.Client.CreateWebhook(ctx, agentID, plan.createRequest(nil, nil))
	var lost *talq.OutcomeUnknownError
	switch {
	case errors.As(err, &lost):
		r.Run.NotePerhapsDraft(agentID)
		return create.FindLost(ctx, before.Webhooks, lost, diags)
	case err != nil:
		r.AddWriteError(diags, plan.operation("create", err), agentID, err)
		return talq.Webhook{}, false
	}
	return made, true
}

// unkeyed is the create of a plan.
func (r *webhookResource) unkeyed(plan *webhookModel) session.Unkeyed[talq.Webhook] {
	agentID, name := plan.AgentID.ValueString(), plan.Name.ValueString()
	return session.Unkeyed[talq.Webhook]{
		Kind: session.Webhook, Key: "name", Value: name, Parent: agentID + "/", Operation: plan.operation("create", nil),
		ID:        func(w talq.Webhook) string { return w.ID },
		CreatedAt: func(w talq.Webhook) *string { return w.CreatedAt.Value },
		MayBeOurs: func(w talq.Webhook) bool {
			return (w.Name.Value == nil || tfvalue.Trim(*w.Name.Value) == tfvalue.Trim(name)) &&
				!r.Run.Knows(session.ItemKey{Kind: session.Webhook, AgentID: agentID, ID: w.ID})
		},
		IsWhatWeAsk: func(_ context.Context, w talq.Webhook) (talq.Webhook, bool) { return w, plan.mayHaveMade(w) },
		NewerThan: func(ctx context.Context, since time.Time) ([]talq.Webhook, error) {
			listing, err := r.Client.ListWebhooks(ctx, agentID)
			if err != nil {
				return nil, err
			}
			return listing.CreatedSince(since), nil
		},
	}
}

// mayHaveMade reports whether all that can be read of a webhook is what a create of the plan
// makes.
func (m *webhookModel) mayHaveMade(w talq.Webhook) bool {
	shown := w.Name.Present && w.WebhookURL.Present && w.Events.Present && w.Timeout.Present && w.MaxRetries.Present && w.Enabled.Present
	seen := m.stateFromServer(w)
	return shown && len(seen.differing(m)) == 0
}
