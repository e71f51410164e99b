package acctest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// ProviderAddress is what the configurations of the tests call the provider by.
const ProviderAddress = "registry.terraform.io/talqover/talq"

// Serve starts the provider's server and returns the text by which the CLI finds
// it.
func Serve(t *testing.T) string {
	t.Helper()
	return ServeAll(t, map[string]func() tfprotov6.ProviderServer{ProviderAddress: NewServer})
}

// ServeAll is serve for several providers, by address.
func ServeAll(t *testing.T, servers map[string]func() tfprotov6.ProviderServer) string {
	t.Helper()
	served := map[string]any{}
	for address, newServer := range servers {
		served[address] = serveOne(t, address, newServer)
		served[otherRegistry(address)] = served[address]
	}
	text, err := json.Marshal(served)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// otherRegistry is the address under which OpenTofu looks for a provider: to it, a
// source without a host is one of its own registry.
func otherRegistry(address string) string {
	return strings.Replace(address, "registry.terraform.io/", "registry.opentofu.org/", 1)
}

func serveOne(t *testing.T, address string, newServer func() tfprotov6.ProviderServer) map[string]any {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	configs := make(chan *plugin.ReattachConfig)
	closed := make(chan struct{})
	go func() {
		err := tf6server.Serve(address, newServer, tf6server.WithDebug(ctx, configs, closed), tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithLoggingSink(t))
		if err != nil {
			t.Error(err)
		}
	}()
	config := <-configs
	t.Cleanup(func() {
		cancel()
		<-closed
	})
	type at struct{ Network, String string }
	return map[string]any{
		"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
		"Addr": at{config.Addr.Network(), config.Addr.String()},
	}
}
