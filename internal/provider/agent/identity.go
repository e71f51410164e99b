package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// agentIdentity is what tells one agent from all others (Terraform 1.12 or newer).
type agentIdentity struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *agentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true, Description: "The agent's id."},
	}}
}

// identity returns the identity of the agent that a state holds.
func (m *agentModel) identity() agentIdentity { return agentIdentity{ID: m.ID} }

// keyOf names an agent in the memory of a run.
func keyOf(agentID string) session.ItemKey {
	return session.ItemKey{Kind: session.Agent, AgentID: agentID, ID: agentID}
}
