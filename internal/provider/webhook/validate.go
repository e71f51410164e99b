package webhook

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

var (
	// eventRule checks the name of an event. Which ones there are only the API knows.
	eventRule = tfvalue.TextRule{Must: "must be the name of an event: not empty, no blanks, no control characters", Summary: "Wrong event", Check: func(text string) string {
		if text == "" || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
			return fmt.Sprintf("%q cannot be the name of an event, which is a word such as event_phone_call_ended.", text)
		}
		return ""
	}}
	// secretRule checks a secret, and never repeats it. White space around it is refused since
	// the API may take it off, and then signs with another key than the receiver has.
	secretRule = tfvalue.TextRule{Must: "must not be empty, nor have blanks or line breaks around it", Summary: "Wrong secret", Check: func(text string) string {
		switch {
		case tfvalue.Trim(text) == "":
			return "The secret must not be empty or blank. To have none, leave it out."
		case tfvalue.Trim(text) != text:
			return "The secret has blanks or a line break around it, perhaps at its end from a file: trimspace() takes that off."
		}
		return ""
	}}
	// templateRule checks one payload template.
	templateRule = tfvalue.TextRule{Must: "must be JSON", Summary: "Wrong payload template", Check: func(text string) string {
		if _, err := tfvalue.DecodeJSON([]byte(text)); err != nil {
			return fmt.Sprintf("The template must be JSON, and here %s. jsonencode() makes it; write a variable such as {{call.id}} inside quotes.", err)
		}
		return ""
	}}
)

// ValidateConfig implements [resource.ResourceWithValidateConfig]: the rules that look at
// more than one attribute. An unknown value breaks none of them.
func (r *webhookResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config webhookModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	tfvalue.WarnCredentials("webhook_url", config.WebhookURL, &resp.Diagnostics)
	config.CheckHeaders(&resp.Diagnostics)
	checkSecrets(config.Secret, config.SecretWO, config.SecretWOVersion, &resp.Diagnostics)
}

// checkSecrets refuses two secrets, and a write-only one without a version or the other way
// round.
func checkSecrets(plain, writeOnly types.String, version types.Int64, diags *diag.Diagnostics) {
	const plainName, name, versionName = tfvalue.AttributeSecret, tfvalue.AttributeSecretWO, tfvalue.AttributeSecretWOVersion
	if set(plain) && set(writeOnly) {
		diags.AddAttributeError(path.Root(name), "Two secrets", plainName+" and "+name+" are both set, and a webhook has one secret. Remove one of them.")
	}
	switch {
	case writeOnly.IsUnknown() || version.IsUnknown():
	case !writeOnly.IsNull() && version.IsNull():
		diags.AddAttributeError(path.Root(versionName), "Write-only secret without a version",
			"Terraform keeps no write-only values, so it cannot see that one has changed. Set "+versionName+" to 1, and raise it whenever "+name+" changes.")
	case writeOnly.IsNull() && !version.IsNull():
		diags.AddAttributeError(path.Root(name), "Version without a write-only secret",
			versionName+" is set, and "+name+" is null: there is nothing to send. Give the secret, or remove the version too.")
	}
}

func set(value types.String) bool { return !value.IsNull() && !value.IsUnknown() }
