package flow

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The names of attributes that messages and paths need.
const (
	attributeMode   = "conversation_mode"
	attributeConfig = "flow_config"
	attributeJSON   = "flow_config_json"
	attributeExtra  = "extra_json" // of a node
)

// flowModel is talq_agent_flow in configuration, plan and state.
type flowModel struct {
	AgentID          types.String `tfsdk:"agent_id"`
	ConversationMode types.String `tfsdk:"conversation_mode"`
	FlowConfig       types.Object `tfsdk:"flow_config"`
	FlowConfigJSON   types.String `tfsdk:"flow_config_json"`
	Revision         types.String `tfsdk:"revision"`
}

// flowSchema is the schema of talq_agent_flow. It holds no logic.
func flowSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "How a voice agent leads a conversation: freely, by its knowledge and actions, or along a graph of nodes. An agent has one flow.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent whose flow it is. With another agent, the old one goes back to `llm_driven`.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			attributeMode: schema.StringAttribute{
				MarkdownDescription: "`llm_driven`, where knowledge and actions lead the conversation, or `flow_driven`, where the graph of nodes does.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.OneOf(talq.LLMDriven, talq.FlowDriven)},
			},
			attributeConfig: schema.SingleNestedAttribute{
				MarkdownDescription: "The graph of nodes. `flow_driven` needs this or `flow_config_json`; `llm_driven` takes neither.",
				Optional:            true,
				Attributes:          configAttributes(),
			},
			attributeJSON: schema.StringAttribute{
				MarkdownDescription: "The graph of nodes as JSON, sent as it is, for what `flow_config` has no attribute for: `jsonencode({ initial_node_id = …, nodes = […] })`.",
				Optional:            true,
			},
			"revision": upsert.Revision(),
		},
	}
}

// configAttributes are the attributes of flow_config, as the page update-agent-flow names them.
func configAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"initial_node_id": neededText("The id of the node that a conversation begins with."),
		"meta": schema.SingleNestedAttribute{
			MarkdownDescription: "What the flow is called.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"name":    optionalText("The flow's name."),
				"version": optionalText("Its version, such as `1.2.0`."),
			},
		},
		"nodes": schema.ListNestedAttribute{
			MarkdownDescription: "The nodes, at least one. Each must be reached from the first one.",
			Required:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues()},
			NestedObject:        schema.NestedAttributeObject{Attributes: nodeAttributes()},
		},
		"global_functions": schema.ListNestedAttribute{
			MarkdownDescription: "What any node may call.",
			Optional:            true,
			Validators:          []validator.List{listvalidator.NoNullValues()},
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name":        neededInList("The function's name. Common ones are `end_conversation`, `transfer_call` and `repeat_question`."),
				"description": optionalText("What it does."),
			}},
		},
	}
}

func nodeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": neededInList("The node's id, unique in the flow."),
		"type": schema.StringAttribute{
			MarkdownDescription: "Required. `say`, `ask`, `decision`, `action`, `transfer` or `end`.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.OneOf(nodeTypes...)},
		},
		"content": optionalText("What the agent says or asks. `say` and `ask` need it, unless `extra_json` is set."),
		"next":    optionalText("The id of the node that comes after this one."),
		"branches": schema.ListNestedAttribute{
			MarkdownDescription: "Where to go from here. A `decision` needs at least one, unless `extra_json` is set.",
			Optional:            true,
			Validators:          []validator.List{listvalidator.NoNullValues()},
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"match": optionalText("What leads this way, such as `yes`."),
				"next":  neededInList("The id of the node that it leads to."),
			}},
		},
		attributeExtra: schema.StringAttribute{
			MarkdownDescription: "More members of the node, as a JSON object: the fields of its type that the API's reference mentions but does not name. " +
				"One is the action of an `action` node: `jsonencode({ action_id = talq_action.book.id })`.",
			Optional:   true,
			Validators: []validator.String{extraValidator},
		},
	}
}

func neededText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
}

// neededInList is neededText for the objects of a list. It is not Required there: the framework
// would refuse an object that is not known yet, as in `nodes = [var.node]` at validate.
// ValidateConfig asks for it.
func neededInList(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: "Required. " + description, Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
}

func optionalText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true}
}

// configType is the type of flow_config, as the schema has it.
var configType = tfvalue.ObjectType(configAttributes())
