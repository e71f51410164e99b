// Package session is what the nouns share of a run: the client, write locks, the ledger of
// what was written, what is known of each agent, publishing, and how a failure of the API
// becomes a diagnostic.
package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// What the provider does about hidden changes: the values of the provider's attribute
// hidden_changes.
const (
	HiddenWarn    = "warn"
	HiddenRewrite = "rewrite"
	HiddenIgnore  = "ignore"
)

// The environment variables that are read where the provider block leaves an attribute out.
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

// Session is what the provider's Configure hands to each noun: one per run.
type Session struct {
	Client        *talq.Client
	Run           *run
	HiddenChanges string // one of the values of hidden_changes
}

// New makes the session of one configured provider.
func New(client *talq.Client, hiddenChanges string) *Session {
	return &Session{Client: client, Run: &run{}, HiddenChanges: hiddenChanges}
}

// From returns what Configure made, for the Configure of a resource, a data
// source or an action. It is nil while the provider is not configured, as at
// validate.
func From(data any, diags *diag.Diagnostics) *Session {
	s, ok := data.(*Session)
	if data != nil && !ok {
		diags.AddError("The provider cannot be used", "It handed over data of an unexpected type. This is a bug of the provider: please report it.")
	}
	return s
}

// SetIdentity stores an identity. There is no place for it with a Terraform that does not know
// identities.
func SetIdentity(ctx context.Context, to *tfsdk.ResourceIdentity, identity any, diags *diag.Diagnostics) {
	if to != nil {
		diags.Append(to.Set(ctx, identity)...)
	}
}
