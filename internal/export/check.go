package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/provider"
)

// checker asks the provider itself whether it takes a configuration. An account may hold what
// no configuration may, such as an action without a description.
type checker struct {
	server tfprotov6.ProviderServer
	types  map[string]tftypes.Object
}

func newChecker(ctx context.Context, version string) (*checker, error) {
	c := &checker{server: providerserver.NewProtocol6(provider.New(version)())(), types: map[string]tftypes.Object{}}
	schemas, err := c.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for name, schema := range schemas.ResourceSchemas {
		if object, ok := schema.ValueType().(tftypes.Object); ok {
			c.types[name] = object
		}
	}
	return c, nil
}

// resource returns what is wrong with a resource that has these attributes, and what is
// worth a warning.
func (c *checker) resource(ctx context.Context, kind string, attributes map[string]attr.Value) (problems, warnings []string, err error) {
	object := c.types[kind]
	values := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
		if value, ok := attributes[name]; ok {
			if values[name], err = value.ToTerraformValue(ctx); err != nil {
				return nil, nil, err
			}
		}
	}
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		return nil, nil, err
	}
	resp, err := c.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: kind, Config: &config})
	if err != nil {
		return nil, nil, err
	}
	for _, d := range resp.Diagnostics {
		text := d.Summary
		if d.Attribute != nil {
			text = readable(d.Attribute) + ": " + d.Summary
		}
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			problems = append(problems, text)
		} else {
			warnings = append(warnings, text)
		}
	}
	slices.Sort(problems) // the framework walks a map
	slices.Sort(warnings)
	return problems, warnings, nil
}

// readable writes a path as a person would: inputs.0.name.
func readable(path *tftypes.AttributePath) string {
	var parts []string
	for _, step := range path.Steps() {
		parts = append(parts, fmt.Sprint(step))
	}
	return strings.Join(parts, ".")
}
