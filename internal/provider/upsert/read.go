package upsert

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// ReadFailed reports a read of a state's item that failed.
func (r *Resource) ReadFailed(state Item, imported bool, err error, resp *resource.ReadResponse) {
	session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: state.Subject, Kind: r.Kind, Stateless: imported}, err)
}

// Gone handles what the agent and a whole listing of its items, of which there are so many,
// both lack: after an import it never was there, else it is taken out of the state.
func (r *Resource) Gone(ctx context.Context, state Item, imported bool, there int, resp *resource.ReadResponse) {
	if imported {
		forms := r.importForm()
		if r.Kind.HasNodeIDs() {
			forms = fmt.Sprintf("%[2]s or %[2]s/NODE_ID; the %[1]s's id is the API's, not the node id", r.Kind, forms)
		}
		resp.Diagnostics.AddError("No such "+string(r.Kind)+" to import", fmt.Sprintf(
			"The agent %[2]s has %[3]d %[1]ss, and none with the id %[4]q. Import ids are %[5]s.",
			r.Kind, state.AgentID.ValueString(), there, state.ID.ValueString(), forms))
		return
	}
	resp.Diagnostics.AddWarning(r.Kind.CapitalOne()+" is gone", fmt.Sprintf(
		"The %s is no longer among the agent's %ss: somebody deleted it outside Terraform. It was removed from the state. If the configuration still has it, an apply creates it again.",
		state.Subject, r.Kind))
	resp.State.RemoveResource(ctx)
}
