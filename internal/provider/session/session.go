// Package session is what the nouns share of a run: the client, write locks, the ledger of
// what was written, what is known of each agent, publishing, and how a failure of the API
// becomes a diagnostic.
package session

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Somebody who edits a header in the dashboard changes nothing that can be read but
// the action's updated_at. So the time of our own last write is kept in the private
// state, and another one that no readable change explains is a hidden change.

// What the provider does about hidden changes: the values of the provider's attribute
// hidden_changes.
const (
	HiddenWarn    = "warn"
	HiddenRewrite = "rewrite"
	HiddenIgnore  = "ignore"
)

// Session is what [talqProvider.Configure] hands to resources: one per run.
type Session struct {
	Client        *talq.Client
	Run           *run
	HiddenChanges string // one of the values of hidden_changes
}

// New makes the session of one configured provider.
func New(client *talq.Client, hiddenChanges string) *Session {
	return &Session{Client: client, Run: newRun(), HiddenChanges: hiddenChanges}
}

// From gives what Configure made, for the Configure of a resource, a data
// source or an action. It is nil while the provider is not configured, as at
// validate.
func From(data any, diags *diag.Diagnostics) *Session {
	s, ok := data.(*Session)
	if data != nil && !ok {
		diags.AddError("The provider cannot be used", "It handed over data of an unexpected type. This is a bug of the provider: please report it.")
	}
	return s
}
