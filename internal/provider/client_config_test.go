package provider

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func TestClientConfig(t *testing.T) {
	p := &talqProvider{version: "1.2.3"}
	for _, row := range []struct {
		name      string
		model     providerModel
		retries   int
		timeout   time.Duration
		perMinute int
	}{
		{"nothing set", providerModel{}, 5, 30 * time.Second, 0},
		{"everything set", providerModel{MaxRetries: types.Int64Value(2), RequestTimeout: types.Int64Value(7), RequestsPerMinute: types.Int64Value(50)}, 2, 7 * time.Second, 50},
		{"no retries", providerModel{MaxRetries: types.Int64Value(0)}, 0, 30 * time.Second, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := p.clientConfig(row.model, talq.DefaultBaseURL, talq.NewSecret("talq_x"), "1.11.4")
			if got.MaxRetries != row.retries || got.RequestTimeout != row.timeout || got.RequestsPerMinute != row.perMinute {
				t.Errorf("%d retries, %s, %d a minute", got.MaxRetries, got.RequestTimeout, got.RequestsPerMinute)
			}
			if got.Token.Reveal() != "talq_x" || got.BaseURL != talq.DefaultBaseURL || got.UserAgent != "terraform-provider-talq/1.2.3 (Terraform/1.11.4)" || got.Log == nil {
				t.Errorf("the rest is %+v", got)
			}
		})
	}
}

func TestRequestsAreLogged(t *testing.T) {
	var lines bytes.Buffer
	ctx := tflogtest.RootLogger(context.Background(), &lines)
	session.LogRequests(talq.NewSecret("talq_x"))(ctx, slog.LevelDebug, "Talq API request", map[string]any{"method": "GET", "path": "/agents", "status": 200, "attempt": 1, "duration_ms": 3})
	for _, want := range []string{`"@level":"debug"`, `"@message":"Talq API request"`, `"method":"GET"`, `"path":"/agents"`, `"status":200`, `"attempt":1`, `"duration_ms":3`} {
		if !strings.Contains(lines.String(), want) {
			t.Errorf("the line %s lacks %s", lines.String(), want)
		}
	}
}
