package upsert

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
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

// ImportState implements [resource.ResourceWithImportState].
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, err := r.parseImportID(req.ID)
	if req.ID == "" { // an identity is also there on an import by id, where it is null
		var identity Identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
		id, err = r.checkedImportID(identity.AgentID.ValueString(), identity.ID.ValueString())
	}
	if err != nil && req.ID == "" {
		resp.Diagnostics.AddError("Wrong import identity", fmt.Sprintf(
			"The identity of the import cannot be used: %s. Write { agent_id, id }, with the API's id of the %s.", err, r.Kind))
		return
	}
	if err != nil {
		or := ""
		if r.Kind.HasNodeIDs() {
			or = fmt.Sprintf(", or %s/NODE_ID with the node id that the %s was created with", r.importForm(), r.Kind)
		}
		resp.Diagnostics.AddError("Wrong import id", fmt.Sprintf("The import id %q cannot be used: %s. Write %s%s.", req.ID, err, r.importForm(), or))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("agent_id"), id.agentID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id.id)...)
	session.SetIdentity(ctx, resp.Identity, Identity{AgentID: types.StringValue(id.agentID), ID: types.StringValue(id.id)}, &resp.Diagnostics)
	if id.nodeID != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("node_id"), id.nodeID)...)
	}
}

// importForm is what an import id looks like: "AGENT_ID/ACTION_ID".
func (r *Resource) importForm() string { return "AGENT_ID/" + strings.ToUpper(string(r.Kind)) + "_ID" }

// importID is an import id in its parts; the node id may be empty.
type importID struct{ agentID, id, nodeID string }

// parseImportID splits at the first two slashes: a node id may hold more.
func (r *Resource) parseImportID(text string) (importID, error) {
	parts := strings.SplitN(text, "/", 3)
	if len(parts) < 2 {
		return importID{}, fmt.Errorf("it has only one part")
	}
	if len(parts) > 2 && !r.Kind.HasNodeIDs() {
		return importID{}, fmt.Errorf("it has more than two parts")
	}
	return r.checkedImportID(parts...)
}

// checkedImportID checks the parts: the agent's id, the item's, and perhaps the node id.
func (r *Resource) checkedImportID(parts ...string) (importID, error) {
	names := []string{"agent's id", string(r.Kind) + "'s id", "node id"}
	for i, part := range parts {
		problem := tfvalue.CheckID(part)
		if i < 2 && (part == "." || part == "..") {
			problem = "An id cannot be \".\" or \"..\"."
		}
		if problem != "" {
			return importID{}, fmt.Errorf("its %s is wrong: %s", names[i], strings.TrimSuffix(problem, "."))
		}
	}
	id := importID{agentID: parts[0], id: parts[1]}
	if len(parts) == 3 {
		id.nodeID = parts[2]
	}
	return id, nil
}
