package providerschema

import (
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// convertProvider converts the answers of the two schema calls.
func convertProvider(
	from *tfprotov6.GetProviderSchemaResponse,
	identities *tfprotov6.GetResourceIdentitySchemasResponse,
) (*tfjson.ProviderSchema, error) {
	to := &tfjson.ProviderSchema{}
	var err error
	if to.ConfigSchema, err = convertSchema(from.Provider); err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	if to.ResourceSchemas, err = convertEach("resource", from.ResourceSchemas, convertSchema); err != nil {
		return nil, err
	}
	if to.DataSourceSchemas, err = convertEach("data source", from.DataSourceSchemas, convertSchema); err != nil {
		return nil, err
	}
	if to.EphemeralResourceSchemas, err = convertEach("ephemeral resource", from.EphemeralResourceSchemas, convertSchema); err != nil {
		return nil, err
	}
	if to.ListResourceSchemas, err = convertEach("list resource", from.ListResourceSchemas, convertSchema); err != nil {
		return nil, err
	}
	if to.ActionSchemas, err = convertEach("action", from.ActionSchemas, convertAction); err != nil {
		return nil, err
	}
	if to.StateStoreSchemas, err = convertEach("state store", from.StateStoreSchemas, convertSchema); err != nil {
		return nil, err
	}
	if to.Functions, err = convertEach("function", from.Functions, convertFunction); err != nil {
		return nil, err
	}
	if to.ResourceIdentitySchemas, err = convertEach("identity of", identities.IdentitySchemas, convertIdentity); err != nil {
		return nil, err
	}
	return to, nil
}

// convertEach converts a map's values, and says whose value it could not.
func convertEach[From, To any](kind string, from map[string]From, convert func(From) (To, error)) (map[string]To, error) {
	to := make(map[string]To, len(from))
	for name, value := range from {
		converted, err := convert(value)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, name, err)
		}
		to[name] = converted
	}
	return to, nil
}

func convertSchema(from *tfprotov6.Schema) (*tfjson.Schema, error) {
	content, err := convertBlock(from.Block)
	if err != nil {
		return nil, err
	}
	version, err := count(from.Version)
	if err != nil {
		return nil, fmt.Errorf("version: %w", err)
	}
	return &tfjson.Schema{Version: version, Block: content}, nil
}

func convertAction(from *tfprotov6.ActionSchema) (*tfjson.ActionSchema, error) {
	content, err := convertBlock(from.Schema.Block)
	if err != nil {
		return nil, err
	}
	return &tfjson.ActionSchema{Block: content}, nil
}

func convertBlock(from *tfprotov6.SchemaBlock) (*tfjson.SchemaBlock, error) {
	to := &tfjson.SchemaBlock{
		Description:     from.Description,
		DescriptionKind: descriptionKind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
		NestedBlocks:    make(map[string]*tfjson.SchemaBlockType, len(from.BlockTypes)),
	}
	var err error
	if to.Attributes, err = convertAttributes(from.Attributes); err != nil {
		return nil, err
	}
	for _, nested := range from.BlockTypes {
		if to.NestedBlocks[nested.TypeName], err = convertNestedBlock(nested); err != nil {
			return nil, fmt.Errorf("block %s: %w", nested.TypeName, err)
		}
	}
	return to, nil
}

func convertNestedBlock(from *tfprotov6.SchemaNestedBlock) (*tfjson.SchemaBlockType, error) {
	mode, ok := blockNesting[from.Nesting]
	if !ok {
		return nil, fmt.Errorf("unknown nesting mode %s", from.Nesting)
	}
	content, err := convertBlock(from.Block)
	if err != nil {
		return nil, err
	}
	to := &tfjson.SchemaBlockType{NestingMode: mode, Block: content}
	if to.MinItems, err = count(from.MinItems); err != nil {
		return nil, fmt.Errorf("minimum: %w", err)
	}
	if to.MaxItems, err = count(from.MaxItems); err != nil {
		return nil, fmt.Errorf("maximum: %w", err)
	}
	return to, nil
}

func convertAttributes(from []*tfprotov6.SchemaAttribute) (map[string]*tfjson.SchemaAttribute, error) {
	to := make(map[string]*tfjson.SchemaAttribute, len(from))
	for _, a := range from {
		converted, err := convertAttribute(a)
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", a.Name, err)
		}
		to[a.Name] = converted
	}
	return to, nil
}

func convertAttribute(from *tfprotov6.SchemaAttribute) (*tfjson.SchemaAttribute, error) {
	to := &tfjson.SchemaAttribute{
		Description:     from.Description,
		DescriptionKind: descriptionKind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
		Required:        from.Required,
		Optional:        from.Optional,
		Computed:        from.Computed,
		Sensitive:       from.Sensitive,
		WriteOnly:       from.WriteOnly,
	}
	var err error
	if from.NestedType == nil {
		to.AttributeType, err = convertType(from.Type)
		return to, err
	}
	mode, ok := objectNesting[from.NestedType.Nesting]
	if !ok {
		return nil, fmt.Errorf("unknown nesting mode %s", from.NestedType.Nesting)
	}
	to.AttributeNestedType = &tfjson.SchemaNestedAttributeType{NestingMode: mode}
	to.AttributeNestedType.Attributes, err = convertAttributes(from.NestedType.Attributes)
	return to, err
}

func convertIdentity(from *tfprotov6.ResourceIdentitySchema) (*tfjson.IdentitySchema, error) {
	version, err := count(from.Version)
	if err != nil {
		return nil, fmt.Errorf("version: %w", err)
	}
	to := &tfjson.IdentitySchema{
		Version:    version,
		Attributes: make(map[string]*tfjson.IdentityAttribute, len(from.IdentityAttributes)),
	}
	for _, a := range from.IdentityAttributes {
		attributeType, err := convertType(a.Type)
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", a.Name, err)
		}
		to.Attributes[a.Name] = &tfjson.IdentityAttribute{
			IdentityType:      attributeType,
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return to, nil
}

func convertFunction(from *tfprotov6.Function) (*tfjson.FunctionSignature, error) {
	to := &tfjson.FunctionSignature{
		Description:        from.Description,
		Summary:            from.Summary,
		DeprecationMessage: from.DeprecationMessage,
	}
	var err error
	if to.ReturnType, err = convertType(from.Return.Type); err != nil {
		return nil, fmt.Errorf("return type: %w", err)
	}
	for _, p := range from.Parameters {
		converted, err := convertParameter(p)
		if err != nil {
			return nil, err
		}
		to.Parameters = append(to.Parameters, converted)
	}
	if from.VariadicParameter != nil {
		to.VariadicParameter, err = convertParameter(from.VariadicParameter)
	}
	return to, err
}

func convertParameter(from *tfprotov6.FunctionParameter) (*tfjson.FunctionParameter, error) {
	parameterType, err := convertType(from.Type)
	if err != nil {
		return nil, fmt.Errorf("parameter %s: %w", from.Name, err)
	}
	return &tfjson.FunctionParameter{
		Name:        from.Name,
		Description: from.Description,
		IsNullable:  from.AllowNullValue,
		Type:        parameterType,
	}, nil
}
