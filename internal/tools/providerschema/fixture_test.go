package providerschema

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// fixture is a provider that serves one of each thing that a schema can hold.
type fixture struct{ provider.Provider }

func (fixture) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "talq"
}

func (fixture) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerschema.Schema{
		MarkdownDescription: "The *provider*.",
		Attributes: map[string]providerschema.Attribute{
			"token": providerschema.StringAttribute{
				Optional: true, Sensitive: true, MarkdownDescription: "The `token`.",
			},
		},
		Blocks: map[string]providerschema.Block{
			"limits": providerschema.SingleNestedBlock{
				Attributes: map[string]providerschema.Attribute{
					"rate": providerschema.Float64Attribute{Optional: true, Description: "In plain text."},
				},
			},
		},
	}
}

func (fixture) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return thing{} }}
}

func (fixture) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return look{} }}
}

func (fixture) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return secret{} }}
}

func (fixture) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return join{} }}
}

func (fixture) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{func() list.ListResource { return things{} }}
}

func (fixture) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return publish{} }}
}

// look is the data source.
type look struct{ datasource.DataSource }

func (look) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "talq_look"
}

func (look) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = datasourceschema.Schema{
		DeprecationMessage: "Use another one.",
		Attributes: map[string]datasourceschema.Attribute{
			"name": datasourceschema.StringAttribute{Required: true},
			"found": datasourceschema.ListNestedAttribute{
				Computed: true,
				NestedObject: datasourceschema.NestedAttributeObject{
					Attributes: map[string]datasourceschema.Attribute{
						"id": datasourceschema.StringAttribute{Computed: true},
					},
				},
			},
		},
	}
}

// secret is the ephemeral resource.
type secret struct{ ephemeral.EphemeralResource }

func (secret) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "talq_secret"
}

func (secret) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralschema.Schema{
		Attributes: map[string]ephemeralschema.Attribute{
			"value": ephemeralschema.StringAttribute{Computed: true, Sensitive: true},
		},
	}
}

// join is the function.
type join struct{ function.Function }

func (join) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "join"
}

func (join) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Joins",
		MarkdownDescription: "Joins *words*.",
		DeprecationMessage:  "Use another one.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "separator", AllowNullValue: true, Description: "Between the words."},
		},
		VariadicParameter: function.StringParameter{Name: "words"},
		Return:            function.StringReturn{},
	}
}

// things is the list resource.
type things struct{ list.ListResource }

func (things) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "talq_thing"
}

func (things) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{
		MarkdownDescription: "Lists *things*.",
		Attributes: map[string]listschema.Attribute{
			"agent_id": listschema.StringAttribute{Optional: true, MarkdownDescription: "Whose things."},
		},
	}
}

// publish is the action.
type publish struct{ action.Action }

func (publish) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "talq_publish"
}

func (publish) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionschema.Schema{
		MarkdownDescription: "Publishes *now*.",
		Attributes: map[string]actionschema.Attribute{
			"agent_id": actionschema.StringAttribute{Required: true},
		},
	}
}
