package check

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

// PrintsNoSecret expects that no value shows the secret that it holds, in whatever way it
// gets into a log or an error.
func PrintsNoSecret(t *testing.T, secret string, values map[string]any) {
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
			for _, leak := range []string{secret, fmt.Sprintf("%x", secret)} {
				if strings.Contains(printed.String(), leak) {
					t.Errorf("it is printed:\n%s", printed.String())
				}
			}
		})
	}
}
