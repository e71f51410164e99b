package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// undescribed returns the paths of the attributes in a block that have no
// description, nested ones too.
func undescribed(at string, attributes []*tfprotov6.SchemaAttribute) []string {
	var found []string
	for _, attribute := range attributes {
		path := at + "." + attribute.Name
		if strings.TrimSpace(attribute.Description) == "" {
			found = append(found, path)
		}
		if attribute.NestedType != nil {
			found = append(found, undescribed(path, attribute.NestedType.Attributes)...)
		}
	}
	return found
}

func TestSchemaDescribesEverything(t *testing.T) {
	p := acctest.NewProtocol(t)
	schemas := map[string]*tfprotov6.SchemaBlock{"provider": p.Schema.Provider.Block}
	for name, schema := range p.Schema.ResourceSchemas {
		schemas["resource "+name] = schema.Block
	}
	for name, schema := range p.Schema.DataSourceSchemas {
		schemas["data source "+name] = schema.Block
	}
	for name, schema := range p.Schema.EphemeralResourceSchemas {
		schemas["ephemeral resource "+name] = schema.Block
	}
	for name, schema := range p.Schema.ListResourceSchemas {
		schemas["list resource "+name] = schema.Block
	}
	for name, schema := range p.Schema.ActionSchemas {
		if schema.Schema != nil {
			schemas["action "+name] = schema.Schema.Block
		}
	}
	if _, ok := schemas["resource talq_action"]; !ok {
		t.Fatal("the provider serves no talq_action")
	}
	for name, block := range schemas {
		if strings.TrimSpace(block.Description) == "" {
			t.Errorf("%s has no description", name)
		}
		for _, path := range undescribed(name, block.Attributes) {
			t.Errorf("%s has no description", path)
		}
		if len(block.BlockTypes) > 0 {
			t.Errorf("%s has nested blocks, which this test does not look into", name)
		}
	}
}

func TestIdentitiesDescribeEverything(t *testing.T) {
	p := acctest.NewProtocol(t)
	served, err := p.Server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	identities := served.IdentitySchemas
	for name := range p.Schema.ResourceSchemas {
		if identities[name] == nil {
			t.Errorf("%s has no identity", name)
			continue
		}
		for _, attribute := range identities[name].IdentityAttributes {
			if strings.TrimSpace(attribute.Description) == "" {
				t.Errorf("the identity of %s: %s has no description", name, attribute.Name)
			}
		}
	}
}

func TestSchemaMarksSecrets(t *testing.T) {
	p := acctest.NewProtocol(t)
	var sensitive []string
	marked := func(of string, attributes []*tfprotov6.SchemaAttribute) {
		for _, attribute := range attributes {
			if attribute.Sensitive {
				sensitive = append(sensitive, of+"."+attribute.Name)
			}
		}
	}
	marked("provider", p.Schema.Provider.Block.Attributes)
	for name, schema := range p.Schema.ResourceSchemas {
		marked(name, schema.Block.Attributes)
	}
	slices.Sort(sensitive)
	if want := []string{
		"provider.token", "talq_action.custom_headers", "talq_action.custom_headers_wo", "talq_agent_webhook.custom_headers", "talq_agent_webhook.custom_headers_wo",
		"talq_agent_webhook.webhook_secret", "talq_agent_webhook.webhook_secret_wo",
	}; !slices.Equal(sensitive, want) {
		t.Errorf("sensitive are %v, want %v", sensitive, want)
	}
}
