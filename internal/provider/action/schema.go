package action

import (
	"fmt"
	"io"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// The defaults of attributes.
const (
	defaultStatus    = upsert.StatusActive
	defaultInputType = "string"
	defaultRequired  = false
)

// actionModel is talq_action in configuration, plan and state.
type actionModel struct {
	ID                  types.String `tfsdk:"id"`
	AgentID             types.String `tfsdk:"agent_id"`
	NodeID              types.String `tfsdk:"node_id"`
	Name                types.String `tfsdk:"name"`
	Description         types.String `tfsdk:"description"`
	Type                types.String `tfsdk:"type"`
	URL                 types.String `tfsdk:"url"`
	AuthorizationURL    types.String `tfsdk:"authorization_url"`
	AuthorizationScheme types.String `tfsdk:"authorization_scheme"`
	SpeakOnSend         types.String `tfsdk:"speak_on_send"`
	SpeakOnReceive      types.String `tfsdk:"speak_on_receive"`
	ExecutionMode       types.String `tfsdk:"execution_mode"`
	Integration         types.Object `tfsdk:"integration"`
	HoldDuration        types.Int64  `tfsdk:"hold_duration"`
	TransferTo          types.String `tfsdk:"transfer_to"`
	Inputs              types.List   `tfsdk:"inputs"`
	CurrentStatus       types.String `tfsdk:"current_status"`
	Label               types.String `tfsdk:"label"`
	CreatedAt           types.String `tfsdk:"created_at"`
	UpdatedAt           types.String `tfsdk:"updated_at"`
	Revision            types.String `tfsdk:"revision"`
	tfvalue.HeaderMaps
}

// Format keeps the values of headers out of whatever an action is printed into.
func (m actionModel) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, m.subject()) }

// attributes returns the attributes that a person sets, by name. The rules and
// the comparisons walk it, so that no list of names stands elsewhere.
func (m *actionModel) attributes() map[string]attr.Value {
	return map[string]attr.Value{
		"agent_id": m.AgentID, "node_id": m.NodeID, "name": m.Name, "description": m.Description, "type": m.Type,
		"url": m.URL, "authorization_url": m.AuthorizationURL, "authorization_scheme": m.AuthorizationScheme,
		"custom_headers": m.CustomHeaders, "custom_headers_wo": m.CustomHeadersWO, "custom_headers_wo_version": m.HeadersWOVersion,
		"speak_on_send": m.SpeakOnSend, "speak_on_receive": m.SpeakOnReceive,
		"execution_mode": m.ExecutionMode, "integration": m.Integration, "hold_duration": m.HoldDuration,
		"transfer_to": m.TransferTo, "inputs": m.Inputs, "current_status": m.CurrentStatus,
	}
}

