package action

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflog"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// TestActionPrintsNoSecret prints what holds the token or the value of a header,
// in every way in which it could get into a log or an error.
func TestActionPrintsNoSecret(t *testing.T) {
	action := someAction("webhook")
	action.CustomHeaders = headerMap(map[string]string{"X-Key": someSecret})
	action.CustomHeadersWO = action.CustomHeaders
	action.writeOnly = headersOf(action.CustomHeaders)
	body, diags := action.createRequest(nil, nil)
	if diags.HasError() {
		t.Fatal(diags)
	}
	printsNoSecret(t, map[string]any{
		"action": action, "pointer to an action": &action, "actions": []actionModel{action}, "body": body, "headers": action.headers(),
		"operation": operationOn(&action, "create").Subject,
	})
}

func printsNoSecret(t *testing.T, values map[string]any) {
	t.Helper()
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			var printed bytes.Buffer
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
				fmt.Fprintf(&printed, verb+"\n", value)
			}
			slog.New(slog.NewTextHandler(&printed, nil)).Info("m", "v", value)
			slog.New(slog.NewJSONHandler(&printed, nil)).Info("m", "v", value)
			ctx := tflogtest.RootLogger(t.Context(), &printed)
			tflog.Error(ctx, fmt.Sprint("message ", value), map[string]any{"field": value, "inside": map[string]any{"deeper": value}})
			if asJSON, err := json.Marshal(value); err == nil {
				printed.Write(asJSON)
			}
			for _, leak := range []string{someSecret, fmt.Sprintf("%x", someSecret)} {
				if strings.Contains(printed.String(), leak) {
					t.Errorf("it is printed:\n%s", printed.String())
				}
			}
		})
	}
}
