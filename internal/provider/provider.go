// Package provider is the provider block, and the list of what the provider offers. Each noun
// has a package of its own below it.
package provider

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	talqaction "github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/provider/agent"
	"github.com/talqover/terraform-provider-talq/internal/provider/flow"
	"github.com/talqover/terraform-provider-talq/internal/provider/integration"
	"github.com/talqover/terraform-provider-talq/internal/provider/number"
	"github.com/talqover/terraform-provider-talq/internal/provider/publication"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/training"
	"github.com/talqover/terraform-provider-talq/internal/provider/voice"
	"github.com/talqover/terraform-provider-talq/internal/provider/webhook"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var (
	_ provider.Provider                  = (*talqProvider)(nil)
	_ provider.ProviderWithActions       = (*talqProvider)(nil)
	_ provider.ProviderWithFunctions     = (*talqProvider)(nil)
	_ provider.ProviderWithListResources = (*talqProvider)(nil)
)

// typeName begins the names of all types.
const typeName = "talq"

// talqProvider implements [provider.Provider].
type talqProvider struct {
	version string
	// retryWait is [talq.Config.RetryWait]; see [WithRetryWait].
	retryWait time.Duration
	// configured is what Configure made of the block, nil before.
	configured *session.Session
}

// New returns the constructor that a plugin server takes. The version goes into
// the user agent.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider { return newProvider(version, options) }
}

func newProvider(version string, options []Option) *talqProvider {
	p := &talqProvider{version: version}
	for _, option := range options {
		option(p)
	}
	return p
}

// providerModel is the provider block.
type providerModel struct {
	Token             types.String `tfsdk:"token"`
	BaseURL           types.String `tfsdk:"base_url"`
	RequestsPerMinute types.Int64  `tfsdk:"requests_per_minute"`
	MaxRetries        types.Int64  `tfsdk:"max_retries"`
	RequestTimeout    types.Int64  `tfsdk:"request_timeout"`
	CACertFile        types.String `tfsdk:"ca_cert_file"`
	HiddenChanges     types.String `tfsdk:"hidden_changes"`
}

// Format keeps the token out of whatever the block is printed into.
func (providerModel) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "provider block") }

// Metadata implements [provider.Provider].
func (p *talqProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = typeName
	resp.Version = p.version
}

// Schema implements [provider.Provider].
func (p *talqProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The Talq provider manages Talq (Talkover) voice agents, their trainings, actions, flows and webhooks, and keeps them live.",
		Attributes: map[string]schema.Attribute{
			"token": schema.StringAttribute{
				MarkdownDescription: "The environment's API token. Without it the environment variables `" + session.EnvToken + "` and `" + session.EnvTokenOther +
					"` are read, in this order. It reaches every agent of its environment, so keep it out of the configuration.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{tokenValidator},
			},
			"base_url": schema.StringAttribute{
				MarkdownDescription: "The API's address: `https`, or `http` on a loopback host. Without it `" + session.EnvBaseURL +
					"` is read; the default is `" + talq.DefaultBaseURL + "`. White-label customers have an address of their own.",
				Optional:   true,
				Validators: []validator.String{baseURLValidator},
			},
			"requests_per_minute": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "A cap on the requests of one Terraform run, at least 1, for a token that others share. Without it only the server's own limit counts.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"max_retries": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "How often a request is sent again after a network failure or a 5xx answer, 0 to 20. Waiting for the rate limit does not count. Default 5.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(0, 20)},
			},
			"request_timeout": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "Seconds that one attempt of a request may take, 1 to 3600. Waiting for the rate limit does not count. Default 30.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(1, 3600)},
			},
			"hidden_changes": schema.StringAttribute{
				MarkdownDescription: "What a plan does when somebody has changed something of an action that the API does not return, such as a header; only the action's `updated_at` tells. `warn` (the default) warns, " +
					"`rewrite` plans to write the configuration again, `ignore` does nothing.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf(session.HiddenWarn, session.HiddenRewrite, session.HiddenIgnore)},
			},
			"ca_cert_file": schema.StringAttribute{
				MarkdownDescription: "A PEM file with certificate authorities to trust besides the system's. Without it `" + session.EnvCACert + "` is read.",
				Optional:            true,
			},
		},
	}
}

// Resources implements [provider.Provider].
func (p *talqProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{agent.NewResource, training.NewResource, talqaction.NewResource, flow.NewResource, webhook.NewResource, publication.NewResource}
}

// DataSources implements [provider.Provider].
func (p *talqProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{talqaction.NewDataSource, integration.NewDataSource, agent.NewDataSource, agent.NewListDataSource, voice.NewDataSource, number.NewDataSource, flow.NewVersionsDataSource}
}

// ListResources implements [provider.ProviderWithListResources].
func (p *talqProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{agent.NewList, training.NewList, webhook.NewList, talqaction.NewList}
}

// Actions implements [provider.ProviderWithActions].
func (p *talqProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{publication.NewPublishAction}
}

// Functions implements [provider.ProviderWithFunctions].
func (p *talqProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{flow.NewMermaidFunction}
}
