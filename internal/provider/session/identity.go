package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// SetIdentity stores an identity. It is nil where nobody asked for one, as with a
// Terraform that does not know identities.
func SetIdentity(ctx context.Context, to *tfsdk.ResourceIdentity, identity any, diags *diag.Diagnostics) {
	if to != nil {
		diags.Append(to.Set(ctx, identity)...)
	}
}
