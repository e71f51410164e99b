package agent

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// The ends of descriptions.
const (
	onceOnly   = " Set once."
	forANewOne = " Required for a new agent."
)

// Languages are those of the page create-agent.
var Languages = []string{"pt-BR", "pt-PT", "en-US", "en-CA", "es-ES", "fr-FR", "de-DE", "it-IT", "nl-NL", "ja-JP", "ko-KR", "zh-TW"}

// agentModel is talq_agent in configuration, plan and state.
type agentModel struct {
	ID                           types.String `tfsdk:"id"`
	Label                        types.String `tfsdk:"label"`
	Name                         types.String `tfsdk:"name"`
	Description                  types.String `tfsdk:"description"`
	Language                     types.String `tfsdk:"language"`
	InitialMessage               types.String `tfsdk:"initial_message"`
	InterruptSensitivity         types.String `tfsdk:"interrupt_sensitivity"`
	EndpointingSensitivity       types.String `tfsdk:"endpointing_sensitivity"`
	IVRNavigationMode            types.String `tfsdk:"ivr_navigation_mode"`
	ConversationSpeed            types.Number `tfsdk:"conversation_speed"`
	InitialMessageDelay          types.Number `tfsdk:"initial_message_delay"`
	AskIfHumanPresentOnIdle      types.Bool   `tfsdk:"ask_if_human_present_on_idle"`
	IdleTimeSeconds              types.Number `tfsdk:"idle_time_seconds"`
	MaxIdleCheckCount            types.Number `tfsdk:"max_idle_check_count"`
	MaxCallDurationSeconds       types.Number `tfsdk:"max_call_duration_seconds"`
	SayGoodbyeOnMaxDuration      types.Bool   `tfsdk:"say_goodbye_on_max_duration"`
	UserInactivityTimeoutSeconds types.Number `tfsdk:"user_inactivity_timeout_seconds"`
	InitialIdleTimeSeconds       types.Number `tfsdk:"initial_idle_time_seconds"`
	InitialMaxIdleCheckCount     types.Number `tfsdk:"initial_max_idle_check_count"`
	LLMTemperature               types.Number `tfsdk:"llm_temperature"`
	EnableRecording              types.Bool   `tfsdk:"enable_recording"`
	Direction                    types.String `tfsdk:"direction"`
	WhoSpeaksFirst               types.String `tfsdk:"who_speaks_first"`
	PhoneNumberIDs               types.Set    `tfsdk:"phone_number_ids"`
	Voice                        types.Object `tfsdk:"voice"`
	AdvancedSettings             types.Object `tfsdk:"advanced_settings"`
	DeletionProtection           types.Bool   `tfsdk:"deletion_protection"`
	CurrentStatus                types.String `tfsdk:"current_status"`
	IsReadyToPublish             types.Bool   `tfsdk:"is_ready_to_publish"`
	CreatedAt                    types.String `tfsdk:"created_at"`
	UpdatedAt                    types.String `tfsdk:"updated_at"`
	Revision                     types.String `tfsdk:"revision"`
}

