package flow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// flowIdentity tells one flow from all others: an agent has one.
type flowIdentity struct {
	AgentID types.String `tfsdk:"agent_id"`
}

// identity returns the identity of the flow that a state holds.
func (m *flowModel) identity() flowIdentity { return flowIdentity{AgentID: m.AgentID} }

// IdentitySchema implements [resource.ResourceWithIdentity].
func (r *flowResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The agent whose flow it is."},
	}}
}

// ImportState implements [resource.ResourceWithImportState]: the id is the agent's.
func (r *flowResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := flowIdentity{AgentID: types.StringValue(req.ID)}
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	if problem := tfvalue.AgentIDValidator.Check(identity.AgentID.ValueString()); problem != "" {
		resp.Diagnostics.AddError("Wrong import id", fmt.Sprintf("The import id of a flow is the agent's id. %s", problem))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("agent_id"), identity.AgentID)...)
	session.SetIdentity(ctx, resp.Identity, identity, &resp.Diagnostics)
}
