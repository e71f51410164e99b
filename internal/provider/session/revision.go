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
		diags.AddWarning("No new revision", fmt.Sprintf("The %s was written, but the machine gave no random numbers for its revision (%s). "+
			"A publication that looks at it may not see this write, and leave the agent a draft. Plan and apply again: an agent that is a draft is published then.", subject, err))
		return types.StringNull()
	}
	return types.StringValue(id)
}
