// Package upsert is what makes it safe to write by a node id, which no answer shows: actions
// and trainings share it. Two resources never write one node id in a run, what a create takes
// over is named, an update that hits something else destroys nobody's work, and an update
// whose outcome is not known is made again. What of it asks for no node id serves webhooks
// too, which have none.
package upsert

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Resource is what a resource of a kind is built on. It brings the resource's IdentitySchema
// and ImportState, which are the same for all kinds.
type Resource struct {
	session.Resource
	Kind session.Kind
	// Hides reports whether the API leaves more out of its answers than the node id.
	Hides bool
	// IDs returns the ids of all that an agent has of the kind.
	IDs func(ctx context.Context, client *talq.Client, agentID string) (session.IDs, error)
	// Delete removes one of them by its id.
	Delete func(client *talq.Client, ctx context.Context, agentID, id string) error
}

// IDsOf returns a function that returns the ids of what another one reads.
func IDsOf[T any](read func(context.Context, *talq.Client, string) ([]T, error), id func(T) string) func(context.Context, *talq.Client, string) (session.IDs, error) {
	return func(ctx context.Context, client *talq.Client, agentID string) (session.IDs, error) {
		all, err := read(ctx, client, agentID)
		ids := session.IDs{}
		for _, one := range all {
			ids[id(one)] = true
		}
		return ids, err
	}
}

// Item is one of a kind, as a plan or a state holds it.
type Item struct {
	Kind                session.Kind
	AgentID, ID, NodeID types.String // no NodeID where the kind has none
	Revision            types.String
	Subject             string                               // in a sentence: `action "Schedule" (schedule) of agent agent-1`
	At                  func(field string) (path.Path, bool) // see [session.Operation]
}

// Subject names an item in a sentence: `action "Schedule" (schedule) of agent agent-1`. The
// name may be null, as after an import, and so may the node id; then it goes by its id.
func Subject(kind session.Kind, name, nodeID, id, agentID types.String) string {
	by := nodeID.ValueString()
	if by == "" {
		by = id.ValueString()
	}
	if name.ValueString() == "" {
		return fmt.Sprintf("%s %s of agent %s", kind, tfvalue.Escaped(by), tfvalue.Escaped(agentID.ValueString()))
	}
	return fmt.Sprintf("%s %q (%s) of agent %s", kind, name.ValueString(), tfvalue.Escaped(by), tfvalue.Escaped(agentID.ValueString()))
}

// Key names the item as all calls but the upsert do.
func (i Item) Key() session.ItemKey {
	return session.ItemKey{Kind: i.Kind, AgentID: i.AgentID.ValueString(), ID: i.ID.ValueString()}
}

// NodeKey names the item as the upsert does.
func (i Item) NodeKey() session.NodeKey {
	return session.NodeKey{Kind: i.Kind, AgentID: i.AgentID.ValueString(), NodeID: i.NodeID.ValueString()}
}

// Operation is a write of this run on the item, for the diagnostics.
func (i Item) Operation(verb string) session.Operation {
	again := "It writes by node id, so there will be no second copy."
	if verb == "delete" {
		again = "Deleting it again does no harm."
	}
	return session.Operation{Verb: verb, Subject: i.Subject, Again: again, Kind: i.Kind, At: i.At}
}
