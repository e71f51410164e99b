package training

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

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
		MarkdownDescription: "A training of a voice agent: a subject that you teach it, in your words. " +
			"**Every create, update and delete puts the agent into draft, and a draft agent takes no calls until it is published again.**",
		Attributes: map[string]schema.Attribute{
			"id":       upsert.ComputedText("The training's id.", stringplanmodifier.UseStateForUnknown()),
			"agent_id": upsert.AgentID("The agent that the training belongs to. A change replaces the training."),
			"node_id": upsert.NodeID(session.Training, "A name of your own for the training, unique among the trainings of its agent, such as `prices`. The API finds the training by it at every write, "+
				"and never returns it. A change replaces the training. Needed to create or change a training; an imported one may lack it."),
			"subject":        upsert.RequiredText("What the training is about, 1 to 255 characters.", upsert.UpTo255()...),
			"instructions":   upsert.RequiredText("What the agent should know and do.", tfvalue.NotBlankValidator),
			"current_status": upsert.CurrentStatus(),
			"created_at":     upsert.ComputedText("When the training was created.", stringplanmodifier.UseStateForUnknown()),
			"updated_at":     upsert.ComputedText("When anybody last wrote the training."),
			"revision":       upsert.Revision(),
		},
	}
}
