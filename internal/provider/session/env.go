package session

// The environment variables that stand in for attributes of the provider block.
// A variable that is set but empty counts as not set, as pipelines often have it.
const (
	EnvToken      = "TALQ_TOKEN"
	EnvTokenOther = "TALKOVER_TOKEN"
	EnvBaseURL    = "TALQ_BASE_URL"
	EnvCACert     = "TALQ_CA_CERT"
)

// WaysToGiveToken completes every error about the token.
const WaysToGiveToken = "There are three ways to give it: the environment variable " + EnvToken + ", the environment variable " + EnvTokenOther +
	", or the attribute token of the provider block (from a variable, never as text in the configuration)."
