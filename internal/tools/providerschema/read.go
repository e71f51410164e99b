// Package providerschema turns what a provider serves into the JSON form that
// `terraform providers schema -json` prints.
//
// Terraform itself prints only what its own version knows: 1.11 leaves out
// resource identities, list resources and actions. The pages of the
// documentation must not depend on the CLI at hand, so this package asks the
// provider in process instead.
package providerschema

import (
	"context"
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// formatVersion is the version of the JSON form that terraform-json reads.
const formatVersion = "1.0"

// Read asks a provider for everything it serves and returns it under the given
// source address.
func Read(ctx context.Context, address string, p provider.Provider) (*tfjson.ProviderSchemas, error) {
	server := providerserver.NewProtocol6(p)()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("reading the provider's schemas: %w", err)
	}
	if err := firstError(schemas.Diagnostics); err != nil {
		return nil, fmt.Errorf("reading the provider's schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("reading the resources' identities: %w", err)
	}
	if err := firstError(identities.Diagnostics); err != nil {
		return nil, fmt.Errorf("reading the resources' identities: %w", err)
	}
	converted, err := convertProvider(schemas, identities)
	if err != nil {
		return nil, err
	}
	return &tfjson.ProviderSchemas{
		FormatVersion: formatVersion,
		Schemas:       map[string]*tfjson.ProviderSchema{address: converted},
	}, nil
}

// firstError makes an error of the first diagnostic that is one: a provider
// with a broken schema must not get pages that look right.
func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return errors.New(d.Summary + ": " + d.Detail)
		}
	}
	return nil
}