// actionSchema is the schema of talq_action. It holds no logic.
func actionSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An action of a voice agent: something that it can do on a call. " +
			"**Every create, update and delete puts the agent into draft, and a draft agent takes no calls until it is published again.**",
		Attributes: map[string]schema.Attribute{
			"id":       upsert.ComputedText("The action's id.", stringplanmodifier.UseStateForUnknown()),
			"agent_id": upsert.AgentID("The agent that the action belongs to. A change replaces the action."),
			"node_id": upsert.NodeID(session.Action, "A name of your own for the action, unique on its agent, such as `schedule-meeting`. The API finds the action by it at every write, "+
				"and never returns it. A change replaces the action. Needed to create or change an action; an imported one may lack it."),
			"name":        upsert.RequiredText("The action's name, 1 to 255 characters.", upsert.UpTo255()...),
			"description": upsert.RequiredText("What the action does, and when the agent should use it.", tfvalue.NotBlankValidator),
			"type": schema.StringAttribute{
				MarkdownDescription: "`webhook`, `external`, `transfer` or `hold`. A change replaces the action.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{stringvalidator.OneOf(ActionTypes...)},
			},
			"url":                  upsert.OptionalText("The http or https URL that the action calls.", tfvalue.URLValidator),
			"authorization_url":    upsert.OptionalText("The http or https URL that issues the authorization, if it is not `url`.", tfvalue.URLValidator),
			"authorization_scheme": upsert.Scheme("`none`, `bearer`, `basic`, `api_key` or `custom`."),
			"custom_headers":       upsert.Headers("HTTP headers of the call, by name."),
			"custom_headers_wo":    upsert.WriteOnlyHeaders(),
			"custom_headers_wo_version": upsert.WriteOnlyVersion("A number of your own. Raise it when a value of `custom_headers_wo` changes: " +
				"Terraform cannot see that by itself. Every write sends the current values, whatever caused it."),
			"speak_on_send":    upsert.OptionalText("What the agent says before the call to `url`." + upsert.NotReadBack),
			"speak_on_receive": upsert.OptionalText("What the agent says after the answer, which it may quote through template variables." + upsert.NotReadBack),
			"execution_mode":   upsert.OptionalText("`during_call` or `post_call`."+upsert.NotReadBack, stringvalidator.OneOf(modeDuringCall, modePostCall)),
			"integration": schema.SingleNestedAttribute{
				MarkdownDescription: "The integration that the action uses." + upsert.NotReadBack,
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"id": upsert.RequiredText("The integration's `identifier` in the catalogue.", tfvalue.NotBlankValidator),
				},
			},
			"hold_duration": schema.Int64Attribute{
				CustomType:          tfvalue.WholeNumberType{},
				MarkdownDescription: "How many seconds the call is on hold, at least 1.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"transfer_to":    upsert.OptionalText("The number that the call is transferred to, in E.164 form such as `+12025550123`.", tfvalue.PhoneValidator),
			"inputs":         inputsAttribute(),
			"current_status": upsert.CurrentStatus(),
			"label":          upsert.ComputedText("The name that the dashboard shows."),
			"created_at":     upsert.ComputedText("When the action was created.", stringplanmodifier.UseStateForUnknown()),
			"updated_at":     upsert.ComputedText("When anybody last wrote the action."),
			"revision":       upsert.Revision(),
		},
	}
}

// inputsAttribute is the schema of inputs.
func inputsAttribute() schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: "What the agent collects, or passes on as a fixed value.",
		Optional:            true,
		Validators:          []validator.List{listvalidator.NoNullValues()},
		NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{
				// Not Required: the framework would refuse an element that is not known yet,
				// as in `inputs = [var.input]` at validate. ValidateConfig asks for it.
				"name": upsert.OptionalText("Required. The input's name, unique in the list.", tfvalue.NotBlankValidator),
				"type": schema.StringAttribute{
					MarkdownDescription: "The type of the value, such as `string`, `integer`, `number`, `boolean`, `array` or `object`. Default `string`.",
					Optional:            true,
					Computed:            true,
					Default:             stringdefault.StaticString(defaultInputType),
					Validators:          []validator.String{tfvalue.NotBlankValidator},
				},
				"required": schema.BoolAttribute{
					MarkdownDescription: "Whether the agent must have it before it acts. Default `false`.",
					Optional:            true,
					Computed:            true,
					Default:             booldefault.StaticBool(defaultRequired),
				},
				"description": upsert.OptionalText("What the agent should ask for."),
				"value":       upsert.OptionalText("A fixed value: JSON for the types `integer`, `number`, `boolean`, `array` and `object` (Terraform turns `30` or `true` into text itself; for the last two use `jsonencode`), plain text for all others. It is not secret: put credentials into the headers."),
			},
		},
	}
}

// The types of the nested attributes, for values that are built in Go.
var (
	inputType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"name": types.StringType, "type": types.StringType, "required": types.BoolType,
		"description": types.StringType, "value": types.StringType,
	}}
	integrationType = types.ObjectType{AttrTypes: map[string]attr.Type{"id": types.StringType}}
)
