package agent

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

var _ list.ListResourceWithConfigure = (*agentList)(nil)

// agentList is the list resource talq_agent, for `terraform query` (Terraform 1.14 or
// newer).
type agentList struct{ session.Base }

// NewList makes the list resource talq_agent.
func NewList() list.ListResource { return &agentList{session.Base{Name: "agent"}} }

// agentListModel is the configuration of a list block.
type agentListModel struct {
	Status    types.String `tfsdk:"status"`
	Direction types.String `tfsdk:"direction"`
	Search    types.String `tfsdk:"search"`
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *agentList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listSchema()
}

// List implements [list.ListResource].
func (l *agentList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config agentListModel
	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	agents, err := l.Client.ListAgents(ctx, talq.AgentFilter{
		Status: config.Status.ValueString(), Direction: config.Direction.ValueString(), Search: config.Search.ValueString(),
	})
	if err != nil {
		session.AddAPIError(&diags, session.Operation{Verb: session.VerbList, Subject: "agents", Stateless: true}, err)
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = l.results(ctx, req, agents)
}

// results returns the agents, as many as Terraform wants. A list of agents may leave parts
// out, which a resource is then read for.
func (l *agentList) results(ctx context.Context, req list.ListRequest, agents []talq.Agent) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		for i, agent := range agents {
			if req.Limit > 0 && int64(i) == req.Limit || !push(l.result(ctx, req, agent)) {
				return
			}
		}
	}
}

// result is one agent of a list.
func (l *agentList) result(ctx context.Context, req list.ListRequest, agent talq.Agent) list.ListResult {
	result := req.NewListResult(ctx)
	if req.IncludeResource && !showsAllThatIsSent(agent) {
		whole, err := l.Client.GetAgent(ctx, agent.ID)
		if err != nil {
			var diags diag.Diagnostics
			session.AddAPIError(&diags, session.Operation{Verb: "read", Subject: "agent " + agent.ID, Stateless: true}, err)
			return list.ListResult{Diagnostics: diags}
		}
		agent = whole
	}
	seen := stateOfNewcomer(agent)
	result.DisplayName = fmt.Sprintf("%s (%s)", seen.displayName(), tfvalue.StateText(agent.ID))
	result.Diagnostics.Append(result.Identity.Set(ctx, seen.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, seen)...)
	}
	return result
}

// displayName is what a person knows an agent by.
func (m *agentModel) displayName() string {
	if label := m.Label.ValueString(); label != "" {
		return label
	}
	return m.Name.ValueString()
}
