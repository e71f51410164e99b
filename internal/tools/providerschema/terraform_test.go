package providerschema

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// TestReadEqualsTerraform serves the fixture to the Terraform on PATH and
// compares what that prints with what Read returns. A key that this Terraform does
// not print is left to the other tests.
func TestReadEqualsTerraform(t *testing.T) {
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("no terraform on PATH to compare with")
	}
	printed := decode(t, printSchemas(t, terraform, serve(t)))
	theirs, _ := at(printed, "provider_schemas", address).(map[string]any)
	if theirs == nil {
		t.Fatalf("terraform printed no schemas of the fixture: %v", printed)
	}
	served := ours(t)
	if printed["format_version"] != served["format_version"] {
		t.Errorf("format version %v, want %v", served["format_version"], printed["format_version"])
	}
	for _, key := range []string{"provider", "resource_schemas", "data_source_schemas", "ephemeral_resource_schemas", "functions"} {
		if theirs[key] == nil {
			t.Errorf("terraform printed no %s: there is nothing to compare", key)
		}
	}
	for key, want := range theirs {
		compare(t, key, at(served, "provider_schemas", address, key), want)
	}
}

// compare goes down to the values, to say where two documents differ. The texts
// of deprecations are left out: newer versions of Terraform print them, and
// terraform-json has no field for them.
func compare(t *testing.T, where string, got, want any) {
	t.Helper()
	gotObject, gotIs := got.(map[string]any)
	wantObject, wantIs := want.(map[string]any)
	if !gotIs || !wantIs {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", where, got, want)
		}
		return
	}
	keys := maps.Clone(gotObject)
	maps.Copy(keys, wantObject)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if key == "deprecation_message" && gotObject[key] == nil {
			continue
		}
		compare(t, where+"."+key, gotObject[key], wantObject[key])
	}
}

// serve starts the fixture as a plugin in this process, and returns what Terraform
// needs to reach it.
func serve(t *testing.T) *plugin.ReattachConfig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	started, stopped := make(chan *plugin.ReattachConfig, 1), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(address, providerserver.NewProtocol6(fixture{}),
			tf6server.WithDebug(ctx, started, stopped),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
			tf6server.WithLoggingSink(t))
	}()
	t.Cleanup(func() {
		cancel()
		<-stopped
	})
	select {
	case config := <-started:
		return config
	case err := <-failed:
		t.Fatalf("serving the fixture: %v", err)
	case <-time.After(5 * time.Minute):
		t.Fatal("serving the fixture took too long")
	}
	return nil
}

// printSchemas runs `terraform providers schema -json` on a configuration that
// uses the served provider and nothing else.
func printSchemas(t *testing.T, terraform string, server *plugin.ReattachConfig) []byte {
	t.Helper()
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "main.tf"), []byte("provider \"talq\" {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	reattach, err := json.Marshal(map[string]any{address: map[string]any{
		"Protocol":        server.Protocol,
		"ProtocolVersion": server.ProtocolVersion,
		"Pid":             server.Pid,
		"Test":            true,
		"Addr":            map[string]string{"Network": server.Addr.Network(), "String": server.Addr.String()},
	}})
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(context.Background(), terraform, "providers", "schema", "-json")
	command.Dir = directory
	command.Env = append(os.Environ(),
		"TF_REATTACH_PROVIDERS="+string(reattach), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	var complaints strings.Builder
	command.Stderr = &complaints
	text, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	return text
}
