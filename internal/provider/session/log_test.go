package session_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func TestRequestsAreLogged(t *testing.T) {
	for level, want := range map[slog.Level]string{slog.LevelDebug: "debug", slog.LevelInfo: "info", slog.LevelWarn: "warn"} {
		var lines bytes.Buffer
		ctx := tflogtest.RootLogger(context.Background(), &lines)
		session.LogRequests(talq.NewSecret("talq_x"))(ctx, level, "Talq API request", map[string]any{"method": "GET", "path": "/agents", "status": 200, "attempt": 1, "duration_ms": 3})
		for _, want := range []string{`"@level":"` + want + `"`, `"@message":"Talq API request"`, `"method":"GET"`, `"path":"/agents"`, `"status":200`, `"attempt":1`, `"duration_ms":3`} {
			if !strings.Contains(lines.String(), want) {
				t.Errorf("the line %s lacks %s", lines.String(), want)
			}
		}
	}
}

// The second wall: even a line that is made of a secret does not show it.
func TestLogLinesAreMasked(t *testing.T) {
	const token, aHeader, signing = "talq_canary-token", "s3cr3t-value-of-a-header", "s3cr3t-that-signs"
	var lines bytes.Buffer
	ctx := session.Masking(tflogtest.RootLogger(context.Background(), &lines), []talq.Header{
		{Name: "X-Key", Value: talq.NewSecret(aHeader)}, {Name: "X-Short", Value: talq.NewSecret("1")}, {Name: "X-Empty", Value: talq.NewSecret("")}}, talq.NewSecret(signing))
	session.LogRequests(talq.NewSecret(token))(ctx, slog.LevelDebug, "sent "+token+" and "+aHeader, map[string]any{
		"path": "/agents/1/" + token, "note": "with " + aHeader + ".", "key": signing, "Authorization": "whatever", "webhook_secret": "whatever", "status": 201})
	for _, leak := range []string{token, aHeader, signing, "whatever"} {
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
