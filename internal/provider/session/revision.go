package session

import (
	"fmt"

	"github.com/hashicorp/go-uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NewRevision returns a text that no write has had before, for what the subject names.
func NewRevision(subject string, diags *diag.Diagnostics) types.String {
	id, err := uuid.GenerateUUID()
	if err != nil {
		// Not an error: it is written, and its state must be saved.
		diags.AddWarning("No new revision", fmt.Sprintf("The %s was written, but has no revision now, since this machine returned no random numbers (%s). "+
			"So the publication may have missed this write and left the agent a draft. Plan and apply again, which publishes a draft agent.", subject, err))
		return types.StringNull()
	}
	return types.StringValue(id)
}
