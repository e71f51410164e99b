package tfvalue

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// WarnCredentials warns of a user name or a password in the URL of an attribute, which
// stands in state, plans and logs in plain sight. The warning does not repeat them. A query
// parameter gives none: whether `key=…` is a secret only its owner knows, and many targets
// take it nowhere else.
func WarnCredentials(attribute string, value types.String, diags *diag.Diagnostics) {
	if parsed, err := url.Parse(value.ValueString()); err == nil && parsed.User != nil { // a wrong URL is an error of its own
		diags.AddAttributeWarning(path.Root(attribute), "A URL is not secret",
			attribute+" holds a user name or a password before the host. A URL is shown in the state, in plans and in Terraform's output, and Talq's API returns it to everybody who may read. "+
				"Put credentials into "+AttributeHeadersWO+" (or "+AttributeHeaders+"), and replace those that were in the URL.")
	}
}
