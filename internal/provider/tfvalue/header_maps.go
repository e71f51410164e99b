package tfvalue

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

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The headers of a call come from two maps, and go out as one list. This file joins them,
// and finds the map again for what the API says of the list.

// HeaderMaps are the attributes of a model that hold headers.
type HeaderMaps struct {
	CustomHeaders    types.Map   `tfsdk:"custom_headers"`
	CustomHeadersWO  types.Map   `tfsdk:"custom_headers_wo"` // null but in a configuration
	HeadersWOVersion types.Int64 `tfsdk:"custom_headers_wo_version"`
	// WriteOnly are the headers of custom_headers_wo, which only the configuration
	// has. No state or plan is read into it or made from it.
	WriteOnly []talq.Header `tfsdk:"-"`
}

// NoHeaders are those of a model that has none.
func NoHeaders() HeaderMaps {
	return HeaderMaps{CustomHeaders: types.MapNull(types.StringType), CustomHeadersWO: types.MapNull(types.StringType)}
}

// HasHeaders reports whether a plan or a state sets headers. A state knows of
// the write-only ones by their version.
func (m *HeaderMaps) HasHeaders() bool {
	return !m.CustomHeaders.IsNull() || !m.HeadersWOVersion.IsNull()
}

// ReadWriteOnlyHeaders takes the write-only headers out of a configuration, for a write:
// neither plan nor state has them. It repeats the rule that value and version need each
// other, since what was not known at plan is known only now.
func (m *HeaderMaps) ReadWriteOnlyHeaders(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	var headers types.Map
	diags.Append(config.GetAttribute(ctx, path.Root(AttributeHeadersWO), &headers)...)
	if !diags.HasError() {
		checkHeadersVersion(headers, m.HeadersWOVersion, diags)
		m.WriteOnly = HeadersOf(headers)
	}
}

// CheckHeaders is the rules between the attributes of a configuration.
func (m *HeaderMaps) CheckHeaders(diags *diag.Diagnostics) {
	checkHeadersOnce(m.CustomHeaders, m.CustomHeadersWO, diags)
	checkHeadersVersion(m.CustomHeadersWO, m.HeadersWOVersion, diags)
}

// Headers are those of a plan, joined in the order of their names, which differ. It prints
// no value.
type Headers struct {
	joined []placedHeader
	at     path.Path
}

// placedHeader is a header and the attribute that it comes from.
type placedHeader struct {
	talq.Header
	attribute string
}

// Headers joins the two maps.
func (m *HeaderMaps) Headers() Headers {
	h := Headers{at: path.Root(AttributeHeaders)}
	if m.CustomHeaders.IsNull() && m.WriteOnly != nil {
		h.at = path.Root(AttributeHeadersWO)
	}
	for _, header := range HeadersOf(m.CustomHeaders) {
		h.joined = append(h.joined, placedHeader{header, AttributeHeaders})
	}
	for _, header := range m.WriteOnly {
		h.joined = append(h.joined, placedHeader{header, AttributeHeadersWO})
	}
	slices.SortFunc(h.joined, func(a, b placedHeader) int { return cmp.Compare(a.Name, b.Name) })
	return h
}

// HeadersOf wraps the values of a map, in the order of the names.
func HeadersOf(headers types.Map) []talq.Header {
	var found []talq.Header
	for _, name := range slices.Sorted(maps.Keys(headers.Elements())) {
		if value, ok := headers.Elements()[name].(types.String); ok {
			found = append(found, talq.Header{Name: name, Value: talq.NewSecret(value.ValueString())})
		}
	}
	return found
}

// checkHeadersVersion refuses a value without a version and a version without a value:
// the first would never be sent again, the second sends nothing.
func checkHeadersVersion(headers types.Map, version types.Int64, diags *diag.Diagnostics) {
	switch {
	case headers.IsUnknown() || version.IsUnknown():
	case !headers.IsNull() && version.IsNull():
		diags.AddAttributeError(path.Root(AttributeWOVersion), "Write-only headers without a version",
			"Terraform keeps no write-only values, so it cannot see that one has changed. Set "+AttributeWOVersion+" to 1, and raise it whenever a value of "+AttributeHeadersWO+" changes.")
	case headers.IsNull() && !version.IsNull():
		diags.AddAttributeError(path.Root(AttributeHeadersWO), "Version without write-only headers",
			AttributeWOVersion+" is set, and "+AttributeHeadersWO+" is null: there is nothing to send. Give the headers, or remove the version too if there are to be none.")
	}
}

// checkHeadersOnce refuses a header that stands in both maps.
func checkHeadersOnce(plain, writeOnly types.Map, diags *diag.Diagnostics) {
	there := map[string]string{}
	for name := range plain.Elements() {
		there[strings.ToLower(name)] = name
	}
	for _, name := range slices.Sorted(maps.Keys(writeOnly.Elements())) {
		if other, both := there[strings.ToLower(name)]; both {
			diags.AddAttributeError(path.Root(AttributeHeadersWO).AtMapKey(name), "Header given twice",
				AttributeHeaders+" has the header "+Quoted([]string{other})+" already, and case does not count in names of HTTP headers. Remove it from one of the two maps.")
		}
	}
}

// Sent returns what goes into a body; never nil.
func (h Headers) Sent() []talq.Header {
	sent := []talq.Header{}
	for _, header := range h.joined {
		sent = append(sent, header.Header)
	}
	return sent
}

// Path is where a remark on all headers belongs.
func (h Headers) Path() path.Path { return h.at }

// PathOf is where a remark on one entry of the sent list belongs.
func (h Headers) PathOf(index int) path.Path {
	if index >= 0 && index < len(h.joined) {
		return path.Root(h.joined[index].attribute).AtMapKey(h.joined[index].Name)
	}
	return h.at
}
