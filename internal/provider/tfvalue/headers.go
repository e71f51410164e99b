package tfvalue

// The attributes that hold headers. The log masks them, and actions send them.
const (
	AttributeHeaders   = "custom_headers"
	AttributeHeadersWO = "custom_headers_wo"
	AttributeWOVersion = "custom_headers_wo_version"
)

// The attributes that hold a secret which signs deliveries. The log masks the first two.
const (
	AttributeSecret          = "webhook_secret"
	AttributeSecretWO        = "webhook_secret_wo"
	AttributeSecretWOVersion = "webhook_secret_wo_version"
)
