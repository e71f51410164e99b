package tfvalue

// The headers of an action come from two maps, and go out as one list. This file
// joins them, and finds the map again for what the API says of the list.

// The attributes that hold headers.
const (
	AttributeHeaders   = "custom_headers"
	AttributeHeadersWO = "custom_headers_wo"
	AttributeWOVersion = "custom_headers_wo_version"
)
