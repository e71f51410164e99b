package agent

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// subject names an agent in a sentence: `agent "Front desk" (550e8400-…)`.
func (m *agentModel) subject() string {
	id := tfvalue.Escaped(m.ID.ValueString())
	switch {
	case m.Label.ValueString() == "":
		return "agent " + id
	case id == "":
		return fmt.Sprintf("agent %q", m.Label.ValueString())
	}
	return fmt.Sprintf("agent %q (%s)", m.Label.ValueString(), id)
}

// partWords are what a part is called in a sentence.
var partWords = map[part]string{knowledge: "knowledge", voice: "voice", calling: "calling settings", advanced: "advanced settings"}

// operation is a call about the agent as a whole, for the diagnostics.
func (m *agentModel) operation(verb string) session.Operation {
	op := session.Operation{Verb: verb, Subject: m.subject(), At: attributePath}
	switch verb {
	case "create":
		op.Again = "The next create looks first for what this one may have created, so there will be no second agent."
		op.NotFound = "The API has no agents at this address, or does not know something that the request names, such as a phone number. Check base_url (or " + session.EnvBaseURL + ") and phone_number_ids."
	case "delete":
		op.Again = "Deleting it again does no harm."
	case "unpublish":
		op.Again = "Unpublishing twice does no harm."
	default:
		op.Again = "It sends the same again, which does no harm."
	}
	return op
}

// addPartError reports a failed update of a part of an agent that the state holds.
func (r *agentResource) addPartError(diags *diag.Diagnostics, p part, m *agentModel, err error) {
	agentID := m.ID.ValueString()
	if !talq.IsCertain(err) {
		r.Run.NotePerhapsDraft(agentID)
	}
	r.addError(diags, p, m, err, r.DraftNow(agentID))
}

// addError reports a failed call about a part of an agent. The ending says what it leaves
// behind.
func (r *agentResource) addError(diags *diag.Diagnostics, p part, m *agentModel, err error, ending string) {
	switch {
	case talq.IsVoiceNotFound(err):
		diags.AddAttributeError(path.Root("voice").AtName("template_id"), "No such voice", fmt.Sprintf(
			"The API has no voice template with the id that is set for the %s. Choose one that the data source talq_voice_templates lists.\n\n%s", m.subject(), ending))
	case talq.IsNotEligible(err):
		diags.AddAttributeError(path.Root("advanced_settings").AtName("enable_initial_message_cache"), "The agent makes too few calls", fmt.Sprintf(
			"The API caches the first message only for an agent with 700 calls in seven days, and the %s has fewer: %s. Remove enable_initial_message_cache, or set it to false, until the agent has them.\n\n%s",
			m.subject(), err, ending))
	default:
		op := m.operation("update")
		op.Subject = partWords[p] + " of " + m.subject()
		session.AddAPIError(diags, op.Ending(ending), err)
	}
}

// noteWritten notes that a write has put the agent into draft, and warns where that undid a
// publication of this very run.
func (r *agentResource) noteWritten(m *agentModel, diags *diag.Diagnostics) {
	agentID := m.ID.ValueString()
	if !r.Run.NoteDraft(agentID) {
		return
	}
	diags.AddWarning("The agent is a draft again", fmt.Sprintf(
		"This run published agent %s before it changed the agent itself. So the agent is a draft again, and takes no calls until it is published. "+
			"Let the triggers of its talq_agent_publication refer to the agent, so that the publication comes last: triggers = { agent = talq_agent.this.revision }. "+
			"Then apply again, which publishes the agent.", agentID))
}

// warnImported names what an import cannot bring. It comes once: the read after the import
// is the only one whose state has no label.
func warnImported(diags *diag.Diagnostics, m *agentModel) {
	var names []string
	for _, t := range traits {
		if t.hidden && t.value(m).IsNull() {
			names = append(names, t.name)
		}
	}
	if len(names) == 0 {
		return
	}
	diags.AddWarning("Some attributes cannot be imported", fmt.Sprintf(
		"The API does not return these attributes of the %s: %s. You may leave them out of the configuration: the agent keeps the values that it has. "+
			"Only llm_temperature must be set before the first change of how the agent talks, since the API needs it for such a change.",
		m.subject(), tfvalue.Listed(names)))
}
