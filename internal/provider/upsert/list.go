package upsert

import (
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// ListBlock is what a list block asks for.
type ListBlock struct {
	Kind    session.Kind
	AgentID types.String // null for all agents
	// Read puts into an agent what it has of the kind, from a read of its own.
	Read func(ctx context.Context, client *talq.Client, agent *talq.Agent) error
	// Found returns what an agent shows of the kind and the block's filters let through. It
	// reports false where the agent does not show all of it.
	Found func(agent talq.Agent) (found []Found, whole bool)
	// Call stands for both where no answer about an agent shows what it has of the kind.
	Call func(ctx context.Context, agentID string) ([]Found, diag.Diagnostics)
}

// Found is one result of a list block.
type Found struct {
	Name  string // "Book (webhook)"
	Item  Item
	State any // the resource's model
}

// Stream makes the calls and hands on the results, as many as Terraform wants.
func (b ListBlock) Stream(ctx context.Context, client *talq.Client, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	agents := b.agents(ctx, client, &diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = b.results(ctx, req, agents)
}

// agents returns the agents with what they have of the kind: one by its own calls, or all of
// the environment from the pages of the list.
func (b ListBlock) agents(ctx context.Context, client *talq.Client, diags *diag.Diagnostics) []talq.Agent {
	if b.AgentID.IsNull() {
		agents, err := client.ListAgents(ctx, talq.AgentFilter{})
		if err != nil {
			session.AddAPIError(diags, session.Operation{Verb: "list", Subject: "agents", Stateless: true}, err)
		}
		return agents
	}
	agent, err := client.GetAgent(ctx, b.AgentID.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "agent " + b.AgentID.ValueString(), Stateless: true}, err)
		return nil
	}
	if b.Call != nil {
		return []talq.Agent{agent}
	}
	if err := b.Read(ctx, client, &agent); err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "list", Subject: string(b.Kind) + "s of agent " + b.AgentID.ValueString(), Stateless: true}, err)
		return nil
	}
	return []talq.Agent{agent}
}

func (b ListBlock) results(ctx context.Context, req list.ListRequest, agents []talq.Agent) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		left := req.Limit
		for _, agent := range agents {
			if req.Limit > 0 && left == 0 {
				return
			}
			found, problems := b.of(ctx, agent)
			if len(problems) > 0 && !push(list.ListResult{Diagnostics: problems}) {
				return
			}
			for _, one := range found {
				if req.Limit > 0 && left == 0 {
					return
				}
				left--
				if !push(one.Result(ctx, req, agent)) {
					return
				}
			}
		}
	}
}

// of returns what an agent has of the kind.
func (b ListBlock) of(ctx context.Context, agent talq.Agent) (found []Found, problems diag.Diagnostics) {
	if b.Call != nil {
		return b.Call(ctx, agent.ID)
	}
	found, whole := b.Found(agent)
	if !whole {
		problems.AddWarning(b.Kind.CapitalWord()+"s that are not listed", fmt.Sprintf(
			"The API's list of agents does not show the %ss of agent %s, or not all of them. List them with agent_id = %q.", b.Kind, agent.ID, agent.ID))
	}
	return found, problems
}

// Result is what Terraform is told of it, beside the agent that has it.
func (f Found) Result(ctx context.Context, req list.ListRequest, agent talq.Agent) list.ListResult {
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
