package publication

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// publicationModel is talq_agent_publication in configuration, plan and state.
type publicationModel struct {
	AgentID            types.String `tfsdk:"agent_id"`
	Triggers           types.Map    `tfsdk:"triggers"`
	UnpublishOnDestroy types.Bool   `tfsdk:"unpublish_on_destroy"`
	CurrentStatus      types.String `tfsdk:"current_status"`
}

// publicationSchema is the schema of talq_agent_publication. It holds no logic.
func publicationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Keeps an agent published, so that it takes calls. Every write to an agent, or to one of its actions or trainings, puts it into draft; " +
			"this resource publishes it again, in the same apply, after the writes that `triggers` refers to.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent to keep live.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"triggers": schema.MapAttribute{
				MarkdownDescription: "Texts whose change publishes the agent, under keys of your own: the `revision` of each of its actions, trainings and webhooks, of its flow, and of the agent itself if it is managed. The references also make Terraform publish " +
					"after these are written; with `{}` nothing does.",
				ElementType: types.StringType,
				Required:    true,
			},
			"unpublish_on_destroy": schema.BoolAttribute{
				MarkdownDescription: "Whether destroying this resource puts the agent into draft. Default `false`: the agent stays as it is.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "The agent's status, `draft` or `published`. Every plan sets `published`, so a draft agent shows as a change, whoever made it a draft.",
				Computed:            true,
				Default:             stringdefault.StaticString(talq.AgentPublished),
			},
		},
	}
}
