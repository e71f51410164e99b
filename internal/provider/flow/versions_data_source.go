package flow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

type versionsModel struct {
	AgentID  types.String `tfsdk:"agent_id"`
	Versions types.List   `tfsdk:"versions"`
}

// NewVersionsDataSource makes the data source talq_agent_flow_versions.
func NewVersionsDataSource() datasource.DataSource {
	return session.NewLookup("agent_flow_versions", versionsSchema, fillVersions)
}

func fillVersions(ctx context.Context, client *talq.Client, model *versionsModel, diags *diag.Diagnostics) {
	versions, err := client.FlowVersions(ctx, model.AgentID.ValueString())
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: "read", Subject: "versions of the flow of agent " + model.AgentID.ValueString(), Stateless: true}, err)
		return
	}
	model.Versions = tfvalue.ListFromAPI(versionAttributes(), versions, versionFromAPI)
}

func versionFromAPI(version talq.FlowVersion) map[string]attr.Value {
	text := func(got talq.Opt[string]) types.String { return tfvalue.TextFromAPI(types.StringNull(), got) }
	config := types.StringNull()
	if raw := version.FlowConfig.Value; raw != nil && string(*raw) != "null" {
		config = types.StringValue(tfvalue.StateText(tfvalue.HclValue(*raw)))
	}
	return map[string]attr.Value{
		"id": text(talq.Some(version.ID)), "version": text(version.Version.Opt()), "created_at": text(version.CreatedAt.Opt()),
		"is_current": types.BoolPointerValue(version.IsCurrent.Value), "flow_config_json": config,
	}
}

func versionsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The versions of an agent's flow: every write makes one, whoever made it.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose flow it is.",
				Required:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"versions": schema.ListNestedAttribute{
				MarkdownDescription: "The versions, in the API's order: the newest first. Empty if there is none.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: versionAttributes()},
			},
		},
	}
}

// versionAttributes are named as the API names them.
func versionAttributes() map[string]schema.Attribute {
	return tfvalue.MergedAttributes(
		tfvalue.Texts(map[string]string{
			"id": "The version's id.", "version": "What it is called, such as `1.2.0`.", "created_at": "When it was written.",
			"flow_config_json": "Its graph of nodes as JSON, to be restored as `flow_config_json` of `talq_agent_flow`. The API's reference does not show it; null where the API does not either.",
		}),
		map[string]schema.Attribute{"is_current": schema.BoolAttribute{MarkdownDescription: "Whether it is the flow that the agent has now.", Computed: true}},
	)
}
