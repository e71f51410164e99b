package provider

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func (m *actionModel) nodeKey() nodeKey {
	return nodeKey{agentID: m.AgentID.ValueString(), nodeID: m.NodeID.ValueString()}
}

func (m *actionModel) actionKey() actionKey {
	return actionKey{agentID: m.AgentID.ValueString(), id: m.ID.ValueString()}
}

// subject names an action in a sentence: `action "Schedule" (schedule) of agent agent-1`.
func (m *actionModel) subject() string {
	by := m.NodeID.ValueString()
	if by == "" {
		by = m.ID.ValueString()
	}
	if m.Name.ValueString() == "" {
		return fmt.Sprintf("action %s of agent %s", escaped(by), escaped(m.AgentID.ValueString()))
	}
	return fmt.Sprintf("action %q (%s) of agent %s", m.Name.ValueString(), escaped(by), escaped(m.AgentID.ValueString()))
}

// escaped makes a text that may be the server's fit for a terminal.
func escaped(text string) string {
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// addWriteError reports a write on an action that failed, and what that makes of the
// agent. It notes first what the write may have done, so that the message knows it.
func (s *session) addWriteError(diags *diag.Diagnostics, op operation, agentID string, err error) {
	if !talq.IsCertain(err) {
		s.run.notePerhapsDraft(agentID)
	}
	op.aftermath = s.draftNow(agentID)
	addAPIError(diags, op, err)
}

// operationOn is a write of this run on the action, for the diagnostics.
func operationOn(m *actionModel, verb string) operation {
	again := "It writes by node id, so there will be no second copy."
	if verb == "delete" {
		again = "Deleting it again does no harm."
	}
	return operation{verb: verb, subject: m.subject(), again: again, at: m.attributePath}
}

// draftNow says whether an agent takes calls, for the end of an error.
func (s *session) draftNow(agentID string) string {
	return draftAfterFailure(agentID, s.run.liveness(agentID)) + otherDrafts(s.run.otherDrafts(agentID))
}

// otherDrafts names the agents beside the failed one that this run writes to,
// such as the one whose actions a wrong agent_id replaced.
func otherDrafts(agentIDs []string) string {
	if len(agentIDs) == 0 {
		return ""
	}
	return fmt.Sprintf(" This run also writes to other agents, which take no calls from then on until they are published: %s.", quoted(agentIDs))
}

// draftAfterFailure says whether the agent takes calls after a write that
// failed, and what is the quickest way back.
func draftAfterFailure(agentID string, known liveness) string {
	switch {
	case known.drafted:
		return fmt.Sprintf("Earlier writes of this run have put agent %s into draft: it takes no calls until it is published. "+
			"The quickest way back is to publish it in the dashboard. Or correct this and apply again: a talq_agent_publication then publishes it.", agentID)
	case known.writing > 1: // the failed one is still counted
		return fmt.Sprintf("Other writes of this run on agent %s are under way. Each that succeeds puts it into draft, and then it takes no calls until it is published. "+
			"The next plan tells; the quickest way back is to publish it in the dashboard.", agentID)
	case known.perhaps:
		return fmt.Sprintf("It is not known whether this run has put agent %s into draft, where it takes no calls until it is published: look at it in the dashboard.", agentID)
	case known.published:
		return fmt.Sprintf("This run has published agent %s, and nothing has put it into draft since: it is published and takes calls.", agentID)
	default:
		return fmt.Sprintf("So far this run has changed nothing on agent %s. If an earlier run has left it a draft, it still is one.", agentID)
	}
}

// noteWritten notes that a write has put the agent into draft, and warns where
// that undid a publication of this very run.
func (r *actionResource) noteWritten(m *actionModel, diags *diag.Diagnostics) {
	agentID := m.AgentID.ValueString()
	if !r.run.noteDraft(agentID) {
		return
	}
	diags.AddWarning("The agent is a draft again", fmt.Sprintf(
		"This run had published agent %s before it wrote the %s, so the agent is a draft again and takes no calls until it is published. "+
			"The triggers of its talq_agent_publication must refer to this action, so that the publication comes after it: "+
			"triggers = { for key, action in talq_action.this : key => action.revision }. If they do, a create_before_destroy has turned the order round: take it out. "+
			"Apply again to publish the agent.", agentID, m.subject()))
}

// unread names the attributes that the API does not return for the action's
// type, and that this answer did not hold either.
func (m *actionModel) unread() []string {
	values := m.attributes()
	return slices.DeleteFunc(m.hiddenOfType(), func(name string) bool { return !values[name].IsNull() })
}

// warnImported names what an import cannot bring. It comes once: the read after
// the import is the only one whose state has no type.
func warnImported(diags *diag.Diagnostics, m actionModel) {
	names := m.unread()
	if len(names) == 0 {
		return
	}
	diags.AddWarning("Some attributes cannot be imported", fmt.Sprintf(
		"The API does not return these attributes of the %s: %s. If the action uses any of them, write them into the configuration before the next change: "+
			"the provider does not send what it never set, and nobody knows whether an update that leaves them out keeps them.%s",
		m.subject(), listed(names), alsoWriteOnly(names)))
}

// alsoWriteOnly names the other attribute that headers can be written into.
func alsoWriteOnly(names []string) string {
	if !slices.Contains(names, attributeHeaders) {
		return ""
	}
	return " The values of headers stay out of the state in `" + attributeHeadersWO + "`."
}

// warnOverwritten says that a create hit an action that was there before.
func warnOverwritten(diags *diag.Diagnostics, m actionModel, stored talq.Upserted) {
	diags.AddWarning("An existing action was overwritten", fmt.Sprintf(
		"The node id %q of agent %s was taken: its action %s now holds what this resource says, and this resource manages it from now on. There are two likely causes.\n"+
			"  1. The action was made elsewhere, in the dashboard or by another configuration. What it held before is lost.\n"+
			"  2. An earlier apply was interrupted after it made the action. Then all is well.\n"+
			"In both cases it may still hold what the API does not return and this configuration does not set.",
		m.NodeID.ValueString(), m.AgentID.ValueString(), stored.ID))
}

func listed(names []string) string {
	return "`" + strings.Join(names, "`, `") + "`"
}

// waysOutOfWrongNodeID completes the errors about a node id that is not the
// action's own. To correct it in place works only while the state has none:
// after that another one replaces the action.
func (m *actionModel) waysOutOfWrongNodeID() string {
	if m.NodeID.IsNull() {
		return "write the action's right node_id into the configuration and apply again. Where nobody knows it, give it a new node_id of your own and run " +
			"`terraform apply -replace=ADDRESS`: that makes the action anew, so write what the API does not return into the configuration first."
	}
	return "take the action out of the state with `terraform state rm` and import it again with its right node id. Where nobody knows that, " +
		"give it a new node_id: the plan then replaces the action, so write what the API does not return into the configuration first."
}
