package action

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// actionsModel is the data source talq_actions.
type actionsModel struct {
	AgentID       types.String `tfsdk:"agent_id"`
	Type          types.String `tfsdk:"type"`
	CurrentStatus types.String `tfsdk:"current_status"`
	Actions       types.List   `tfsdk:"actions"`
}

// seen fills in the actions of a listing that the filters let through.
func (m actionsModel) seen(listing *talq.Listing) actionsModel {
	elements := make([]attr.Value, 0, len(listing.Actions))
	for i := range listing.Actions {
		action := actionModel{Inputs: types.ListNull(inputType)}.stateFromServer(listing.Actions[i])
		if tfvalue.LetsThrough(m.Type, action.Type) && tfvalue.LetsThrough(m.CurrentStatus, action.CurrentStatus) {
			elements = append(elements, action.listed(listing.Actions[i]))
		}
	}
	m.Actions = types.ListValueMust(listedActionType, elements)
	return m
}

// listed returns an action as an element of a list: what [actionModel.stateFromServer] has read,
// except what the pages leave out of every answer.
func (m actionModel) listed(a talq.Action) attr.Value {
	return types.ObjectValueMust(listedActionType.AttrTypes, map[string]attr.Value{
		"id": m.ID, "name": m.Name, "label": m.Label, "description": m.Description, "type": m.Type,
		"url": m.URL, "authorization_url": m.AuthorizationURL, "inputs": m.Inputs,
		"transfer_to": m.TransferTo, "hold_duration": m.HoldDuration, "current_status": m.CurrentStatus,
		"created_at": m.CreatedAt, "updated_at": m.UpdatedAt,
		"config": jsonText(a.Config), "action_trigger": jsonText(a.ActionTrigger),
	})
}

// jsonText returns an object of the server's as JSON text, null where there is none.
// Keys are sorted, so that another order is no other text.
func jsonText(got talq.Opt[json.RawMessage]) types.String {
	if got.Value == nil {
		return types.StringNull()
	}
	value, err := tfvalue.DecodeJSON(*got.Value)
	if err != nil || value == nil {
		return types.StringNull()
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(stripHeaders(value)) // what was decoded can be encoded
	return types.StringValue(tfvalue.StateText(strings.TrimSuffix(b.String(), "\n")))
}

// stripHeaders takes custom_headers out of decoded JSON, at any depth. Their
// values are secret, and nothing would mark them so in a text (API.md, ruling 2).
func stripHeaders(value any) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = stripHeaders(value[i])
		}
	case map[string]any:
		for key := range value {
			if strings.EqualFold(key, tfvalue.AttributeHeaders) {
				delete(value, key)
				continue
			}
			value[key] = stripHeaders(value[key])
		}
	}
	return value
}
