package action

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// differing names the attributes that a person sets and that differ between two
// models, sorted.
func (m *actionModel) differing(other *actionModel) []string {
	return tfvalue.Differing(m.attributes(), other.attributes())
}

// isImport reports whether a state comes from an import and was not read yet.
func (m *actionModel) isImport() bool { return m.Type.IsNull() && m.Name.IsNull() }

// stateOfNewcomer returns an action of the API's of which no state knows.
func stateOfNewcomer(agentID string, a talq.Action) actionModel {
	blank := actionModel{
		AgentID: types.StringValue(agentID), HeaderMaps: tfvalue.NoHeaders(),
		Integration: types.ObjectNull(integrationType.AttrTypes), Inputs: types.ListNull(inputType),
	}
	return blank.stateFromServer(a)
}

// Configuration returns what a configuration says of an action for which the plan after an
// import is empty, by attribute, and the names of what no answer shows of its type.
func Configuration(agentID string, a talq.Action) (attributes map[string]attr.Value, hidden []string) {
	m := stateOfNewcomer(agentID, a)
	return m.attributes(), m.unread()
}

// stateFromServer is the one mapping from the API to state. What the answer holds wins;
// what it does not hold stays as it was; and where both say the same in another
// form, the form stays (API.md, rulings 1, 2, 3, 7, 9, 10).
func (m actionModel) stateFromServer(a talq.Action) actionModel {
	m.ID = types.StringValue(a.ID)
	m.Name = tfvalue.TextFromAPI(m.Name, a.Name)
	m.Label = tfvalue.TextFromAPI(m.Label, a.Label)
	m.Description = tfvalue.TextFromAPI(m.Description, a.Description)
	m.Type = tfvalue.TextFromAPI(m.Type, a.Type)
	m.URL = tfvalue.TextFromAPI(m.URL, a.URL)
	m.AuthorizationURL = tfvalue.TextFromAPI(m.AuthorizationURL, a.AuthorizationURL)
	m.CurrentStatus = tfvalue.TextFromAPI(m.CurrentStatus, a.CurrentStatus)
	m.CreatedAt = tfvalue.TimeFromAPI(m.CreatedAt, a.CreatedAt)
	m.UpdatedAt = tfvalue.TimeFromAPI(m.UpdatedAt, a.UpdatedAt)
	m.seeInputs(a)
	u := a.Undocumented // what an answer holds beyond the pages (API.md, ruling 2)
	if m.NodeID.IsNull() && u.NodeID != nil && *u.NodeID != "" {
		m.NodeID = tfvalue.StateTextOf(u.NodeID)
	}
	m.AuthorizationScheme = tfvalue.HiddenTextFromAPI(m.AuthorizationScheme, u.AuthorizationScheme, defaultScheme)
	m.ExecutionMode = tfvalue.HiddenTextFromAPI(m.ExecutionMode, u.ExecutionMode, modeDuringCall)
	m.SpeakOnReceive = tfvalue.HiddenTextFromAPI(m.SpeakOnReceive, u.SpeakOnReceive, "")
	m.SpeakOnSend = tfvalue.HiddenTextFromAPI(m.SpeakOnSend, u.SpeakOnSend, "")
	if id := tfvalue.HiddenTextFromAPI(m.integrationID(), u.IntegrationID, ""); !id.Equal(m.integrationID()) {
		m.Integration = integrationWith(id)
	}
	return m
}

// seeInputs splits input_schema into inputs and the attribute of the type that comes back
// only there.
func (m *actionModel) seeInputs(a talq.Action) {
	own, hasOwn := reservedInputs[m.Type.ValueString()]
	var ours []talq.Input
	var values []json.RawMessage
	if a.Inputs.Value != nil {
		for _, input := range *a.Inputs.Value {
			if hasOwn && input.Name == own {
				values = append(values, input.Value)
			} else {
				ours = append(ours, input)
			}
		}
	}
	undocumented := map[string]json.RawMessage{TypeTransfer: a.Undocumented.TransferTo, TypeHold: a.Undocumented.HoldDuration}[m.Type.ValueString()]
	if values == nil && undocumented != nil {
		values = append(values, undocumented)
	}
	if a.Inputs.Present {
		m.Inputs = inputsFromServer(m.Inputs, ours)
	} else if values == nil {
		return
	}
	transferTo, holdDuration := m.TransferTo, m.HoldDuration
	m.TransferTo, m.HoldDuration = types.StringNull(), types.Int64Null()
	switch m.Type.ValueString() {
	case TypeTransfer:
		m.TransferTo = transferToFromServer(transferTo, values)
	case TypeHold:
		m.HoldDuration = holdDurationFromServer(holdDuration, values)
	}
}

// transferToFromServer returns the number that one of the values holds. Where two
// differ, the one that is not ours counts: it is what somebody changed.
func transferToFromServer(prior types.String, values []json.RawMessage) types.String {
	found := types.StringNull()
	for _, raw := range values {
		if raw == nil {
			continue
		}
		text := tfvalue.StateText(tfvalue.Trim(tfvalue.HclValue(raw)))
		if digits, ok := tfvalue.WholeNumber(raw); ok && raw[0] != '"' && digits > 0 {
			text = fmt.Sprintf("+%d", digits) // a JSON number cannot hold the plus sign
		}
		if text == "" {
			continue
		}
		if text == tfvalue.Trim(prior.ValueString()) {
			text = prior.ValueString()
		}
		if found.IsNull() || found.Equal(prior) {
			found = types.StringValue(text)
		}
	}
	return found
}

// holdDurationFromServer is transferToFromServer for the seconds of a hold.
func holdDurationFromServer(prior types.Int64, values []json.RawMessage) types.Int64 {
	found := types.Int64Null()
	for _, raw := range values {
		seconds, ok := tfvalue.WholeNumber(raw)
		if ok && (found.IsNull() || found.Equal(prior)) {
			found = types.Int64Value(seconds)
		}
	}
	return found
}

// integrationID returns the id inside integration, null without one.
func (m *actionModel) integrationID() types.String {
	if id, ok := m.Integration.Attributes()["id"].(types.String); ok {
		return id
	}
	return types.StringNull()
}

// integrationWith is the way back of integrationID.
func integrationWith(id types.String) types.Object {
	if id.IsNull() {
		return types.ObjectNull(integrationType.AttrTypes)
	}
	return types.ObjectValueMust(integrationType.AttrTypes, map[string]attr.Value{"id": id})
}
