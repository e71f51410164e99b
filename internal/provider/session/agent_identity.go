package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// AgentIdentity tells what an agent has one of from all others.
type AgentIdentity struct {
	AgentID types.String `tfsdk:"agent_id"`
}

// AgentIdentitySchema is the schema of an [AgentIdentity].
func AgentIdentitySchema(description string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: description},
	}}
}

// ImportAgent imports what an agent has one of, by the agent's id or by identity. The form says
// what an import id is.
func ImportAgent(ctx context.Context, agentID, form string, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := AgentIdentity{AgentID: types.StringValue(agentID)}
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	if problem := tfvalue.AgentIDValidator.Check(identity.AgentID.ValueString()); problem != "" {
		resp.Diagnostics.AddError("Wrong import id", form+" "+problem)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("agent_id"), identity.AgentID)...)
	SetIdentity(ctx, resp.Identity, identity, &resp.Diagnostics)
}
