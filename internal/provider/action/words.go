package action

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// subject names an action in a sentence: `action "Schedule" (schedule) of agent agent-1`.
func (m *actionModel) subject() string {
	return upsert.Subject(session.Action, m.Name, m.NodeID, m.ID, m.AgentID)
}

// item is the action as the writes by node id take it.
func (m *actionModel) item() upsert.Item {
	return upsert.Item{
		Kind: session.Action, AgentID: m.AgentID, ID: m.ID, NodeID: m.NodeID, Revision: m.Revision, Subject: m.subject(), At: m.attributePath,
	}
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
	alsoWriteOnly := ""
	if slices.Contains(names, tfvalue.AttributeHeaders) {
		alsoWriteOnly = " Write the headers as `" + tfvalue.AttributeHeadersWO + "` to keep their values out of the state."
	}
	diags.AddWarning("Some attributes cannot be imported", fmt.Sprintf(
		"The API does not return these attributes of the %s: %s. If the action uses any of them, write them into the configuration before the next change: "+
			"the provider does not send what it never set, and an update that leaves them out may reset them.%s",
		m.subject(), tfvalue.Listed(names), alsoWriteOnly))
}
