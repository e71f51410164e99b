package training

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// differing names the attributes that a person sets and that differ between two
// models, sorted.
func (m *trainingModel) differing(other *trainingModel) []string {
	return tfvalue.Differing(m.attributes(), other.attributes())
}

// item is the training as the writes by node id take it.
func (m *trainingModel) item() upsert.Item {
	return upsert.Item{
		Kind: session.Training, AgentID: m.AgentID, ID: m.ID, NodeID: m.NodeID, Revision: m.Revision,
		Subject: upsert.Subject(session.Training, m.Subject, m.NodeID, m.ID, m.AgentID), At: m.attributePath,
	}
}

// isImport reports whether a state comes from an import and was not read yet.
func (m *trainingModel) isImport() bool { return m.Subject.IsNull() && m.Instructions.IsNull() }

// stateOfNewcomer returns a training of the API's of which no state knows.
func stateOfNewcomer(agentID string, t talq.Training) trainingModel {
	return trainingModel{AgentID: types.StringValue(agentID)}.stateFromServer(t)
}

// Configuration returns what a configuration says of a training for which the plan after an
// import is empty, by attribute.
func Configuration(agentID string, t talq.Training) map[string]attr.Value {
	m := stateOfNewcomer(agentID, t)
	return m.attributes()
}

// stateFromServer is the one mapping from the API to state. What the answer holds wins;
// what it does not hold stays as it was; and where both say the same in another
// form, the form stays (API.md, rulings 1 to 3 and 9, which hold for trainings too).
func (m trainingModel) stateFromServer(t talq.Training) trainingModel {
	m.ID = types.StringValue(*t.ID.Value)
	m.Subject = tfvalue.TextFromAPI(m.Subject, t.Subject)
	m.Instructions = tfvalue.TextFromAPI(m.Instructions, t.Instructions)
	m.CurrentStatus = tfvalue.TextFromAPI(m.CurrentStatus, t.CurrentStatus)
	m.CreatedAt = tfvalue.TimeFromAPI(m.CreatedAt, t.CreatedAt)
	m.UpdatedAt = tfvalue.TimeFromAPI(m.UpdatedAt, t.UpdatedAt)
	if m.NodeID.IsNull() && t.NodeID.Value != nil && *t.NodeID.Value != "" {
		m.NodeID = tfvalue.StateTextOf(t.NodeID.Value)
	}
	return m
}
