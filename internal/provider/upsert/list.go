package upsert

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// List is the list resource of a kind, for `terraform query` (Terraform 1.14 or newer). T is
// the API's type of it.
type List[T any] struct {
	session.Base
	Kind        session.Kind
	Description string
	OfAgent     string                            // describes agent_id
	Filters     map[string]schema.StringAttribute // by the name of the attribute that they compare
	// Read returns all that an agent has of the kind.
	Read func(ctx context.Context, client *talq.Client, agentID string) ([]T, error)
	// Shown returns what an agent in the API's list of agents shows of the kind, nil where it
	// shows none. It is nil for a kind that no answer about an agent shows.
	Shown func(agent talq.Agent) *[]T
	// IsWhole reports whether what an answer shows of one is enough for Found; nil where it
	// always is.
	IsWhole func(T) bool
	Found   func(agentID string, one T) Found
}

// Found is one result of a list.
type Found struct {
	Name       string // "Book (webhook)"
	Item       Item
	State      any                   // the resource's model
	Attributes map[string]attr.Value // of the model
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *List[T]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := map[string]schema.Attribute{"agent_id": schema.StringAttribute{
		MarkdownDescription: l.OfAgent,
		Optional:            true,
		Validators:          []validator.String{tfvalue.AgentIDValidator},
	}}
	for name, filter := range l.Filters {
		attributes[name] = filter
	}
	resp.Schema = schema.Schema{MarkdownDescription: l.Description, Attributes: attributes}
}

// List implements [list.ListResource]: the agents, with what they have of the kind.
func (l *List[T]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var agentID types.String
	diags := req.Config.GetAttribute(ctx, path.Root("agent_id"), &agentID)
	filters := map[string]types.String{}
	for name := range l.Filters {
		var filter types.String
		diags.Append(req.Config.GetAttribute(ctx, path.Root(name), &filter)...)
		filters[name] = filter
	}
	agents := l.agents(ctx, agentID, &diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		left := req.Limit // 0 for all
		for _, agent := range agents {
			all, problems := l.of(ctx, agent, !agentID.IsNull())
			if len(problems) > 0 && !push(list.ListResult{Diagnostics: problems}) {
				return
			}
			for _, one := range all {
				found := l.Found(agent.ID, one)
				if !found.passes(filters) {
					continue
				}
				if !push(found.result(ctx, req, agent)) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
	}
}

// agents returns the one agent that is asked for, or all that the token reaches.
func (l *List[T]) agents(ctx context.Context, agentID types.String, diags *diag.Diagnostics) []talq.Agent {
	switch {
	case diags.HasError():
		return nil
	case agentID.IsNull():
		agents, err := l.Client.ListAgents(ctx, talq.AgentFilter{})
		if err != nil {
			session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "agents", Stateless: true}, err)
		}
		return agents
	}
	agent, err := l.Client.GetAgent(ctx, agentID.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "agent " + agentID.ValueString(), Stateless: true}, err)
	}
	return []talq.Agent{agent}
}

// of returns what an agent has of the kind: of a single agent by a call of its own, else as the
// list of agents shows it, if it does.
func (l *List[T]) of(ctx context.Context, agent talq.Agent, single bool) (all []T, problems diag.Diagnostics) {
	if l.Shown != nil && !single {
		shown := l.Shown(agent)
		if shown != nil && l.areWhole(*shown) {
			return *shown, nil
		}
		problems.AddWarning(l.Kind.CapitalWord()+"s that are not listed", fmt.Sprintf(
			"The API's list of agents does not show the %ss of agent %s, or not all of them. List them with agent_id = %q.", l.Kind, agent.ID, agent.ID))
		return nil, problems
	}
	all, err := l.Read(ctx, l.Client, agent.ID)
	if err != nil {
		op := session.Operation{Verb: session.VerbList, Subject: string(l.Kind) + "s of agent " + agent.ID, Stateless: true}
		if l.Shown == nil {
			op.Verb = "read" // there may be others still: the list goes on
		}
		session.AddAPIError(&problems, op, err)
	}
	if l.areWhole(all) {
		return all, problems
	}
	problems.AddWarning(l.Kind.CapitalWord()+"s that are not listed", fmt.Sprintf(
		"The API's answer leaves out parts of the %ss of agent %s that a list needs, so none of them is listed. Try again; if this stays so, report it to Talq.", l.Kind, agent.ID))
	return nil, problems
}

// areWhole reports whether what was read of each is enough to list it.
func (l *List[T]) areWhole(all []T) bool {
	return l.IsWhole == nil || !slices.ContainsFunc(all, func(one T) bool { return !l.IsWhole(one) })
}

// passes reports whether the filters, which may be null, let it through.
func (f Found) passes(filters map[string]types.String) bool {
	for name, filter := range filters {
		if !filter.IsNull() && !filter.Equal(f.Attributes[name]) {
			return false
		}
	}
	return true
}

// result is what Terraform is told of it, beside the agent that has it.
func (f Found) result(ctx context.Context, req list.ListRequest, agent talq.Agent) list.ListResult {
	result := req.NewListResult(ctx)
	name := agent.ID
	if agent.Name.Value != nil {
		name = tfvalue.StateText(*agent.Name.Value)
	}
	result.DisplayName = name + " / " + f.Name
	result.Diagnostics.Append(result.Identity.Set(ctx, f.Item.Identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, f.State)...)
	}
	return result
}
