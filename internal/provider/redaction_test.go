package provider

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func TestProviderPrintsNoSecret(t *testing.T) {
	block := providerModel{Token: types.StringValue(someSecret)}
	config := testProvider().clientConfig(block, talq.DefaultBaseURL, talq.NewSecret(someSecret), "1.11.4")
	client, err := talq.New(config)
	if err != nil {
		t.Fatal(err)
	}
	config.Log = nil // a func cannot be in JSON
	acctest.PrintsNoSecret(t, someSecret, map[string]any{
		"provider block": block, "pointer to a provider block": &block, "client's configuration": config, "session": session.New(client, session.HiddenWarn),
	})
}

// The second wall: even a line that is made of a secret does not show it.
func TestLogLinesAreMasked(t *testing.T) {
	const token = "talq_canary-token"
	var lines bytes.Buffer
	ctx := session.Masking(tflogtest.RootLogger(context.Background(), &lines), []talq.Header{
		{Name: "X-Key", Value: talq.NewSecret(someSecret)}, {Name: "X-Short", Value: talq.NewSecret("1")}, {Name: "X-Empty", Value: talq.NewSecret("")}})
	session.LogRequests(talq.NewSecret(token))(ctx, slog.LevelDebug, "sent "+token+" and "+someSecret, map[string]any{
		"path": "/agents/1/" + token, "note": "with " + someSecret + ".", "Authorization": "whatever", "status": 201})
	for _, leak := range []string{token, someSecret, "whatever"} {
		if strings.Contains(lines.String(), leak) {
			t.Errorf("the log holds %s: %s", leak, lines.String())
		}
	}
	for _, kept := range []string{`"path":"/agents/1/***"`, `"note":"with ***."`, `"@message":"sent *** and ***"`, `"status":201`} {
		if !strings.Contains(lines.String(), kept) {
			t.Errorf("the log lacks %s: %s", kept, lines.String())
		}
	}
}
