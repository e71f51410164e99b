package tfvalue

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Texts makes computed text attributes from their descriptions.
func Texts(descriptions map[string]string) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{}
	for name, description := range descriptions {
		attributes[name] = schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	return attributes
}

// MergedAttributes returns the attributes of both maps.
func MergedAttributes(a, b map[string]schema.Attribute) map[string]schema.Attribute {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// ObjectType returns the type of an object with the given attributes.
func ObjectType[A interface{ GetType() attr.Type }](attributes map[string]A) types.ObjectType {
	kinds := map[string]attr.Type{}
	for name, attribute := range attributes {
		kinds[name] = attribute.GetType()
	}
	return types.ObjectType{AttrTypes: kinds}
}

// ListFromAPI returns a computed list: an object with these attributes for each item.
func ListFromAPI[T any](attributes map[string]schema.Attribute, items []T, values func(T) map[string]attr.Value) types.List {
	kind := ObjectType(attributes)
	elements := make([]attr.Value, 0, len(items))
	for _, item := range items {
		elements = append(elements, types.ObjectValueMust(kind.AttrTypes, values(item)))
	}
	return types.ListValueMust(kind, elements)
}
