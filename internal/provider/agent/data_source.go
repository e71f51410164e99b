// Package agent is the resource talq_agent, its list resource and the data sources of agents.
package agent

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ datasource.DataSourceWithConfigure        = (*agentDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*agentDataSource)(nil)
)

// agentDataSource is the data source talq_agent.
type agentDataSource struct{ session.DataSource }

// NewDataSource makes the data source talq_agent.
func NewDataSource() datasource.DataSource {
	return &agentDataSource{session.NewDataSource("agent", agentSchema)}
}

// ConfigValidators implements [datasource.DataSourceWithConfigValidators].
func (d *agentDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements [datasource.DataSource]. A name is looked up over all pages of
// the listing, and the agent is then read by its id: a listing may leave parts out.
func (d *agentDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var id, name types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("id"), &id)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name"), &name)...)
	if resp.Diagnostics.HasError() {
		return
	}
	agentID := id.ValueString()
	if id.IsNull() {
		agentID = d.find(ctx, name.ValueString(), &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	agent, err := d.Client.GetAgent(ctx, agentID)
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: "agent " + agentID, Stateless: true}, err)
		return
	}
	d.Run.NoteReadiness(agent.ID, agent.IsReadyToPublish.Value)
	for attribute, value := range agentValues(agent) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attribute), value)...)
	}
}

// find returns the id of the one agent with a name.
func (d *agentDataSource) find(ctx context.Context, name string, diags *diag.Diagnostics) string {
	agents, err := d.Client.ListAgents(ctx, talq.AgentFilter{})
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "agents", Stateless: true}, err)
		return ""
	}
	var found, others []string
	for _, agent := range agents {
		if agent.Name.Value != nil && *agent.Name.Value == name {
			found = append(found, agent.ID)
		} else if agent.Name.Value != nil {
			others = append(others, *agent.Name.Value)
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		diags.AddAttributeError(path.Root("name"), "No agent with that name", fmt.Sprintf(
			"No agent that the token reaches is named exactly %q, capitals included. There are %d agents: %s. Correct the name, or give the id. "+
				"If the agent should be there, check that the token belongs to its environment.", name, len(agents), shortened(others)))
	default:
		diags.AddAttributeError(path.Root("name"), "Several agents with that name", fmt.Sprintf(
			"%d agents are named %q: %s. Give the id of the right one instead.", len(found), name, shortened(found)))
	}
	return ""
}

// shortened lists words, but no more than a screen holds.
func shortened(words []string) string {
	const most = 20
	switch {
	case len(words) == 0:
		return "none with a name"
	case len(words) > most:
		return tfvalue.Quoted(words[:most]) + fmt.Sprintf(" and %d more", len(words)-most)
	}
	return tfvalue.Quoted(words)
}

// agentsModel is the data source talq_agents.
type agentsModel struct {
	Status    types.String `tfsdk:"status"`
	Direction types.String `tfsdk:"direction"`
	Search    types.String `tfsdk:"search"`
	Agents    types.List   `tfsdk:"agents"`
}

// NewListDataSource makes the data source talq_agents.
func NewListDataSource() datasource.DataSource {
	return session.NewLookup("agents", agentsSchema, fillAgents)
}

func fillAgents(ctx context.Context, client *talq.Client, model *agentsModel, diags *diag.Diagnostics) {
	agents, err := client.ListAgents(ctx, talq.AgentFilter{
		Status: model.Status.ValueString(), Direction: model.Direction.ValueString(), Search: model.Search.ValueString(),
	})
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "agents", Stateless: true}, err)
		return
	}
	model.Agents = tfvalue.ListFromAPI(agentAttributes(), agents, agentValues)
}
