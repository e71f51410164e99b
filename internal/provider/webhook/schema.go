package webhook

import (
	"fmt"
	"io"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// webhookModel is talq_agent_webhook in configuration, plan and state.
type webhookModel struct {
	ID                  types.String `tfsdk:"id"`
	AgentID             types.String `tfsdk:"agent_id"`
	Name                types.String `tfsdk:"name"`
	WebhookURL          types.String `tfsdk:"webhook_url"`
	Events              types.Set    `tfsdk:"events"`
	Timeout             types.Int64  `tfsdk:"timeout"`
	MaxRetries          types.Int64  `tfsdk:"max_retries"`
	Enabled             types.Bool   `tfsdk:"enabled"`
	HTTPMethod          types.String `tfsdk:"http_method"`
	AuthorizationScheme types.String `tfsdk:"authorization_scheme"`
	Secret              types.String `tfsdk:"webhook_secret"`
	SecretWO            types.String `tfsdk:"webhook_secret_wo"` // null but in a configuration
	SecretWOVersion     types.Int64  `tfsdk:"webhook_secret_wo_version"`
	PayloadTemplates    types.Map    `tfsdk:"payload_templates"`
	Status              types.String `tfsdk:"status"`
	Revision            types.String `tfsdk:"revision"`
	tfvalue.HeaderMaps

	writeOnlySecret *talq.Secret // which only the configuration has, for a write; see readWriteOnly
}

// Format keeps secrets out of whatever a webhook is printed into.
func (m webhookModel) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, m.subject()) }

// attributes returns the attributes that a person sets, by name.
func (m *webhookModel) attributes() map[string]attr.Value {
	return map[string]attr.Value{
		"agent_id": m.AgentID, "name": m.Name, "webhook_url": m.WebhookURL, "events": m.Events,
		"timeout": m.Timeout, "max_retries": m.MaxRetries, "enabled": m.Enabled,
		"http_method": m.HTTPMethod, "authorization_scheme": m.AuthorizationScheme,
		tfvalue.AttributeHeaders: m.CustomHeaders, tfvalue.AttributeHeadersWO: m.CustomHeadersWO, tfvalue.AttributeWOVersion: m.HeadersWOVersion,
		tfvalue.AttributeSecret: m.Secret, tfvalue.AttributeSecretWO: m.SecretWO, tfvalue.AttributeSecretWOVersion: m.SecretWOVersion,
		attributeTemplates: m.PayloadTemplates,
	}
}

// webhookSchema is the schema of talq_agent_webhook. It holds no logic.
func webhookSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An event webhook of a voice agent: it tells a URL of yours what happens on calls, such as the end of one.",
		Attributes: map[string]schema.Attribute{
			"id":          upsert.ComputedText("The webhook's id.", stringplanmodifier.UseStateForUnknown()),
			"agent_id":    upsert.AgentID("The agent whose events are sent. A change replaces the webhook."),
			"name":        upsert.RequiredText("A name for people, 1 to 255 characters.", upsert.UpTo255()...),
			"webhook_url": upsert.RequiredText("The http or https URL to send events to, at most 500 characters.", stringvalidator.UTF8LengthAtMost(500), tfvalue.URLValidator),
			"events": schema.SetAttribute{
				MarkdownDescription: "The events to send, at least one, such as `event_phone_call_ended`. A plan for an existing agent warns of one that is not in the API's list, here and in `payload_templates`.",
				ElementType:         types.StringType,
				Required:            true,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(eventRule)},
			},
			"timeout": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "Seconds that a delivery may take, 5 to 120. Default 30.",
				Optional:            true,
				Computed:            true,
				Default:             int64default.StaticInt64(defaultTimeout),
				Validators:          []validator.Int64{int64validator.Between(5, 120)},
			},
			"max_retries": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "How often a failed delivery is tried again, 0 to 10. Default 3.",
				Optional:            true,
				Computed:            true,
				Default:             int64default.StaticInt64(defaultRetries),
				Validators:          []validator.Int64{int64validator.Between(0, 10)},
			},
			"enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether events are sent. Default `true`.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(true),
			},
			"http_method":              upsert.OptionalText("`POST`, `PUT` or `PATCH`. The API's default is `POST`."+upsert.NotReadBack, stringvalidator.OneOf("POST", "PUT", "PATCH")),
			"authorization_scheme":     upsert.Scheme("`none`, `bearer`, `basic`, `api_key` or `custom`. The API's default is `none`."),
			tfvalue.AttributeHeaders:   upsert.Headers("HTTP headers of each delivery, by name."),
			tfvalue.AttributeHeadersWO: upsert.WriteOnlyHeaders(),
			tfvalue.AttributeWOVersion: upsert.WriteOnlyVersion("A number of your own. Raise it when a value of `custom_headers_wo` changes: " +
				"Terraform cannot see that by itself. Every write that changes a header sends the current values."),
			tfvalue.AttributeSecret: schema.StringAttribute{
				MarkdownDescription: "The key with which deliveries are signed (HMAC-SHA256), 1 to 255 characters. It is in the state, marked as sensitive. " +
					"The API has no known way to remove it, so removing it here replaces the webhook." + upsert.NotReadBack,
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255), secretRule},
			},
			tfvalue.AttributeSecretWO: schema.StringAttribute{
				MarkdownDescription: "Like `webhook_secret`, but in neither the state nor a plan; it may be ephemeral. Needs `webhook_secret_wo_version`, and excludes `webhook_secret`.",
				Optional:            true,
				Sensitive:           true,
				WriteOnly:           true,
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 255), secretRule},
			},
			tfvalue.AttributeSecretWOVersion: upsert.WriteOnlyVersion("A number of your own. Raise it when `webhook_secret_wo` changes: Terraform cannot see that by itself."),
			attributeTemplates: schema.MapAttribute{
				MarkdownDescription: "What is sent instead of the usual body, by event: JSON, such as `jsonencode({ call = \"{{call.id}}\" })`. White space and the order of keys make no change." + upsert.NotReadBack,
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(eventRule), mapvalidator.ValueStringsAre(templateRule)},
			},
			"status":   upsert.ComputedText("`active`, `disabled`, or `error` if deliveries fail. It changes by itself."),
			"revision": upsert.Revision(),
		},
	}
}
