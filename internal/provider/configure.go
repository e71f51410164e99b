package provider

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Configure implements [provider.Provider]. It makes no request.
func (p *talqProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	p.configured = nil // a second call that fails leaves nothing behind
	var model providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := p.session(model, "Terraform/"+req.TerraformVersion, &resp.Diagnostics)
	if s == nil {
		return
	}
	p.configured = s
	resp.ResourceData, resp.DataSourceData, resp.ListResourceData, resp.ActionData = s, s, s, s
}

// NewClient returns a client as a provider block without attributes makes it: the token, the
// API's address and its authorities come from the environment. The user names the program
// that uses it, for the header of that name.
func NewClient(version, user string, options ...Option) (*talq.Client, diag.Diagnostics) {
	p := newProvider(version, options)
	var diags diag.Diagnostics
	s := p.session(providerModel{}, user, &diags)
	if s == nil {
		return nil, diags
	}
	return s.Client, diags
}

// session makes of the provider block what each noun is given; nil, with an error, where that
// is not possible.
func (p *talqProvider) session(model providerModel, user string, diags *diag.Diagnostics) *session.Session {
	model.refuseUnknown(diags)
	if diags.HasError() {
		return nil
	}
	token := talq.NewSecret(firstOf(model.Token, session.EnvToken, session.EnvTokenOther))
	if problem := tokenValidator.Check(token.Reveal()); problem != "" {
		diags.AddAttributeError(path.Root("token"), tokenValidator.Summary, problem)
		return nil
	}
	baseURL := firstOf(model.BaseURL, session.EnvBaseURL)
	if baseURL == "" && model.BaseURL.IsNull() {
		baseURL = talq.DefaultBaseURL
	}
	if _, err := talq.ParseBaseURL(baseURL); err != nil {
		diags.AddAttributeError(path.Root("base_url"), "Wrong address of the Talq API",
			fmt.Sprintf("The base URL %s. Correct it where it is set: in the attribute base_url, or else in the environment variable %s.", err, session.EnvBaseURL))
		return nil
	}
	config := p.clientConfig(model, baseURL, token, user)
	if file := firstOf(model.CACertFile, session.EnvCACert); file != "" || !model.CACertFile.IsNull() {
		var err error
		if config.Authorities, err = talq.ReadAuthorities(file); err != nil {
			diags.AddAttributeError(path.Root("ca_cert_file"), "No usable certificate authority", fmt.Sprintf(
				"The file %q %s. Its name is set in the attribute ca_cert_file, or else in the environment variable %s. It must contain the certificates of the authorities that sign for the API, "+
					"in PEM form. A relative path starts in the folder in which Terraform runs. Correct the path or the file, or remove the setting: then only the system's authorities are trusted.",
				file, err, session.EnvCACert))
			return nil
		}
	}
	client, err := talq.New(config)
	if err != nil {
		diags.AddError("The Talq client cannot be set up", err.Error())
		return nil
	}
	return session.New(client, cmp.Or(model.HiddenChanges.ValueString(), session.HiddenWarn))
}

// clientConfig maps the provider block to what the client is made of.
func (p *talqProvider) clientConfig(model providerModel, baseURL string, token talq.Secret, user string) talq.Config {
	return talq.Config{
		BaseURL:           baseURL,
		Token:             token,
		UserAgent:         fmt.Sprintf("terraform-provider-talq/%s (%s)", p.version, user),
		MaxRetries:        int(orDefault(model.MaxRetries, talq.DefaultMaxRetries)),
		RequestTimeout:    time.Duration(orDefault(model.RequestTimeout, int64(talq.DefaultRequestTimeout/time.Second))) * time.Second,
		RequestsPerMinute: int(model.RequestsPerMinute.ValueInt64()),
		RetryWait:         p.retryWait,
		Log:               session.LogRequests(token),
	}
}

// refuseUnknown adds an error for each attribute whose value only an apply will
// tell: without it no plan can be made.
func (m providerModel) refuseUnknown(diags *diag.Diagnostics) {
	for _, attribute := range []struct {
		name  string
		value attr.Value
	}{
		{"token", m.Token}, {"base_url", m.BaseURL}, {"requests_per_minute", m.RequestsPerMinute},
		{"max_retries", m.MaxRetries}, {"request_timeout", m.RequestTimeout},
		{"ca_cert_file", m.CACertFile}, {"hidden_changes", m.HiddenChanges},
	} {
		if attribute.value.IsUnknown() {
			diags.AddAttributeError(path.Root(attribute.name), "Provider attribute not known yet",
				fmt.Sprintf("The value of %s is known only after an apply, and a plan already needs it to read from the API. "+
					"Give it as a variable or through the environment, or apply what it depends on first, with -target.", attribute.name))
		}
	}
}

// firstOf returns the attribute's value where it is not null, else the first
// environment variable that is not empty, else "".
func firstOf(attribute types.String, variables ...string) string {
	if !attribute.IsNull() {
		return attribute.ValueString()
	}
	for _, name := range variables {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}

func orDefault(attribute types.Int64, fallback int64) int64 {
	if attribute.IsNull() {
		return fallback
	}
	return attribute.ValueInt64()
}

// The rules of the provider block that can be checked at validate already.
var (
	tokenValidator = tfvalue.TextRule{Must: "must be a token: not empty, without blanks, without the word Bearer", Summary: "No usable Talq token", Check: func(text string) string {
		if err := talq.CheckToken(text); err != nil {
			return fmt.Sprintf("The token %s. %s", err, session.WaysToGiveToken)
		}
		return ""
	}}
	baseURLValidator = tfvalue.TextRule{Must: "must be an https URL, or http on a loopback host, without user info, query or fragment", Summary: "Wrong address of the Talq API", Check: func(text string) string {
		if _, err := talq.ParseBaseURL(text); err != nil {
			return fmt.Sprintf("The base URL %s.", err)
		}
		return ""
	}}
)
