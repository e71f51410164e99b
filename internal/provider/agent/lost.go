package agent

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// unkeyed is the create of a plan.
func (r *agentResource) unkeyed(plan *agentModel) session.Unkeyed[talq.Agent] {
	return session.Unkeyed[talq.Agent]{
		Kind: session.Agent, Key: "label", Value: plan.Label.ValueString(), Operation: plan.operation("create"),
		ID:        func(a talq.Agent) string { return a.ID },
		CreatedAt: func(a talq.Agent) *string { return a.CreatedAt.Value },
		MayBeOurs: func(a talq.Agent) bool { return r.isStranger(plan, a) },
		IsWhatWeAsk: func(ctx context.Context, a talq.Agent) (talq.Agent, bool) {
			whole, err := r.whole(ctx, a)
			return whole, err == nil && plan.mayHaveMade(whole)
		},
		NewerThan: func(ctx context.Context, since time.Time) ([]talq.Agent, error) {
			found, err := r.Client.FindAgents(ctx, plan.Label.ValueString())
			return found.CreatedSince(since), err
		},
	}
}

// refuseLeftOver reports whether there is an agent that an interrupted apply may have left,
// and says so: it is all that a create of the plan makes, nothing was done with it since,
// and no state holds it that this run knows of.
func (r *agentResource) refuseLeftOver(ctx context.Context, plan *agentModel, before []talq.Agent, diags *diag.Diagnostics) bool {
	var left []talq.Agent
	for _, agent := range before {
		if !r.isStranger(plan, agent) {
			continue
		}
		whole, err := r.whole(ctx, agent)
		if err != nil {
			session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "agent " + agent.ID, Stateless: true}, err)
			return true
		}
		if isUntouched(whole) && plan.mayHaveMade(whole) {
			left = append(left, whole)
		}
	}
	return r.unkeyed(plan).RefuseLeftOver(left, "If it is somebody else's and you want one more, give yours another label.", diags)
}

// isStranger reports whether an agent has the plan's label, as far as it shows one, and no
// state holds it that this run knows of.
func (r *agentResource) isStranger(plan *agentModel, a talq.Agent) bool {
	return !r.Run.Knows(keyOf(a.ID)) && (a.Label.Value == nil || tfvalue.Trim(*a.Label.Value) == tfvalue.Trim(plan.Label.ValueString()))
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
