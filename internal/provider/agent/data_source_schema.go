package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// agentAttributes are the attributes of an agent, named as the API names them.
// Both data sources have them. The prompts that an agent was trained with are
// left out: they are long, and every state would have them.
func agentAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"ask_if_human_present_on_idle": schema.BoolAttribute{MarkdownDescription: "Whether the agent asks if somebody is there before it ends a silent call.", Computed: true},
		"is_sandbox":                   schema.BoolAttribute{MarkdownDescription: "Whether the agent is only for trying out.", Computed: true},
		"is_ready_to_publish":          schema.BoolAttribute{MarkdownDescription: "Whether the agent can be published.", Computed: true},
		"conversation_speed":           schema.NumberAttribute{MarkdownDescription: "How fast the agent speaks; 1 is normal.", Computed: true},
		"initial_message_delay":        schema.NumberAttribute{MarkdownDescription: "Seconds before the agent says its first message.", Computed: true},
		"voice": schema.SingleNestedAttribute{
			MarkdownDescription: "How the agent sounds.", Computed: true,
			Attributes: tfvalue.MergedAttributes(tfvalue.Texts(map[string]string{
				"id": "The voice's id.", "name": "The voice's name.", "label": "The name that the dashboard shows.", "ambient_background": "The sounds behind the voice.",
			}), map[string]schema.Attribute{
				"template_id":      schema.StringAttribute{MarkdownDescription: "The id of the voice's template.", Computed: true},
				"stability":        schema.NumberAttribute{MarkdownDescription: "How even the voice is.", Computed: true},
				"similarity_boost": schema.NumberAttribute{MarkdownDescription: "How close the voice is to its model.", Computed: true},
				"template": schema.SingleNestedAttribute{
					MarkdownDescription: "The voice's template.", Computed: true,
					Attributes: tfvalue.Texts(map[string]string{"id": "The template's id.", "name": "The template's name."}),
				},
			}),
		},
		"trainings": schema.ListNestedAttribute{
			MarkdownDescription: "The agent's trainings, without their instructions.", Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: tfvalue.Texts(map[string]string{
				"id": "The training's id.", "subject": "Its subject.", "current_status": "`active` or `inactive`.",
				"created_at": "When it was created.", "updated_at": "When it was last written.",
			})},
		},
		"phone_number_ids": schema.SetAttribute{MarkdownDescription: "The ids of the agent's numbers.", ElementType: types.StringType, Computed: true},
		"phone_numbers": schema.ListNestedAttribute{
			MarkdownDescription: "The numbers that reach the agent.", Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: tfvalue.Texts(map[string]string{
				"id": "The number's id.", "number": "The number in E.164 form.", "country_code": "Its country, such as `US`.",
				"formatted_number": "The number in national form.", "international_number": "The number in international form.",
				"current_status": "`active` or `inactive`.",
			})},
		},
	}
	return tfvalue.MergedAttributes(attributes, tfvalue.Texts(map[string]string{
		"id": "The agent's id.", "name": "The agent's name.", "label": "The name that the dashboard shows.", "description": "The agent's prompt.",
		"language": "Its language, such as `en-US`.", "initial_message": "What it says first.", "interrupt_sensitivity": "How easily a caller interrupts the agent.",
		"direction": "`inbound` or `outbound`.", "who_speaks_first": "Who speaks first, such as `agent`.",
		"current_status": "`draft` or `published`. A draft agent takes no calls.",
		"created_at":     "When the agent was created.", "updated_at": "When it was last written.",
	}))
}

// agentSchema is the schema of the data source talq_agent.
func agentSchema() schema.Schema {
	attributes := agentAttributes()
	attributes["id"] = schema.StringAttribute{
		MarkdownDescription: "The agent's id. Set either this or `name`.",
		Optional:            true, Computed: true, Validators: []validator.String{tfvalue.AgentIDValidator},
	}
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: "The agent's exact name, capitals included, which no other agent of the environment may have. Set either this or `id`.",
		Optional:            true, Computed: true, Validators: []validator.String{tfvalue.NotBlankValidator},
	}
	return schema.Schema{
		MarkdownDescription: "An agent, by its id or by its name.",
		Attributes:          attributes,
	}
}

// agentsSchema is the schema of the data source talq_agents.
func agentsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "All agents that the token reaches. An attribute that the API leaves out of its listing is null.",
		Attributes: map[string]schema.Attribute{
			"status":    schema.StringAttribute{MarkdownDescription: "Only agents with this status, `draft` or `published`.", Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}},
			"direction": schema.StringAttribute{MarkdownDescription: "Only agents of this direction, `inbound` or `outbound`.", Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}},
			"search":    schema.StringAttribute{MarkdownDescription: "Only agents that the API finds for this text.", Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}},
			"agents": schema.ListNestedAttribute{
				MarkdownDescription: "The agents, in the API's order.", Computed: true,
				NestedObject: schema.NestedAttributeObject{Attributes: agentAttributes()},
			},
		},
	}
}
