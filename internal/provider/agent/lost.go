package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// refuseLeftOver reports whether there is an agent that an interrupted apply may have left,
// and says so: it is all that a create of the plan makes, nothing was done with it since,
// and no state holds it that this run knows of.
func (r *agentResource) refuseLeftOver(ctx context.Context, plan *agentModel, before []talq.Agent, diags *diag.Diagnostics) bool {
	var left []talq.Agent
	for _, agent := range r.strangers(plan, before) {
		whole, err := r.whole(ctx, agent)
		if err != nil {
			session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "agent " + agent.ID, Stateless: true}, err)
			return true
		}
		if isUntouched(whole) && plan.mayHaveMade(whole) {
			left = append(left, whole)
		}
	}
	if len(left) == 0 {
		return false
	}
	diags.AddError("An agent like this exists already", fmt.Sprintf(
		"Nothing was sent for the %s. As far as the API shows, it would be the same as one that exists already: %s. "+
			"Most likely an earlier apply was interrupted after it had created that agent. To take it over, run `terraform import ADDRESS %s` and apply again. "+
			"If it is somebody else's and you want one more, give yours another label.",
		plan.subject(), candidates(left), left[0].ID))
	return true
}

// findLost returns the agent that a create has made whose answer got lost: the one agent
// that is not older than the call, that no state holds, and of which all that can be read is
// as the plan has it (API-AGENT.md, ruling 3). Where there is none, or more than one, it
// reports that with all that may be it.
func (r *agentResource) findLost(ctx context.Context, plan *agentModel, before []talq.Agent, lost *talq.OutcomeUnknownError, diags *diag.Diagnostics) (talq.Agent, bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lasting)
	defer cancel()
	op := plan.operation("create")
	look := fmt.Sprintf("Look in the dashboard for an agent with the label %q before you apply again.", plan.Label.ValueString())
	after, err := r.Client.FindAgents(ctx, plan.Label.ValueString())
	if err != nil {
		session.AddAPIError(diags, op.Ending(fmt.Sprintf("The search for what it may have created failed too: %s\n\n%s", err, look)), lost)
		return talq.Agent{}, false
	}
	old := map[string]bool{}
	for _, agent := range before {
		old[agent.ID] = true
	}
	var fresh, ours []talq.Agent
	for _, agent := range r.strangers(plan, after.CreatedSince(lost.StartedAt)) {
		if old[agent.ID] {
			continue
		}
		fresh = append(fresh, agent)
		if whole, err := r.whole(ctx, agent); err == nil && plan.mayHaveMade(whole) {
			ours = append(ours, whole)
		}
	}
	switch {
	case len(ours) == 1:
		diags.AddWarning("An agent was found again", fmt.Sprintf(
			"The answer to the create of the %s was lost, but the agent was created: %s. It is the only new agent that matches the configuration in all that the API shows, and no state of this run has it. So this resource manages it from now on.",
			plan.subject(), candidates(ours)))
		return ours[0], true
	case len(fresh) == 0:
		session.AddAPIError(diags, op.Ending("There is no new agent with this label so far. If one appears later, the next apply sees it and creates no second one."), lost)
	default:
		session.AddAPIError(diags, op.Ending(fmt.Sprintf(
			"It may have created one of these: %s. Take the right one over with `terraform import ADDRESS ID`, or delete it in the dashboard.", candidates(fresh))), lost)
	}
	return talq.Agent{}, false
}

// strangers are those of the agents that have the plan's label, and that no state holds that
// this run knows of.
func (r *agentResource) strangers(plan *agentModel, agents []talq.Agent) []talq.Agent {
	label := tfvalue.Trim(plan.Label.ValueString())
	return slices.DeleteFunc(slices.Clone(agents), func(a talq.Agent) bool {
		return r.Run.HasAgent(a.ID) || a.Label.Value != nil && tfvalue.Trim(*a.Label.Value) != label
	})
}

// whole returns an agent with all its parts: a list may leave some out.
func (r *agentResource) whole(ctx context.Context, a talq.Agent) (talq.Agent, error) {
	if showsAllThatIsSent(a) && a.Actions.Present && a.Trainings.Present && a.Status() != "" {
		return a, nil
	}
	return r.Client.GetAgent(ctx, a.ID)
}

// showsAllThatIsSent reports whether nothing of what a create sends and an answer can show
// is missing.
func showsAllThatIsSent(a talq.Agent) bool {
	return a.Label.Present && a.Name.Present && a.Description.Present && a.Language.Present && a.InitialMessage.Present &&
		a.InterruptSensitivity.Present && a.ConversationSpeed.Present && a.InitialMessageDelay.Present && a.AskIfHumanPresentOnIdle.Present &&
		a.Direction.Present && a.WhoSpeaksFirst.Present && a.PhoneNumberIDs().Present && a.Voice.Present
}

// isUntouched reports whether an agent is a draft that nobody has given anything.
func isUntouched(a talq.Agent) bool {
	return a.Status() == talq.AgentDraft && a.Actions.Value != nil && len(*a.Actions.Value) == 0 && a.Trainings.Value != nil && len(*a.Trainings.Value) == 0
}

// mayHaveMade reports whether all that can be read of an agent is what a create of the plan
// makes, with or without the parts that are written after it.
func (m *agentModel) mayHaveMade(a talq.Agent) bool {
	if !showsAllThatIsSent(a) {
		return false
	}
	seen := m.stateFromServer(a)
	for _, t := range seen.differing(m) {
		if t.name == "voice" && seen.Voice.IsNull() || t.part == advanced {
			continue // not written yet
		}
		return false
	}
	return true
}

// candidates lists agents for a message.
func candidates(agents []talq.Agent) string {
	const most = 20
	var lines []string
	for i, a := range agents {
		if i == most {
			lines = append(lines, fmt.Sprintf("and %d more", len(agents)-most))
			break
		}
		at := ""
		if a.CreatedAt.Value != nil {
			at = " (created at " + tfvalue.Escaped(*a.CreatedAt.Value) + ")"
		}
		lines = append(lines, tfvalue.Escaped(a.ID)+at)
	}
	return strings.Join(lines, ", ")
}
