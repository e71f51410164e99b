package providerschema

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// thing is the fixture's resource, with every kind of attribute and block.
type thing struct{ resource.Resource }

func (thing) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "talq_thing"
}

func (thing) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Version: 2,
		Attributes: map[string]identityschema.Attribute{
			"agent_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Whose thing."},
			"number":   identityschema.Int64Attribute{OptionalForImport: true},
		},
	}
}

func (thing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Version:             3,
		MarkdownDescription: "A *thing*.",
		Attributes:          thingAttributes(),
		Blocks:              thingBlocks(),
	}
}

func thingAttributes() map[string]schema.Attribute {
	element := schema.NestedAttributeObject{
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{Required: true, MarkdownDescription: "Its *name*."},
			"deep": schema.SingleNestedAttribute{
				Optional:   true,
				Attributes: map[string]schema.Attribute{"flag": schema.BoolAttribute{Optional: true}},
			},
		},
	}
	return map[string]schema.Attribute{
		"id":         schema.StringAttribute{Computed: true},
		"either":     schema.Int64Attribute{Optional: true, Computed: true},
		"plain":      schema.StringAttribute{Required: true, Description: "In plain text."},
		"number":     schema.NumberAttribute{Optional: true},
		"flag":       schema.BoolAttribute{Optional: true},
		"anything":   schema.DynamicAttribute{Optional: true},
		"secret":     schema.StringAttribute{Optional: true, Sensitive: true},
		"secret_wo":  schema.MapAttribute{ElementType: types.StringType, Optional: true, Sensitive: true, WriteOnly: true},
		"deprecated": schema.StringAttribute{Optional: true, DeprecationMessage: "Use another one."},
		"list":       schema.ListAttribute{ElementType: types.StringType, Optional: true},
		"set":        schema.SetAttribute{ElementType: types.ListType{ElemType: types.NumberType}, Optional: true},
		"map":        schema.MapAttribute{ElementType: types.BoolType, Optional: true},
		"object": schema.ObjectAttribute{
			Optional:       true,
			AttributeTypes: map[string]attr.Type{"a": types.StringType, "b": types.Float64Type},
		},
		"nested_single": schema.SingleNestedAttribute{Optional: true, Attributes: element.Attributes},
		"nested_list":   schema.ListNestedAttribute{Optional: true, NestedObject: element},
		"nested_set":    schema.SetNestedAttribute{Optional: true, NestedObject: element},
		"nested_map":    schema.MapNestedAttribute{Optional: true, NestedObject: element},
	}
}

func thingBlocks() map[string]schema.Block {
	element := schema.NestedBlockObject{
		Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Required: true}},
		Blocks: map[string]schema.Block{
			"inner": schema.SingleNestedBlock{
				Attributes: map[string]schema.Attribute{"flag": schema.BoolAttribute{Optional: true}},
			},
		},
	}
	return map[string]schema.Block{
		"block_single": schema.SingleNestedBlock{MarkdownDescription: "A *block*.", Attributes: element.Attributes},
		"block_list":   schema.ListNestedBlock{DeprecationMessage: "Use another one.", NestedObject: element},
		"block_set":    schema.SetNestedBlock{NestedObject: element},
	}
}
