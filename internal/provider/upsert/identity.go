package upsert

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Identity is what tells one item from all others (Terraform 1.12 or newer). The node id is
// no part of it: an identity may not change, and after an import the node id is not known yet.
type Identity struct {
	AgentID types.String `tfsdk:"agent_id"`
	ID      types.String `tfsdk:"id"`
}

// Identity returns the identity of the item.
func (i Item) Identity() Identity { return Identity{AgentID: i.AgentID, ID: i.ID} }

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The agent that the " + string(r.Kind) + " belongs to."},
		"id":       identityschema.StringAttribute{RequiredForImport: true, Description: "The " + string(r.Kind) + "'s id."},
	}}
}
