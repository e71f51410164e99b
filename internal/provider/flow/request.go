package flow

import (
	"bytes"
	"encoding/json"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// createRequest is the one mapping from plan to the body of a PUT. The plan is wholly known.
func (m *flowModel) createRequest() talq.FlowRequest {
	request := talq.FlowRequest{ConversationMode: m.ConversationMode.ValueString()}
	if raw := m.json(); raw != nil && request.ConversationMode == talq.FlowDriven {
		request.FlowConfig = talq.Some(raw)
	}
	return request
}

// json returns the graph of nodes as it is sent, nil where there is none.
func (m *flowModel) json() json.RawMessage {
	switch {
	case !m.FlowConfig.IsNull():
		return tfvalue.EncodeJSON(sent(m.FlowConfig))
	case !m.FlowConfigJSON.IsNull():
		var b bytes.Buffer
		if json.Compact(&b, []byte(m.FlowConfigJSON.ValueString())) == nil {
			return b.Bytes()
		}
	}
	return nil
}

// fields returns the graph of nodes as decoded JSON, nil where there is none.
func (m *flowModel) fields() any {
	value, err := tfvalue.DecodeJSON(m.json())
	if err != nil {
		return nil
	}
	return value
}

// sent returns a typed flow as the API takes it: what stands in extra_json are members of the node.
func sent(config types.Object) map[string]any {
	fields := fieldsIn(config)
	for _, element := range list(fields["nodes"]) {
		if node, ok := element.(map[string]any); ok {
			extra, _ := node[attributeExtra].(map[string]any)
			delete(node, attributeExtra)
			maps.Copy(node, extra)
		}
	}
	return fields
}

// unknown is what decoded JSON holds for a value that is not known yet.
type unknown struct{}

func isUnknown(value any) bool { return value == any(unknown{}) }

// fieldsIn returns an object of a typed flow as decoded JSON, without what is null. An object
// that is null in a list, which the schema forbids, counts as unknown.
func fieldsIn(object types.Object) map[string]any {
	fields := map[string]any{}
	for name := range object.Attributes() {
		if value := fieldIn(object, name); value != nil {
			fields[name] = value
		}
	}
	return fields
}

func fieldIn(object types.Object, name string) any {
	value := object.Attributes()[name]
	switch {
	case value == nil || value.IsNull():
		return nil
	case value.IsUnknown():
		return unknown{}
	}
	switch value := value.(type) {
	case types.Object:
		return fieldsIn(value)
	case types.List:
		elements := []any{}
		for _, element := range value.Elements() {
			if object, ok := element.(types.Object); ok && !object.IsNull() && !object.IsUnknown() {
				elements = append(elements, fieldsIn(object))
			} else {
				elements = append(elements, unknown{})
			}
		}
		return elements
	}
	text := textIn(object, name).ValueString()
	if name == attributeExtra {
		fields, _ := jsonObject(text)
		return fields
	}
	return text
}
