package integration

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// integrationsModel is the data source talq_action_integrations.
type integrationsModel struct {
	Category     types.String `tfsdk:"category"`
	Integrations types.List   `tfsdk:"integrations"`
}

// seen fills in the entries of the catalogue that the filter lets through.
func (m integrationsModel) seen(catalogue []talq.ActionIntegration) integrationsModel {
	elements := make([]attr.Value, 0, len(catalogue))
	for _, entry := range catalogue {
		if tfvalue.LetsThrough(m.Category, types.StringValue(entry.Category)) {
			elements = append(elements, integrationEntry(entry))
		}
	}
	m.Integrations = types.ListValueMust(integrationEntryType, elements)
	return m
}

// integrationEntry is the one mapping from the API's entry to attributes. What an
// answer leaves out, or has as null or "", is null.
func integrationEntry(entry talq.ActionIntegration) attr.Value {
	text := func(got string) types.String { return tfvalue.TextFromAPI(types.StringNull(), talq.Some(got)) }
	return types.ObjectValueMust(integrationEntryType.AttrTypes, map[string]attr.Value{
		"identifier": text(entry.Identifier), "display_name": text(entry.DisplayName), "description": text(entry.Description),
		"category": text(entry.Category), "icon_url": text(entry.IconURL),
	})
}
