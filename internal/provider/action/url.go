package action

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// checkURLs warns of a user name or a password in a URL, which stands in state, plans
// and logs in plain sight. The warning does not repeat them. A query parameter gives
// none: whether `key=…` is a secret only its owner knows, and many targets take it
// nowhere else.
func (m *actionModel) checkURLs(diags *diag.Diagnostics) {
	for _, attribute := range []struct {
		name  string
		value types.String
	}{{"url", m.URL}, {"authorization_url", m.AuthorizationURL}} {
		if parsed, err := url.Parse(attribute.value.ValueString()); err == nil && parsed.User != nil { // a wrong URL is an error of its own
			diags.AddAttributeWarning(path.Root(attribute.name), "A URL is not secret",
				attribute.name+" holds a user name or a password before the host. A URL stands in plain sight in state, plans and the output of Terraform, and Talq's API returns it to every reader. "+
					"Put credentials into "+tfvalue.AttributeHeadersWO+" (or "+tfvalue.AttributeHeaders+"), and replace those that were in the URL.")
		}
	}
}
