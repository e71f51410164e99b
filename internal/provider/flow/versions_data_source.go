package flow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var _ datasource.DataSourceWithConfigure = (*versionsDataSource)(nil)

// versionsDataSource is the data source talq_agent_flow_versions.
type versionsDataSource struct{ session.DataSource }

// versionsModel is its attributes.
type versionsModel struct {
	AgentID  types.String `tfsdk:"agent_id"`
	Versions types.List   `tfsdk:"versions"`
}

// NewVersionsDataSource makes the data source talq_agent_flow_versions.
func NewVersionsDataSource() datasource.DataSource {
	return &versionsDataSource{session.NewDataSource("agent_flow_versions", versionsSchema)}
}

// Read implements [datasource.DataSource].
func (d *versionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model versionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	versions, err := d.Client.FlowVersions(ctx, model.AgentID.ValueString())
	if err != nil {
		session.AddAPIError(&resp.Diagnostics, session.Operation{Verb: "read", Subject: "versions of the flow of agent " + model.AgentID.ValueString(), Stateless: true}, err)
		return
	}
	elements := make([]attr.Value, 0, len(versions))
	for _, version := range versions {
		elements = append(elements, versionFromAPI(version))
	}
	model.Versions = types.ListValueMust(versionType, elements)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// versionFromAPI is the one mapping from the API's version to attributes. What an answer
// leaves out, or has as null or "", is null.
func versionFromAPI(version talq.FlowVersion) attr.Value {
	text := func(got talq.Opt[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got) }
	config := types.StringNull()
	if raw := version.FlowConfig.Value; raw != nil && string(*raw) != "null" {
		config = types.StringValue(tfvalue.StateText(tfvalue.HclValue(*raw)))
	}
	return types.ObjectValueMust(versionType.AttrTypes, map[string]attr.Value{
		"id": text(talq.Some(version.ID)), "version": text(version.Version.Opt()), "created_at": text(version.CreatedAt.Opt()),
		"is_current": types.BoolPointerValue(version.IsCurrent.Value), "flow_config_json": config,
	})
}
