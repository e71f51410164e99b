package publication

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// publicationIdentity tells one publication from all others: an agent has one.
type publicationIdentity struct {
	AgentID types.String `tfsdk:"agent_id"`
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *publicationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The agent that is published."},
	}}
}

// identity returns the identity of the publication that a state holds.
func (m *publicationModel) identity() publicationIdentity {
	return publicationIdentity{AgentID: m.AgentID}
}
