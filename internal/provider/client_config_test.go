package provider

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
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
			got := p.clientConfig(row.model, talq.DefaultBaseURL, talq.NewSecret("talq_x"), "Terraform/1.11.4")
			if got.MaxRetries != row.retries || got.RequestTimeout != row.timeout || got.RequestsPerMinute != row.perMinute {
				t.Errorf("%d retries, %s, %d a minute", got.MaxRetries, got.RequestTimeout, got.RequestsPerMinute)
			}
			if got.Token.Reveal() != "talq_x" || got.BaseURL != talq.DefaultBaseURL || got.UserAgent != "terraform-provider-talq/1.2.3 (Terraform/1.11.4)" || got.Log == nil {
				t.Errorf("the rest is %+v", got)
			}
		})
	}
}

func TestProviderPrintsNoSecret(t *testing.T) {
	const aToken = "s3cr3t-value-of-a-token"
	block := providerModel{Token: types.StringValue(aToken)}
	config := (&talqProvider{}).clientConfig(block, talq.DefaultBaseURL, talq.NewSecret(aToken), "Terraform/1.11.4")
	client, err := talq.New(config)
	if err != nil {
		t.Fatal(err)
	}
	config.Log = nil // a func cannot be in JSON
	check.PrintsNoSecret(t, aToken, map[string]any{
		"provider block": block, "pointer to a provider block": &block, "client's configuration": config, "session": session.New(client, session.HiddenWarn),
	})
}

// TestAClientNeedsAToken: a program without a provider block is told so as a user of one is.
func TestAClientNeedsAToken(t *testing.T) {
	client, diags := NewClient("test", "export", WithRetryWait(time.Millisecond))
	if client != nil || !diags.HasError() || !strings.Contains(diags[0].Detail(), session.EnvToken) {
		t.Errorf("client %v, %v", client, diags)
	}
}
