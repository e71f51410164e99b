// Package integration is the data source of the catalogue of integrations.
package integration

import (
	"context"
	"slices"

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

type integrationsModel struct {
	Category     types.String `tfsdk:"category"`
	Integrations types.List   `tfsdk:"integrations"`
}

// NewDataSource makes the data source talq_action_integrations.
func NewDataSource() datasource.DataSource {
	return session.NewLookup("action_integrations", integrationsSchema, fill)
}

// fill reads the whole catalogue, since the API cannot filter it.
func fill(ctx context.Context, client *talq.Client, model *integrationsModel, diags *diag.Diagnostics) {
	catalogue, err := client.ListActionIntegrations(ctx)
	if err != nil {
		session.AddAPIError(diags, session.Operation{Verb: session.VerbList, Subject: "action integrations", Stateless: true}, err)
		return
	}
	catalogue = slices.DeleteFunc(catalogue, func(entry talq.ActionIntegration) bool {
		return !tfvalue.LetsThrough(model.Category, types.StringValue(entry.Category))
	})
	model.Integrations = tfvalue.ListFromAPI(integrationAttributes(), catalogue, integrationFromAPI)
}

func integrationFromAPI(entry talq.ActionIntegration) map[string]attr.Value {
	text := func(got string) types.String { return tfvalue.TextFromAPI(types.StringNull(), talq.Some(got)) }
	return map[string]attr.Value{
		"identifier": text(entry.Identifier), "display_name": text(entry.DisplayName), "description": text(entry.Description),
		"category": text(entry.Category), "icon_url": text(entry.IconURL),
	}
}

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

// integrationAttributes are named as the API names them.
func integrationAttributes() map[string]schema.Attribute {
	return tfvalue.Texts(map[string]string{
		"identifier":   "What goes into `integration = { id = … }` of a `talq_action`.",
		"display_name": "The name that the dashboard shows.", "description": "What the integration does.",
		"category": "The kind of integration, such as `scheduling`.", "icon_url": "The address of its picture.",
	})
}
