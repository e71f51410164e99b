package tfvalue

// The attributes that hold headers. The log masks them, and actions send them.
const (
	AttributeHeaders   = "custom_headers"
	AttributeHeadersWO = "custom_headers_wo"
	AttributeWOVersion = "custom_headers_wo_version"
)
