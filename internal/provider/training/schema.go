package training

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// The values of current_status.
const statusActive, statusInactive = "active", "inactive"

// trainingModel is talq_training in configuration, plan and state.
type trainingModel struct {
	ID            types.String `tfsdk:"id"`
	AgentID       types.String `tfsdk:"agent_id"`
	NodeID        types.String `tfsdk:"node_id"`
	Subject       types.String `tfsdk:"subject"`
	Instructions  types.String `tfsdk:"instructions"`
	CurrentStatus types.String `tfsdk:"current_status"`
	CreatedAt     types.String `tfsdk:"created_at"`
	UpdatedAt     types.String `tfsdk:"updated_at"`
	Revision      types.String `tfsdk:"revision"`
}

// attributes returns the attributes that a person sets, by name.
func (m *trainingModel) attributes() map[string]attr.Value {
	return map[string]attr.Value{
		"agent_id": m.AgentID, "node_id": m.NodeID, "subject": m.Subject, "instructions": m.Instructions, "current_status": m.CurrentStatus,
	}
}

// trainingSchema is the schema of talq_training. It holds no logic.
func trainingSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A training of a voice agent: a subject that it is taught, in your words. " +
			"**Every create, update and delete puts the agent into draft, and a draft agent takes no calls until it is published again.**",
		Attributes: map[string]schema.Attribute{
			"id": upsert.ComputedText("The training's id.", stringplanmodifier.UseStateForUnknown()),
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent that the training belongs to. Another agent means another training.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"node_id": schema.StringAttribute{
				MarkdownDescription: "A name of your own for the training, unique among the trainings of its agent, such as `prices`. The API finds the training by it at every write, " +
					"and never returns it. Another node id means another training. Needed to create or change a training; an imported one may be without it.",
				Optional:      true,
				PlanModifiers: []planmodifier.String{upsert.ReplaceKnownNodeID(session.Training)},
				Validators:    []validator.String{tfvalue.NodeIDValidator},
			},
			"subject": schema.StringAttribute{
				MarkdownDescription: "What the training is about, 1 to 255 characters.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, 255), tfvalue.NotBlankValidator},
			},
			"instructions": schema.StringAttribute{
				MarkdownDescription: "What the agent is to know and to do, for instance from a file.",
				Required:            true,
				Validators:          []validator.String{tfvalue.NotBlankValidator},
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "`active` or `inactive`. Default `active`.",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(statusActive),
				Validators:          []validator.String{stringvalidator.OneOf(statusActive, statusInactive)},
			},
			"created_at": upsert.ComputedText("When the training was created.", stringplanmodifier.UseStateForUnknown()),
			"updated_at": upsert.ComputedText("When the training was last written, by whomever."),
			"revision": upsert.ComputedText("An opaque text that changes with every write of this provider, and only then. " +
				"Let the `triggers` of the agent's publication refer to it."),
		},
	}
}
