package action

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// createRequest is the one mapping from plan to the body of an upsert. The prior state
// is nil on create. API.md, ruling 5: what was set, or may have been by an update whose
// outcome is in doubt, and is not wished for any more goes out as null or as its neutral
// value; a hidden field that we never set is never sent.
func (m *actionModel) createRequest(prior *actionModel, unsure *upsert.Doubt) (talq.ActionRequest, diag.Diagnostics) {
	if prior == nil {
		prior = &actionModel{}
	}
	r := talq.ActionRequest{
		NodeID: m.NodeID.ValueString(), Name: m.Name.ValueString(), Description: m.Description.ValueString(),
		Type: m.Type.ValueString(), CurrentStatus: m.CurrentStatus.ValueString(),

		URL:              sentText(m.URL, prior.URL),
		AuthorizationURL: sentText(m.AuthorizationURL, prior.AuthorizationURL),
		TransferTo:       sentText(m.TransferTo, prior.TransferTo),
	}
	switch {
	case !m.HoldDuration.IsNull():
		r.HoldDuration = talq.Some(m.HoldDuration.ValueInt64())
	case !prior.HoldDuration.IsNull():
		r.HoldDuration = talq.Null[int64]()
	}
	// Under another type these two show as inputs, which is all that is left of
	// them after a create took over an action of that type.
	if dropsInput(m, prior, TypeTransfer) {
		r.TransferTo = talq.Null[string]()
	}
	if dropsInput(m, prior, TypeHold) {
		r.HoldDuration = talq.Null[int64]()
	}
	for _, h := range hiddenAttributes {
		switch {
		case h.IsSet(m):
			h.Send(&r, m)
		case h.IsSet(prior), unsure.MayHaveSet(h.Name):
			h.Clear(&r)
		}
	}
	inputs, diags := m.sentInputs()
	if len(inputs) > 0 || !m.Inputs.IsNull() || !prior.Inputs.IsNull() {
		r.Inputs = talq.Some(inputs)
	}
	return r, diags
}

// dropsInput reports whether the input that stands for an attribute of another
// type is in the state and not wished for any more.
func dropsInput(plan, prior *actionModel, otherType string) bool {
	name := reservedInputs[otherType]
	return plan.Type.ValueString() != otherType && hasInput(prior.Inputs, name) && !hasInput(plan.Inputs, name)
}

func hasInput(inputs types.List, name string) bool {
	for _, element := range inputs.Elements() {
		if object, ok := element.(types.Object); ok && object.Attributes()["name"].Equal(types.StringValue(name)) {
			return true
		}
	}
	return false
}

// sentText maps one optional text that is read back.
func sentText(plan, prior types.String) talq.Opt[string] {
	switch {
	case !plan.IsNull():
		return talq.Some(plan.ValueString())
	case !prior.IsNull():
		return talq.Null[string]()
	}
	return talq.Opt[string]{}
}

// sentInputs returns the inputs, and last the entry that stands for transfer_to or
// hold_duration (API.md, ruling 1), so that `inputs.0` in an error of the API's is
// the user's first.
func (m *actionModel) sentInputs() ([]talq.InputRequest, diag.Diagnostics) {
	sent := []talq.InputRequest{}
	var diags diag.Diagnostics
	inputs := inputsOf(m.Inputs)
	for i := range len(m.Inputs.Elements()) {
		input := inputs[i]
		entry := talq.InputRequest{Name: input.Name.ValueString(), Type: input.Type.ValueString(), Required: input.Required.ValueBool()}
		if !input.Description.IsNull() {
			entry.Description = talq.Some(input.Description.ValueString())
		}
		if !input.Value.IsNull() {
			value, err := tfvalue.WireValue(entry.Type, input.Value.ValueString())
			if err != nil {
				diags.AddAttributeError(path.Root("inputs").AtListIndex(i).AtName("value"), summaryWrongValue, wrongValue(entry.Name, entry.Type, err))
				continue // to say all that is wrong at once; the caller returns on errors
			}
			entry.Value = value
		}
		sent = append(sent, entry)
	}
	if m.Type.ValueString() == TypeTransfer {
		sent = append(sent, talq.InputRequest{Name: "transfer_to", Type: "string", Required: true,
			Description: talq.Some("Transfer to"), Value: tfvalue.EncodeJSON(m.TransferTo.ValueString())})
	}
	if m.Type.ValueString() == TypeHold {
		sent = append(sent, talq.InputRequest{Name: "hold_duration", Type: "integer", Required: true,
			Description: talq.Some("Hold duration in seconds"), Value: json.RawMessage(strconv.FormatInt(m.HoldDuration.ValueInt64(), 10))})
	}
	return sent, diags
}

const summaryWrongValue = "Value does not fit the input's type"

func wrongValue(name, inputType string, err error) string {
	return fmt.Sprintf("The value of the input %q is sent as JSON of its type %q, so %s. Change the value or the type.", name, inputType, err)
}

// attributePath finds the attribute that a field of the request came from, for
// the field errors of the API: "inputs.0.name", "custom_headers.1.value".
func (m *actionModel) attributePath(field string) (path.Path, bool) {
	parts := session.SplitField(field)
	if len(parts) == 0 {
		return path.Empty(), false // a remark on no field
	}
	root := path.Root(parts[0])
	if _, ours := m.attributes()[parts[0]]; !ours {
		return path.Empty(), false
	}
	if parts[0] == "custom_headers" {
		root = m.Headers().Path()
	}
	if len(parts) == 1 {
		return root, true
	}
	index, err := strconv.Atoi(parts[1])
	switch parts[0] {
	case "inputs":
		if err != nil || index < 0 {
			return root, true
		}
		if index >= len(m.Inputs.Elements()) { // the last entry, which the user did not write
			if own, ok := reservedInputs[m.Type.ValueString()]; ok {
				root = path.Root(own)
			}
			return root, true
		}
		root = root.AtListIndex(index)
		if len(parts) > 2 {
			if _, ok := inputType.AttrTypes[parts[2]]; ok {
				root = root.AtName(parts[2])
			}
		}
	case "custom_headers":
		if err == nil {
			return m.Headers().PathOf(index), true
		}
	case "integration":
		if parts[1] == "id" {
			root = root.AtName("id")
		}
	}
	return root, true
}
