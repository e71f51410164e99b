package action

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The headers of an action come from two maps, and go out as one list. This file
// joins them, and finds the map again for what the API says of the list.

// readWriteOnly takes the write-only headers out of a configuration, for a write:
// neither plan nor state has them. It repeats the rule that value and version
// need each other, since what was not known at plan is known only now.
func (m *actionModel) readWriteOnly(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	var headers types.Map
	diags.Append(config.GetAttribute(ctx, path.Root(tfvalue.AttributeHeadersWO), &headers)...)
	if diags.HasError() {
		return
	}
	m.writeOnly = headersOf(headers)
	checkVersion(headers, m.HeadersWOVersion, diags)
}

// headersOf wraps the values of a map, in the order of the names.
func headersOf(headers types.Map) []talq.Header {
	var found []talq.Header
	for _, name := range slices.Sorted(maps.Keys(headers.Elements())) {
		if value, ok := headers.Elements()[name].(types.String); ok {
			found = append(found, talq.Header{Name: name, Value: talq.NewSecret(value.ValueString())})
		}
	}
	return found
}

// checkVersion refuses a value without a version and a version without a value:
// the first would never be sent again, the second sends nothing.
func checkVersion(headers types.Map, version types.Int64, diags *diag.Diagnostics) {
	switch {
	case headers.IsUnknown() || version.IsUnknown():
	case !headers.IsNull() && version.IsNull():
		diags.AddAttributeError(path.Root(tfvalue.AttributeWOVersion), "Write-only headers without a version",
			"Terraform keeps no write-only values, so it cannot see that one has changed. Set "+tfvalue.AttributeWOVersion+" to 1, and raise it whenever a value of "+tfvalue.AttributeHeadersWO+" changes.")
	case headers.IsNull() && !version.IsNull():
		diags.AddAttributeError(path.Root(tfvalue.AttributeHeadersWO), "Version without write-only headers",
			tfvalue.AttributeWOVersion+" is set, and "+tfvalue.AttributeHeadersWO+" is null: there is nothing to send. Give the headers, or take the version out too, and the action has no write-only headers any more.")
	}
}

// checkHeaders refuses a header that stands in both maps.
func (m *actionModel) checkHeaders(diags *diag.Diagnostics) {
	plain := map[string]string{}
	for name := range m.CustomHeaders.Elements() {
		plain[strings.ToLower(name)] = name
	}
	for _, name := range slices.Sorted(maps.Keys(m.CustomHeadersWO.Elements())) {
		if other, both := plain[strings.ToLower(name)]; both {
			diags.AddAttributeError(path.Root(tfvalue.AttributeHeadersWO).AtMapKey(name), "Header given twice",
				tfvalue.AttributeHeaders+" has the header "+tfvalue.Quoted([]string{other})+" already, and case does not count in names of HTTP headers. Take it out of one of the two maps.")
		}
	}
}

// hasHeaders reports whether a plan or a state sets headers. A state knows of
// the write-only ones by their version.
func (m *actionModel) hasHeaders() bool {
	return !m.CustomHeaders.IsNull() || !m.HeadersWOVersion.IsNull()
}

// placedHeader is a header and the attribute that it comes from.
type placedHeader struct {
	talq.Header
	attribute string
}

// headers joins the two maps in the order of the names, which differ.
func (m *actionModel) headers() []placedHeader {
	var joined []placedHeader
	for _, h := range headersOf(m.CustomHeaders) {
		joined = append(joined, placedHeader{h, tfvalue.AttributeHeaders})
	}
	for _, h := range m.writeOnly {
		joined = append(joined, placedHeader{h, tfvalue.AttributeHeadersWO})
	}
	slices.SortFunc(joined, func(a, b placedHeader) int { return cmp.Compare(a.Name, b.Name) })
	return joined
}

// sentHeaders returns what goes into the body.
func (m *actionModel) sentHeaders() []talq.Header {
	sent := []talq.Header{}
	for _, h := range m.headers() {
		sent = append(sent, h.Header)
	}
	return sent
}

// headersPath is where a remark on all headers belongs.
func (m *actionModel) headersPath() path.Path {
	if m.CustomHeaders.IsNull() && m.writeOnly != nil {
		return path.Root(tfvalue.AttributeHeadersWO)
	}
	return path.Root(tfvalue.AttributeHeaders)
}

// headerPath is where a remark on one entry of the sent list belongs.
func (m *actionModel) headerPath(index int) path.Path {
	if joined := m.headers(); index >= 0 && index < len(joined) {
		return path.Root(joined[index].attribute).AtMapKey(joined[index].Name)
	}
	return m.headersPath()
}
