package agent

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds agents, for `terraform query` (Terraform 1.14 or newer).",
		Attributes: map[string]schema.Attribute{
			"status":    filter("Only agents with this status, `draft` or `published`."),
			"direction": filter("Only agents of this direction, `inbound` or `outbound`."),
			"search":    filter("Only agents that the API finds for this text."),
		},
	}
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
	stream.Results = func(push func(list.ListResult) bool) {
		for i, agent := range agents {
			if req.Limit > 0 && int64(i) == req.Limit || !push(l.result(ctx, req, agent)) {
				return
			}
		}
	}
}

// result is one agent of a list, which may leave parts out: for a resource it is then read.
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
	result.DisplayName = fmt.Sprintf("%s (%s)", cmp.Or(seen.Label.ValueString(), seen.Name.ValueString()), tfvalue.StateText(agent.ID))
	result.Diagnostics.Append(result.Identity.Set(ctx, seen.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, seen)...)
	}
	return result
}
