package action

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// actionIdentity is what tells one action from all others (Terraform 1.12 or
// newer). The node id is no part of it: an identity may not change, and after an
// import the node id is not known yet.
type actionIdentity struct {
	AgentID types.String `tfsdk:"agent_id"`
	ID      types.String `tfsdk:"id"`
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *actionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The agent that the action belongs to."},
		"id":       identityschema.StringAttribute{RequiredForImport: true, Description: "The action's id."},
	}}
}

// identity returns the identity of the action that a state holds.
func (m *actionModel) identity() actionIdentity {
	return actionIdentity{AgentID: m.AgentID, ID: m.ID}
}

// importID returns the import id that means the same, after a check of its parts.
func (i actionIdentity) importID() (importID, error) {
	return checkedImportID(i.AgentID.ValueString(), i.ID.ValueString())
}

// wrongIdentity completes an error about an identity that cannot be used.
func wrongIdentity(err error) string {
	return fmt.Sprintf("The identity of the import is not usable: %s. It is { agent_id, id }, with the API's id of the action.", err)
}
