package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

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
