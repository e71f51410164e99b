package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
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

// ImportState implements [resource.ResourceWithImportState], by the agent's id or by its
// identity. The read after it fills in the rest.
func (r *agentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := agentIdentity{ID: types.StringValue(req.ID)}
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	if problem := tfvalue.AgentIDValidator.Check(identity.ID.ValueString()); problem != "" {
		resp.Diagnostics.AddError("Wrong import id", "The import id of an agent is its id. "+problem)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), identity.ID)...)
	session.SetIdentity(ctx, resp.Identity, identity, &resp.Diagnostics)
}
