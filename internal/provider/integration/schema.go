package integration

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// integrationsSchema is the schema of the data source talq_action_integrations. It
// holds no logic.
func integrationsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The catalogue of integrations that an action can use. An integration is set up in the dashboard; an action names it.",
		Attributes: map[string]schema.Attribute{
			"category": schema.StringAttribute{
				MarkdownDescription: "Only integrations of this category, such as `scheduling`. The catalogue says which there are.",
				Optional:            true,
				Validators:          []validator.String{tfvalue.NotBlankValidator},
			},
			"integrations": schema.ListNestedAttribute{
				MarkdownDescription: "The integrations, in the API's order. Empty if there is none.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: integrationAttributes()},
			},
		},
	}
}

// integrationAttributes are the attributes of an entry of the catalogue, named as
// the API names them.
func integrationAttributes() map[string]schema.Attribute {
	return tfvalue.Texts(map[string]string{
		"identifier":   "What goes into `integration = { id = … }` of a `talq_action`.",
		"display_name": "The name that the dashboard shows.", "description": "What the integration does.",
		"category": "The kind of integration, such as `scheduling`.", "icon_url": "The address of its picture.",
	})
}

// integrationEntryType is the type of an entry of the catalogue, as the schema has it.
var integrationEntryType = tfvalue.ObjectType(integrationAttributes())
