package action

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// ImportState implements [resource.ResourceWithImportState].
func (r *actionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, err := parseImportID(req.ID)
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		var identity actionIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
		id, err = identity.importID()
	}
	if err != nil && req.ID == "" {
		resp.Diagnostics.AddError("Wrong import identity", wrongIdentity(err))
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Wrong import id", fmt.Sprintf(
			"The import id %q is not usable: %s. It is AGENT_ID/ACTION_ID, or AGENT_ID/ACTION_ID/NODE_ID with the node id that the action was made with.", req.ID, err))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("agent_id"), id.agentID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id.actionID)...)
	session.SetIdentity(ctx, resp.Identity, actionIdentity{AgentID: types.StringValue(id.agentID), ID: types.StringValue(id.actionID)}, &resp.Diagnostics)
	if id.nodeID != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("node_id"), id.nodeID)...)
	}
}

// isImport reports whether a state comes from [actionResource.ImportState] and
// was not read yet.
func (m *actionModel) isImport() bool { return m.Type.IsNull() && m.Name.IsNull() }

// importID is an import id in its parts; the node id may be empty.
type importID struct{ agentID, actionID, nodeID string }

// parseImportID splits at the first two slashes: a node id may hold more.
func parseImportID(text string) (importID, error) {
	parts := strings.SplitN(text, "/", 3)
	if len(parts) < 2 {
		return importID{}, fmt.Errorf("it has only one part")
	}
	return checkedImportID(parts...)
}

// checkedImportID checks the parts: the agent's id, the action's, and perhaps the
// node id.
func checkedImportID(parts ...string) (importID, error) {
	names := []string{"agent's id", "action's id", "node id"}
	for i, part := range parts {
		problem := tfvalue.CheckID(part)
		if i < 2 && (part == "." || part == "..") {
			problem = "An id cannot be a dot or two."
		}
		if problem != "" {
			return importID{}, fmt.Errorf("its %s is wrong: %s", names[i], strings.TrimSuffix(problem, "."))
		}
	}
	id := importID{agentID: parts[0], actionID: parts[1]}
	if len(parts) == 3 {
		id.nodeID = parts[2]
	}
	return id, nil
}
