package action

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// TestActionPrintsNoSecret prints what holds the token or the value of a header,
// in every way in which it could get into a log or an error.
func TestActionPrintsNoSecret(t *testing.T) {
	action := someAction("webhook")
	action.CustomHeaders = headerMap(map[string]string{"X-Key": someSecret})
	action.CustomHeadersWO = action.CustomHeaders
	action.WriteOnly = tfvalue.HeadersOf(action.CustomHeaders)
	body, diags := action.createRequest(nil, nil)
	if diags.HasError() {
		t.Fatal(diags)
	}
	check.PrintsNoSecret(t, someSecret, map[string]any{
		"action": action, "pointer to an action": &action, "actions": []actionModel{action}, "body": body, "headers": action.Headers(),
		"operation": action.item().Operation("create").Subject,
	})
}
