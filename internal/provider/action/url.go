package action

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// credentialWords are names under which URLs carry credentials, whole or as a
// word of a name: `key`, `api-key`, `X-Amz-Signature`, `accessToken`.
var credentialWords = []string{
	"key", "apikey", "token", "secret", "password", "passwd", "pass", "pwd", "auth", "authorization", "authentication",
	"credential", "credentials", "sig", "signature", "jwt", "bearer", "sas",
}

// camelHump is where one word of a name ends and the next begins.
var camelHump = regexp.MustCompile(`([a-z0-9])([A-Z])`)

// namesCredential reports whether a query parameter is named like a credential.
func namesCredential(parameter string) bool {
	spaced := camelHump.ReplaceAllString(parameter, "$1 $2")
	words := strings.FieldsFunc(strings.ToLower(spaced), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(credentialWords, word) })
}

// checkURLs warns of credentials in URLs, which stand in state, plans and logs
// in plain sight. The warning does not repeat them.
func (m *actionModel) checkURLs(diags *diag.Diagnostics) {
	for _, attribute := range []struct {
		name  string
		value types.String
	}{{"url", m.URL}, {"authorization_url", m.AuthorizationURL}} {
		if where := credentialIn(attribute.value.ValueString()); where != "" {
			diags.AddAttributeWarning(path.Root(attribute.name), "A URL is not secret",
				attribute.name+" seems to hold credentials: "+where+". A URL stands in plain sight in state, plans and the output of Terraform, and Talq's API returns it to every reader. "+
					"Put credentials into "+tfvalue.AttributeHeadersWO+" (or "+tfvalue.AttributeHeaders+") if the target takes them there, and replace those that were in the URL.")
		}
	}
}

// credentialIn says where in a URL credentials seem to be, "" for nowhere. It
// names parameters, never values.
func credentialIn(text string) string {
	parsed, err := url.Parse(text)
	if err != nil {
		return "" // which is an error of its own
	}
	if parsed.User != nil {
		return "a user name or a password before the host"
	}
	var found []string
	for part := range strings.SplitSeq(parsed.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		if decoded, err := url.QueryUnescape(name); err == nil {
			name = decoded
		}
		if value != "" && namesCredential(name) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return "the value of the query parameter " + tfvalue.Quoted(found)
}
