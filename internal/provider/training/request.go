package training

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// createRequest is the one mapping from plan to the body of an upsert. A create and an update
// send the same: every field has a value, so nothing is left out and nothing taken away.
func (m *trainingModel) createRequest() talq.TrainingRequest {
	return talq.TrainingRequest{
		NodeID: m.NodeID.ValueString(), Subject: m.Subject.ValueString(), Instructions: m.Instructions.ValueString(),
		CurrentStatus: m.CurrentStatus.ValueString(),
	}
}

// attributePath finds the attribute that a field of the request came from, for the field
// errors of the API.
func (m *trainingModel) attributePath(field string) (path.Path, bool) {
	parts := session.SplitField(field)
	if len(parts) == 0 {
		return path.Empty(), false // a remark on no field
	}
	_, ours := m.attributes()[parts[0]]
	return path.Root(parts[0]), ours
}
