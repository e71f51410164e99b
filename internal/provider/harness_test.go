package provider

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// TestMain takes away what the machine's environment could change. The tests
// set what they need themselves.
func TestMain(m *testing.M) {
	for _, name := range []string{session.EnvToken, session.EnvTokenOther, session.EnvBaseURL, session.EnvCACert, "TF_CLI_CONFIG_FILE", "TF_LOG", "TF_ACC"} {
		if err := os.Unsetenv(name); err != nil {
			panic(err)
		}
	}
	// The framework's garbage is most of what the collector sees; see setUpProcess in main.go.
	debug.SetGCPercent(400)
	// A panic, since nothing here can fail a test.
	var err error
	if mirrorFolder, err = os.MkdirTemp("", "talq-provider"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(mirrorFolder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// world is what most tests need: a fake Talq with one agent.
type world struct {
	*fakeapi.Server
	agent string
}

// newWorld serves a fake whose one agent is published. It ends with the test.
func newWorld(t *testing.T, options ...fakeapi.Option) world {
	t.Helper()
	server, err := fakeapi.Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return world{Server: server, agent: server.AddAgent(fakeapi.AgentSeed{Name: "Support", Status: "published"})}
}

// provider is the provider block that reaches the fake.
func (w world) provider() string {
	return providerBlock(w.BaseURL(), w.Token())
}

func providerBlock(baseURL, token string) string {
	return fmt.Sprintf("provider \"talq\" {\n  base_url = %q\n  token    = %q\n}\n", baseURL, token)
}

// testProvider is the provider as it is served, but with short pauses before
// retries.
func testProvider() *talqProvider {
	return &talqProvider{version: "test", retryWait: time.Millisecond}
}
