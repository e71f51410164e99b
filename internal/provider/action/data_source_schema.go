package action

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// actionsSchema is the schema of the data source talq_actions. It holds no logic.
func actionsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The actions of an agent, whoever made them, with all that the API shows of them. " +
			"It shows no node id, headers, phrases, scheme, mode and integration.",
		Attributes: map[string]schema.Attribute{
			"agent_id": schema.StringAttribute{
				MarkdownDescription: "The agent's id.",
				Required:            true,
				Validators:          []validator.String{tfvalue.AgentIDValidator},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Only actions of this type: `webhook`, `external`, `transfer` or `hold`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(ActionTypes...)},
			},
			"current_status": schema.StringAttribute{
				MarkdownDescription: "Only actions with this status, `active` or `inactive`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(upsert.StatusActive, upsert.StatusInactive)},
			},
			"actions": schema.ListNestedAttribute{
				MarkdownDescription: "The actions, in the API's order. Empty if there is none.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: listedActionAttributes()},
			},
		},
	}
}

// listedActionAttributes are the attributes of talq_action that the API shows, and
// the two objects that only the server sets.
func listedActionAttributes() map[string]schema.Attribute {
	const asJSON = " JSON text, for `jsondecode`. It never contains `custom_headers`, since their values are secret."
	attributes := map[string]schema.Attribute{
		"hold_duration": schema.Int64Attribute{MarkdownDescription: "How many seconds a hold lasts.", Computed: true},
		"inputs": schema.ListNestedAttribute{
			MarkdownDescription: "What the agent collects, or passes on as a fixed value.", Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: tfvalue.MergedAttributes(tfvalue.Texts(map[string]string{
				"name": "The input's name.", "type": "The type of its value, such as `string` or `integer`.",
				"description": "What the agent should ask for.",
				"value":       "A fixed value: JSON for the types `integer`, `number`, `boolean`, `array` and `object`, for all others the text itself.",
			}), map[string]schema.Attribute{
				"required": schema.BoolAttribute{MarkdownDescription: "Whether the agent must have it before it acts.", Computed: true},
			})},
		},
	}
	return tfvalue.MergedAttributes(attributes, tfvalue.Texts(map[string]string{
		"id": "The action's id.", "name": "The action's name.", "label": "The name that the dashboard shows.",
		"description": "What the action does, and when the agent should use it.", "type": "`webhook`, `external`, `transfer` or `hold`.",
		"url": "The URL that the action calls.", "authorization_url": "The URL where the target issues its authorization.",
		"transfer_to": "The number that a transfer goes to.", "current_status": "`active` or `inactive`.",
		"created_at": "When the action was created.", "updated_at": "When it was last written, by whomever.",
		"config": "What else the server stores of the action." + asJSON, "action_trigger": "What starts the action, if the server says so." + asJSON,
	}))
}

// listedActionType is the type of an action in a list, as the schema has it.
var listedActionType = tfvalue.ObjectType(listedActionAttributes())
