package action

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func (m *actionModel) nodeKey() session.NodeKey {
	return session.NodeKey{Kind: session.Action, AgentID: m.AgentID.ValueString(), NodeID: m.NodeID.ValueString()}
}

func (m *actionModel) actionKey() session.ItemKey {
	return session.ItemKey{Kind: session.Action, AgentID: m.AgentID.ValueString(), ID: m.ID.ValueString()}
}

// subject names an action in a sentence: `action "Schedule" (schedule) of agent agent-1`.
func (m *actionModel) subject() string {
	by := m.NodeID.ValueString()
	if by == "" {
		by = m.ID.ValueString()
	}
	if m.Name.ValueString() == "" {
		return fmt.Sprintf("action %s of agent %s", tfvalue.Escaped(by), tfvalue.Escaped(m.AgentID.ValueString()))
	}
	return fmt.Sprintf("action %q (%s) of agent %s", m.Name.ValueString(), tfvalue.Escaped(by), tfvalue.Escaped(m.AgentID.ValueString()))
}

// operationOn is a write of this run on the action, for the diagnostics.
func operationOn(m *actionModel, verb string) session.Operation {
	again := "It writes by node id, so there will be no second copy."
	if verb == "delete" {
		again = "Deleting it again does no harm."
	}
	return session.Operation{Verb: verb, Kind: session.Action, Subject: m.subject(), Again: again, At: m.attributePath}
}

// noteWritten notes that a write has put the agent into draft, and warns where
// that undid a publication of this very run.
func (r *actionResource) noteWritten(m *actionModel, diags *diag.Diagnostics) {
	agentID := m.AgentID.ValueString()
	if !r.Run.NoteDraft(agentID) {
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
		m.subject(), tfvalue.Listed(names), alsoWriteOnly(names)))
}

// alsoWriteOnly names the other attribute that headers can be written into.
func alsoWriteOnly(names []string) string {
	if !slices.Contains(names, tfvalue.AttributeHeaders) {
		return ""
	}
	return " The values of headers stay out of the state in `" + tfvalue.AttributeHeadersWO + "`."
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

// waysOutOfWrongNodeID completes the errors about a node id that is not the
// action's own. To correct it in place works only while the state has none:
// after that another one replaces the action.
func (m *actionModel) waysOutOfWrongNodeID() string {
	if m.NodeID.IsNull() {
		return "write the action's right node_id into the configuration and apply again. Where nobody knows it, give it a new node_id of your own and run " +
			"`terraform apply -replace=ADDRESS`: that makes the action again, so write what the API does not return into the configuration first."
	}
	return "take the action out of the state with `terraform state rm` and import it again with its right node id. Where nobody knows that, " +
		"give it a new node_id: the plan then replaces the action, so write what the API does not return into the configuration first."
}
