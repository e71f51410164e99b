package action

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ list.ListResourceWithConfigure = (*actionList)(nil)

// actionList is the list resource talq_action, for `terraform query` (Terraform
// 1.14 or newer).
type actionList struct{ *session.Session }

// NewList makes the list resource talq_action.
func NewList() list.ListResource { return &actionList{} }

// actionListModel is the configuration of a list block.
type actionListModel struct {
	AgentID       types.String `tfsdk:"agent_id"`
	Type          types.String `tfsdk:"type"`
	CurrentStatus types.String `tfsdk:"current_status"`
}

// Metadata implements [list.ListResource].
func (l *actionList) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_action"
}

// ListResourceConfigSchema implements [list.ListResource].
func (l *actionList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds actions, for `terraform query` (Terraform 1.14 or newer). The API never returns node ids, so a generated configuration lacks its `node_id`.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose actions are listed. Without it those of all agents that the token reaches.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Only actions of this type: `webhook`, `external`, `transfer` or `hold`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(ActionTypes...)},
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "Only `active` or only `inactive` actions.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("active", "inactive")},
			},
		},
	}
}

// Configure implements [list.ListResourceWithConfigure].
func (l *actionList) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.Session = session.From(req.ProviderData, &resp.Diagnostics)
}

// List implements [list.ListResource].
func (l *actionList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config actionListModel
	diags := req.Config.Get(ctx, &config)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	agents := l.agents(ctx, config.AgentID, &diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = config.results(ctx, req, agents)
}

// agents returns the agents with their actions: one by its own calls, or all of the
// environment from the pages of the list.
func (l *actionList) agents(ctx context.Context, agentID types.String, diags *diag.Diagnostics) []talq.Agent {
	if agentID.IsNull() {
		agents, err := l.Client.ListAgents(ctx, talq.AgentFilter{})
		if err != nil {
			session.AddAPIError(diags, session.Operation{Verb: "list", Subject: "agents", Stateless: true}, err)
		}
		return agents
	}
	agent, err := l.Client.GetAgent(ctx, agentID.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "agent " + agentID.ValueString(), Stateless: true}, err)
		return nil
	}
	listing, err := l.Client.ListActions(ctx, agentID.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "list", Subject: "actions of agent " + agentID.ValueString(), Stateless: true}, err)
		return nil
	}
	agent.Actions.Value = &listing.Actions
	return []talq.Agent{agent}
}

// results returns the actions that the configuration asks for, as many as Terraform
// wants.
func (m actionListModel) results(ctx context.Context, req list.ListRequest, agents []talq.Agent) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		left := req.Limit
		for _, agent := range agents {
			if !listsActions(agent) {
				var diags diag.Diagnostics
				diags.AddWarning("Actions that are not listed", fmt.Sprintf(
					"The API's list of agents does not show the actions of agent %s, or not all of them. List them with agent_id = %q.", agent.ID, agent.ID))
				if !push(list.ListResult{Diagnostics: diags}) {
					return
				}
				continue
			}
			for _, action := range *agent.Actions.Value {
				seen := stateOfNewcomer(agent.ID, action)
				if !m.wants(seen) {
					continue
				}
				if req.Limit > 0 && left == 0 {
					return
				}
				left--
				if !push(listResult(ctx, req, agent, seen)) {
					return
				}
			}
		}
	}
}

// listsActions reports whether an agent has its actions, each with what a list is
// filtered and read by. A list of agents may leave parts out (API.md, endpoints).
func listsActions(agent talq.Agent) bool {
	return agent.Actions.Value != nil && !slices.ContainsFunc(*agent.Actions.Value, func(a talq.Action) bool {
		return !a.Name.Present || !a.Type.Present || !a.CurrentStatus.Present
	})
}

// wants reports whether the filters let an action through.
func (m actionListModel) wants(a actionModel) bool {
	return (m.Type.IsNull() || m.Type.Equal(a.Type)) && (m.CurrentStatus.IsNull() || m.CurrentStatus.Equal(a.CurrentStatus))
}

// listResult is one action of a list.
func listResult(ctx context.Context, req list.ListRequest, agent talq.Agent, seen actionModel) list.ListResult {
	result := req.NewListResult(ctx)
	name := agent.ID
	if agent.Name.Value != nil {
		name = tfvalue.StateText(*agent.Name.Value)
	}
	result.DisplayName = fmt.Sprintf("%s / %s (%s)", name, seen.Name.ValueString(), seen.Type.ValueString())
	result.Diagnostics.Append(result.Identity.Set(ctx, seen.item().Identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, seen)...)
	}
	return result
}