// resourceSchema is the schema of talq_agent, in the order of the page create-agent. It
// holds no logic.
func resourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A voice agent: who it is, how it talks, and which numbers reach it. " +
			"**Every write puts it into draft, and a draft agent takes no calls until it is published again.** Destroying it deletes its trainings, actions and call history for good.",
		Attributes: map[string]schema.Attribute{
			"id":    upsert.ComputedText("The agent's id.", stringplanmodifier.UseStateForUnknown()),
			"label": upsert.RequiredText("The name that the dashboard shows, 1 to 255 characters."+onceOnly, upsert.UpTo255()...),
			"name":  upsert.RequiredText("What the agent calls itself, 1 to 255 characters."+onceOnly, upsert.UpTo255()...),
			"description": upsert.OptionalText("The agent's prompt: what it is for and how it should behave, at least 5 characters.",
				stringvalidator.UTF8LengthAtLeast(5), tfvalue.NotBlankValidator),
			"language": upsert.RequiredText("The language that the agent speaks: "+tfvalue.Listed(Languages)+".", stringvalidator.OneOf(Languages...)),
			"initial_message": upsert.OptionalText("What the agent says first, 5 to 255 characters.",
				stringvalidator.UTF8LengthBetween(5, 255), tfvalue.NotBlankValidator),
			"interrupt_sensitivity": upsert.RequiredText("How easily a caller interrupts the agent: `low`, `medium` or `high`.", stringvalidator.OneOf("low", "medium", "high")),
			"endpointing_sensitivity": upsert.OptionalText("How soon a pause counts as the end of a sentence, such as `auto`. At most 255 characters."+
				upsert.NotReadBack+onceOnly+forANewOne, upsert.UpTo255()...),
			"ivr_navigation_mode": upsert.OptionalText("What an outbound agent does in a phone menu, such as `off`. At most 255 characters."+
				upsert.NotReadBack+onceOnly+forANewOne, upsert.UpTo255()...),
			"conversation_speed": schema.NumberAttribute{
				MarkdownDescription: "How fast the agent speaks, 0.1 to 3; 1 is normal. Once the agent has a voice, the API takes only 1 to below 2.",
				Required:            true,
				Validators:          []validator.Number{tfvalue.Between("0.1", "3")},
			},
			"initial_message_delay": schema.NumberAttribute{
				MarkdownDescription: "Seconds before the agent says its first message, 0 to 60.",
				Required:            true,
				Validators:          []validator.Number{tfvalue.WholeBetween("0", "60")},
			},
			"ask_if_human_present_on_idle": schema.BoolAttribute{
				MarkdownDescription: "Whether the agent asks if somebody is there before it ends a silent call.",
				Required:            true,
			},
			// The page says 60, and the error on it 300. What is too much the API refuses.
			"idle_time_seconds": optionalNumber("Seconds of silence after which the agent asks, or ends the call: 1 to 60, or 300 by another part of the API's reference."+
				upsert.NotReadBack+onceOnly+forANewOne, tfvalue.WholeBetween("1", "300")),
			"max_idle_check_count": optionalNumber("How often the agent asks before it ends the call, 1 to 10."+
				upsert.NotReadBack+onceOnly, tfvalue.WholeBetween("1", "10")),
			"max_call_duration_seconds": optionalNumber("How many seconds a call may last, 1 to 3600."+
				upsert.NotReadBack+onceOnly, tfvalue.WholeBetween("1", "3600")),
			"say_goodbye_on_max_duration": optionalBool("Whether the agent says goodbye when `max_call_duration_seconds` is over." + upsert.NotReadBack + onceOnly),
			"user_inactivity_timeout_seconds": optionalNumber("Seconds of silence from the caller after which the agent ends the call, 5 to 120."+
				upsert.NotReadBack+onceOnly, tfvalue.WholeBetween("5", "120")),
			"initial_idle_time_seconds": optionalNumber("Like `idle_time_seconds`, before the first message, 1 to 60."+
				upsert.NotReadBack+onceOnly, tfvalue.WholeBetween("1", "60")),
			"initial_max_idle_check_count": optionalNumber("Like `max_idle_check_count`, before the first message, 0 to 10."+
				upsert.NotReadBack+onceOnly, tfvalue.WholeBetween("0", "10")),
			"llm_temperature": optionalNumber("How freely the language model chooses its words, 0 to 2."+
				upsert.NotReadBack+forANewOne, tfvalue.Between("0", "2")),
			"enable_recording": optionalBool("Whether calls are recorded." + upsert.NotReadBack + onceOnly + forANewOne),
			"direction":        upsert.RequiredText("Whether the agent takes calls (`inbound`) or makes them (`outbound`).", stringvalidator.OneOf("inbound", "outbound")),
			"who_speaks_first": upsert.RequiredText("Who begins: `agent` or `user`.", stringvalidator.OneOf("agent", "user")),
			"phone_number_ids": schema.SetAttribute{
				MarkdownDescription: "The ids of the agent's numbers; `talq_phone_numbers` finds them.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{foundNumbers{}, setvalidator.ValueStringsAre(tfvalue.NotBlankValidator)},
			},
			"voice":             voiceAttribute(),
			"advanced_settings": advancedAttribute(),
			"deletion_protection": schema.BoolAttribute{
				MarkdownDescription: "Whether a destroy or a replacement is refused. Default `true`. To destroy the agent, set this to `false`, apply, then destroy.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(true),
			},
			"current_status":      upsert.ComputedText("`draft` or `published`. A draft agent takes no calls. `talq_agent_publication` changes it."),
			"is_ready_to_publish": schema.BoolAttribute{MarkdownDescription: "Whether the agent can be published.", Computed: true},
			"created_at":          upsert.ComputedText("When the agent was created.", stringplanmodifier.UseStateForUnknown()),
			"updated_at":          upsert.ComputedText("When anybody last wrote or published the agent, or wrote one of its actions."),
			"revision":            upsert.Revision(),
		},
	}
}

// voiceAttribute is the schema of voice.
func voiceAttribute() schema.SingleNestedAttribute {
	const highTiersOnly = ", 0.5 to 1. Needed for voices of high quality tiers, refused for all others."
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How the agent sounds. An agent without a voice cannot be published, and a voice cannot be removed again.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"template_id":        upsert.RequiredText("The id of a voice template; `talq_voice_templates` finds it. It must speak the agent's `language`.", tfvalue.NotBlankValidator),
			"ambient_background": upsert.OptionalText("The sounds behind the voice, such as `office`, `cafe` or `quiet`.", tfvalue.NotBlankValidator),
			"ambient_volume":     optionalNumber("How loud the background is, 0 to 2. The API's default is 1."+upsert.NotReadBack, tfvalue.Between("0", "2")),
			"stability":          optionalNumber("How even the voice is"+highTiersOnly, tfvalue.Between("0.5", "1")),
			"similarity_boost":   optionalNumber("How close the voice is to its model"+highTiersOnly, tfvalue.Between("0.5", "1")),
		},
	}
}

// advancedAttribute is the schema of advanced_settings.
func advancedAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Features to switch on or off." + upsert.NotReadBack,
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"enable_initial_message_cache": optionalBool("Whether the sound of the first message is cached for repeated outbound calls, which costs less. " +
				"The API takes `true` only for an agent with 700 calls in seven days." + upsert.NotReadBack),
		},
	}
}

func optionalNumber(description string, rule validator.Number) schema.NumberAttribute {
	return schema.NumberAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.Number{rule}}
}

func optionalBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
}

// The types of the nested attributes, for values that are built in Go.
var (
	voiceType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"template_id": types.StringType, "ambient_background": types.StringType,
		"ambient_volume": types.NumberType, "stability": types.NumberType, "similarity_boost": types.NumberType,
	}}
	advancedType = types.ObjectType{AttrTypes: map[string]attr.Type{"enable_initial_message_cache": types.BoolType}}
)
