package flow

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// versionsSchema is the schema of the data source talq_agent_flow_versions. It holds no logic.
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

// versionAttributes are the attributes of a version, named as the API names them.
func versionAttributes() map[string]schema.Attribute {
	return tfvalue.MergedAttributes(
		tfvalue.Texts(map[string]string{
			"id": "The version's id.", "version": "What it is called, such as `1.2.0`.", "created_at": "When it was written.",
			"flow_config_json": "Its graph of nodes as JSON, to be restored as `flow_config_json` of `talq_agent_flow`. The API's reference does not show it; null where the API does not either.",
		}),
		map[string]schema.Attribute{"is_current": schema.BoolAttribute{MarkdownDescription: "Whether it is the flow that the agent has now.", Computed: true}},
	)
}

// versionType is the type of a version, as the schema has it.
var versionType = tfvalue.ObjectType(versionAttributes())
