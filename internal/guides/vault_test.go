package guides_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// vaultAddress is what the examples call HashiCorp's Vault provider by.
const vaultAddress = "registry.terraform.io/hashicorp/vault"

// vault plays HashiCorp's Vault provider, which is not installed where
// the tests run. It has the one ephemeral resource that the examples use, with the
// attributes that its documentation (version 5) names, as far as they are used.
type vault struct{ secrets map[string]string }

func (*vault) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "vault"
}

func (*vault) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (*vault) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (*vault) Resources(context.Context) []func() resource.Resource { return nil }

func (*vault) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (v *vault) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return vaultSecret{v} }}
}

// vaultSecret is vault_kv_secret_v2.
type vaultSecret struct{ *vault }

func (vaultSecret) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "vault_kv_secret_v2"
}

func (vaultSecret) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"mount": ephemeralschema.StringAttribute{Required: true},
		"name":  ephemeralschema.StringAttribute{Required: true},
		"data":  ephemeralschema.MapAttribute{Computed: true, Sensitive: true, ElementType: types.StringType},
	}}
}

func (s vaultSecret) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	resp.Result.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root("data"), s.secrets)...)
}

// serveWithVault serves the provider with a Vault beside it.
func serveWithVault(t *testing.T, secrets map[string]string) string {
	t.Helper()
	return acctest.ServeAll(t, map[string]func() tfprotov6.ProviderServer{
		acctest.ProviderAddress: acctest.NewServer,
		vaultAddress:            providerserver.NewProtocol6(&vault{secrets}),
	})
}

// TestWriteOnlyHeadersFromAnEphemeralResource applies the documented example.
func TestWriteOnlyHeadersFromAnEphemeralResource(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	secrets := map[string]string{"token": "first-of-vault"}
	ws := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: serveWithVault(t, secrets)}
	ws.Write("main.tf", acctest.ReadFile(t, examplesFolder, "resources/talq_action/resource-ephemeral.tf"))
	ws.Write("terraform.tfvars", "agent_id = \"agent-1\"\n")
	ws.Write("provider.tf", w.ProviderBlock())
	ws.Apply()
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "Authorization: Bearer first-of-vault" {
		t.Errorf("sent %s", got)
	}
	secrets["token"] = "second-of-vault"
	ws.PlanEmpty()
	w.ForgetJournal()
	ws.Replace("main.tf", "custom_headers_wo_version = 1", "custom_headers_wo_version = 2")
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "Authorization: Bearer second-of-vault" {
		t.Errorf("sent %s", got)
	}
	ws.PlanEmpty()
}
