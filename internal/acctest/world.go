// Package acctest is what the tests of the provider share: a fake Talq, the provider served to the
// real CLI or to calls of the protocol, configurations, and counts of what the fake received.
package acctest

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// Main takes away what the machine's environment could change. The tests
// set what they need themselves. With TF_ACC and TALQ_TEST_AGENT_ID the cases of
// terraform-plugin-testing run on a real API; all other tests never do.
func Main(m *testing.M) {
	var err error
	if theRealRun, err = planRealRun(os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		os.Exit(2)
	}
	// A panic where something fails, since nothing here can fail a test.
	for _, name := range []string{session.EnvToken, session.EnvTokenOther, session.EnvBaseURL, session.EnvCACert, "TF_CLI_CONFIG_FILE", "TF_LOG", "TF_ACC"} {
		if err := os.Unsetenv(name); err != nil {
			panic(err)
		}
	}
	// The framework's garbage is most of what the collector sees; see setUpProcess in main.go.
	debug.SetGCPercent(400)
	if mirrorFolder, err = os.MkdirTemp("", "talq-provider"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := theRealRun.close(); err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		code = max(code, 1)
	}
	if err := os.RemoveAll(mirrorFolder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// World is what most tests need: a fake Talq with one agent.
type World struct {
	*fakeapi.Server
	Agent string
}

// NewWorld serves a fake whose one agent is published. It ends with the test.
func NewWorld(t *testing.T, options ...fakeapi.Option) World {
	t.Helper()
	server, err := fakeapi.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return World{Server: server, Agent: server.AddAgent(fakeapi.AgentSeed{Name: "Support", Status: "published"})}
}

// ProviderBlock is the provider block that reaches the fake, with more attributes.
func (w World) ProviderBlock(more ...string) string {
	return ProviderBlock(w.BaseURL(), w.Token(), more...)
}

// ProviderBlock is a provider block with its address and token, and more attributes.
func ProviderBlock(baseURL, token string, more ...string) string {
	return fmt.Sprintf("provider \"talq\" {\n  base_url = %q\n  token    = %q\n%s\n}\n", baseURL, token, strings.Join(more, "\n"))
}

// NewServer is the provider as it is served, but with short pauses before
// retries.
func NewServer() tfprotov6.ProviderServer {
	return provider.NewServer("test", provider.WithRetryWait(time.Millisecond))()
}

// Later is a time that no publish of this test can be near to.
func Later(d time.Duration) string {
	return time.Now().Add(time.Hour + d).UTC().Format(time.RFC3339)
}

// StoredOf finds an action by its node id.
func (w World) StoredOf(t *testing.T, nodeID string) fakeapi.Stored {
	t.Helper()
	for _, stored := range w.Actions(w.Agent) {
		if stored.NodeID == nodeID {
			return stored
		}
	}
	t.Fatalf("no action has the node id %s", nodeID)
	return fakeapi.Stored{}
}

// IDOf is the id of the action with the node id.
func (w World) IDOf(t *testing.T, nodeID string) string {
	t.Helper()
	return w.StoredOf(t, nodeID).ID
}

// IDsByNode returns the ids of the agent's actions by their node ids.
func (w World) IDsByNode() map[string]string {
	found := map[string]string{}
	for _, stored := range w.Actions(w.Agent) {
		found[stored.NodeID] = stored.ID
	}
	return found
}

// SeedActions adds one action of each type to an agent, the last one inactive.
func (w World) SeedActions(agent string) {
	for _, fields := range []map[string]any{
		{"name": "Book", "type": "webhook", "url": "https://example.com", "inputs": []any{map[string]any{"name": "date", "type": "string", "required": true}}},
		{"name": "Sync", "type": "external"},
		{"name": "Reception", "type": "transfer", "transfer_to": "+12025550123"},
		{"name": "Wait", "type": "hold", "hold_duration": 30, "current_status": "inactive"},
	} {
		fields["description"] = "Made in the dashboard"
		w.AddAction(agent, fields)
	}
}

// AddAgents adds agents, until the fake has as many in all.
func (w World) AddAgents(all int) {
	for range all - 1 {
		w.AddAgent(fakeapi.AgentSeed{Status: "published"})
	}
}
