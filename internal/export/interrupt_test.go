package export_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/export"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// interruptedAt is a context that is canceled as soon as a file is there.
type interruptedAt struct {
	context.Context
	file string
}

func (c interruptedAt) Err() error {
	if _, err := os.Stat(c.file); err == nil {
		return context.Canceled
	}
	return c.Context.Err()
}

// TestAnInterruptIsNoSuccess: it names the agents that are missing, unless it came after the last.
func TestAnInterruptIsNoSuccess(t *testing.T) {
	w := acctest.NewWorld(t)
	w.AddAgent(fakeapi.AgentSeed{Name: "Sales"})
	t.Setenv(session.EnvToken, w.Token())
	t.Setenv(session.EnvBaseURL, w.BaseURL())
	for file, want := range map[string]struct {
		code           int
		stdout, stderr string
	}{
		"agent-support.tf": {1, "1 agents", "Error: interrupted before these agents were exported: agent-2\n"},
		"agent-sales.tf":   {0, "2 agents", ""},
	} {
		dir := t.TempDir()
		var stdout, stderr bytes.Buffer
		code := export.Run(interruptedAt{t.Context(), filepath.Join(dir, file)}, "test", []string{"-out", dir}, &stdout, &stderr)
		if code != want.code || stderr.String() != want.stderr || !strings.Contains(stdout.String(), want.stdout) {
			t.Errorf("interrupted at %s: %d, %s, %s", file, code, stdout.String(), stderr.String())
		}
	}
}

// TestTheManifestIsKeptAfterEachAgent: whoever kills the process at a later agent can export
// into the folder again, after a change in the account too.
func TestTheManifestIsKeptAfterEachAgent(t *testing.T) {
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Sales"})
	dir := t.TempDir()
	var kept string
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetFlow, AgentID: other}, Rewrite: func(body []byte) []byte {
		kept = files(t, dir)[".talq-export.json"]
		return body
	}})
	run(t, w, "-out", dir)
	if !strings.Contains(kept, `"agents/support/agent.tf"`) || strings.Contains(kept, `"agents/sales/agent.tf"`) {
		t.Errorf("after the first agent the manifest is %s", kept)
	}
}
