package webhook

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// subject names a webhook in a sentence: `webhook "CRM" (9fcafbf2-…) of agent agent-1`.
func (m *webhookModel) subject() string {
	if !set(m.ID) && set(m.Name) {
		return fmt.Sprintf("webhook %q of agent %s", m.Name.ValueString(), tfvalue.Escaped(m.AgentID.ValueString()))
	}
	return upsert.Subject(session.Webhook, m.Name, types.StringNull(), m.ID, m.AgentID)
}

// item is the webhook as what all kinds share takes it.
func (m *webhookModel) item() upsert.Item {
	return upsert.Item{
		Kind: session.Webhook, AgentID: m.AgentID, ID: m.ID, Revision: m.Revision, Subject: m.subject(),
	}
}

// operation is a call about the webhook, for the diagnostics. The error is the call's.
func (m *webhookModel) operation(verb string, err error) session.Operation {
	op := session.Operation{Verb: verb, Subject: m.subject(), Kind: session.Webhook, At: m.attributePath}
	switch verb {
	case "create":
		op.Again = "The next create looks first for what this one may have created, so there will be no second webhook."
	case "delete":
		op.Again = "Deleting it again does no harm."
	default:
		op.Again = "It sends the same again, which does no harm."
		if gone, _ := talq.IsGone(err); gone {
			op.NotFound = "Most likely somebody deleted it after the plan. Plan and apply again: if it is gone, the plan creates it."
		}
	}
	return op
}

// warnImported names what an import cannot bring. It comes once: the read after the import
// is the only one whose state has no name.
func (m *webhookModel) warnImported(diags *diag.Diagnostics) {
	var names []string
	for _, h := range hiddenAttributes {
		if !h.IsSet(m) {
			names = append(names, h.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	diags.AddWarning("Some attributes cannot be imported", fmt.Sprintf(
		"The API does not return these attributes of the %s: %s. You may leave them out of the configuration: they are then never sent, and the webhook keeps the values that it has. "+
			"Write those that you want to manage into the configuration: the next apply sends them.", m.subject(), tfvalue.Listed(names)))
}
