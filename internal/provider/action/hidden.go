package action

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Somebody who edits a header in the dashboard changes nothing that can be read
// except the action's updated_at. So the time of our own last write is kept in the private
// state, and another one that no readable change explains is a hidden change.

// writtenKey is the place in the private state of what [written] holds.
const writtenKey = "written"

// written is our own last write of an action, or what was taken over since then.
type written struct {
	UpdatedAt string `json:"updated_at"`
}

// readWritten returns the time in the private state, "" where there is none: in a
// state of an earlier version, and after an import.
func readWritten(ctx context.Context, private upsert.PrivateState, diags *diag.Diagnostics) string {
	return upsert.ReadPrivate(ctx, private, writtenKey, written{}, diags).UpdatedAt
}

// keepWritten makes a time of the API's ours.
func keepWritten(ctx context.Context, private upsert.PrivateState, updatedAt types.String, diags *diag.Diagnostics) {
	upsert.WritePrivate(ctx, private, writtenKey, written{UpdatedAt: updatedAt.ValueString()}, diags)
}

// together is how far apart the times may be that one publish leaves on all actions
// of an agent.
const together = 2 * time.Second

// changedUnseen reports whether the time of an action has moved although nothing
// that can be read has changed, and whether the new time is to be taken over
// without a word.
func changedUnseen(ours string, state, seen *actionModel, listing *talq.Listing) (changed, takeOver bool) {
	switch {
	case seen.UpdatedAt.IsNull():
		return false, false
	case ours == "":
		return false, true
	case talq.SameInstant(ours, seen.UpdatedAt.ValueString()):
		return false, false
	case len(seen.differing(state)) > 0 || !seen.Label.Equal(state.Label):
		return false, true // the plan shows it
	case touchedTogether(seen, listing):
		return false, true
	}
	return true, false
}

// touchedTogether reports whether all actions of an agent, of two or more, were
// last written at the same time: a publish has touched them.
func touchedTogether(seen *actionModel, listing *talq.Listing) bool {
	at, ok := talq.ParseTime(seen.UpdatedAt.ValueString())
	if !ok || len(listing.Actions) < 2 {
		return false
	}
	for i := range listing.Actions {
		other := listing.Actions[i].UpdatedAt.Value
		if other == nil {
			return false
		}
		otherAt, ok := talq.ParseTime(*other)
		if !ok || at.Sub(otherAt).Abs() > together {
			return false
		}
	}
	return true
}

// publishTouched reports whether an agent's only action was last written when the
// agent itself was, and the agent is live: a write alone would have made it a draft,
// so it was a publish. Where the agent cannot be read, that is not known.
func (r *actionResource) publishTouched(ctx context.Context, seen *actionModel) bool {
	agent, err := r.Client.AgentStatus(ctx, seen.AgentID.ValueString())
	if err != nil || agent.CurrentStatus != talq.AgentPublished {
		return false
	}
	agentAt, knownAgent := talq.ParseTime(agent.UpdatedAt)
	at, known := talq.ParseTime(seen.UpdatedAt.ValueString())
	return knownAgent && known && at.Sub(agentAt).Abs() <= together
}

// watchHidden does on a read what hidden_changes says. Under rewrite it is the plan
// that acts, so the time stays as it is until an update has written the action.
func (r *actionResource) watchHidden(ctx context.Context, private upsert.PrivateState, state, seen *actionModel, listing *talq.Listing, diags *diag.Diagnostics) {
	changed, takeOver := changedUnseen(readWritten(ctx, private, diags), state, seen, listing)
	if changed && len(listing.Actions) == 1 && r.publishTouched(ctx, seen) {
		changed, takeOver = false, true
	}
	if changed && r.HiddenChanges == session.HiddenWarn {
		diags.AddWarning(summaryHidden+": "+seen.subject(), fmt.Sprintf(
			"Somebody else wrote the %s at %s. Nothing that the API returns has changed, so it may be any of these: %s. "+
				"Look at the action in the dashboard. To write the configuration again, set hidden_changes = %q in the provider block and apply. "+
				"Any other apply, also with -refresh-only, accepts the action as it is and ends this warning.",
			seen.subject(), seen.UpdatedAt.ValueString(), tfvalue.Listed(seen.hiddenOfType()), session.HiddenRewrite))
	}
	if takeOver || (changed && r.HiddenChanges != session.HiddenRewrite) {
		keepWritten(ctx, private, seen.UpdatedAt, diags)
	}
}

// summaryHidden begins the summary, which goes on with the action: Terraform shows
// only the first of warnings whose summaries are equal.
const summaryHidden = "Something that cannot be read has changed"

// rewrites reports whether a plan is to write an action again because of a hidden
// change that a read has left open.
func (r *actionResource) rewrites(ctx context.Context, private upsert.PrivateState, plan, state *actionModel, diags *diag.Diagnostics) bool {
	if r.Session == nil || r.HiddenChanges != session.HiddenRewrite || state.UpdatedAt.IsNull() {
		return false
	}
	ours := readWritten(ctx, private, diags)
	if ours == "" || talq.SameInstant(ours, state.UpdatedAt.ValueString()) {
		return false
	}
	canWrite := !plan.NodeID.IsNull()
	what := "This plan writes the configuration again. What the configuration never set stays as it is."
	if !canWrite {
		what = "This plan cannot write the configuration again, since the action has no node_id there: look at the action in the dashboard. Set node_id if you know it. With hidden_changes = " + strconv.Quote(session.HiddenWarn) + " this warning comes only once."
	}
	diags.AddWarning(summaryHidden+": "+state.subject(), fmt.Sprintf(
		"Somebody else wrote the %s at %s. Nothing that the API returns has changed, so it may be any of these: %s. %s",
		state.subject(), state.UpdatedAt.ValueString(), tfvalue.Listed(state.hiddenOfType()), what))
	return canWrite
}

// hiddenOfType names what the API does not return of an action of this type.
func (m *actionModel) hiddenOfType() []string {
	var names []string
	for _, rule := range TypeRules {
		if rule.Of(m.Type.ValueString()).Presence == Forbidden {
			continue
		}
		for _, name := range rule.Attributes {
			if isHidden(name) {
				names = append(names, name)
			}
		}
	}
	return names
}
