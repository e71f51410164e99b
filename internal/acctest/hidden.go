package acctest

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// WebhookWith is a [Webhook] with more attributes.
func WebhookWith(more string) string { return Webhook{More: more}.HCL() }

// WebhookOf is WebhookWith under an address and a node id of its own.
func WebhookOf(address, nodeID, more string) string {
	return Webhook{Address: address, NodeID: nodeID, More: more}.HCL()
}

// HiddenChange is the first line of the warning.
const HiddenChange = "Warning: Something that cannot be read has changed"

// WithHidden is the provider block with a value of hidden_changes.
func (w World) WithHidden(mode string) string {
	return w.ProviderBlock(fmt.Sprintf("hidden_changes = %q", mode))
}

// AllHidden sets everything that cannot be read.
const AllHidden = `
  authorization_scheme = "bearer"
  custom_headers       = { X-Key = "secret-1" }
  speak_on_send        = "One moment"
  speak_on_receive     = "Done"
  integration          = { id = "crm" }
`

// HiddenWorld has three applied webhooks with everything set that cannot be read.
func HiddenWorld(t *testing.T, mode string, options ...fakeapi.Option) (World, *Workspace) {
	t.Helper()
	w := NewWorld(t, options...)
	ws := NewWorkspace(t, w.WithHidden(mode))
	config := WebhookWith(AllHidden) + HoldAction("b", "b", "") + HoldAction("c", "c", "")
	ws.Write("main.tf", config)
	ws.Apply().SaysNot(HiddenChange)
	return w, ws
}
