package action

import "github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"

// hasHeaders reports whether a plan or a state sets headers. A state knows of
// the write-only ones by their version.
func (m *actionModel) hasHeaders() bool {
	return !m.CustomHeaders.IsNull() || !m.HeadersWOVersion.IsNull()
}

// headers are the two maps that are sent as one.
func (m *actionModel) headers() tfvalue.Headers {
	return tfvalue.JoinHeaders(m.CustomHeaders, m.writeOnly)
}
