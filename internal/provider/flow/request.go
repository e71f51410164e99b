package flow

import (
	"bytes"
	"encoding/json"

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
		return encoded(configFields(m.FlowConfig))
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

// encoded returns JSON with its texts and numbers as they are.
func encoded(value any) json.RawMessage {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // decoded JSON and texts always encode
	return bytes.TrimSpace(b.Bytes())
}

// configFields returns a typed flow as the members of an object of JSON. What is null is left out.
func configFields(config types.Object) map[string]any {
	fields := map[string]any{}
	putText(fields, config, "initial_node_id")
	if meta := objectIn(config, "meta"); !meta.IsNull() {
		fields["meta"] = textFields(meta, "name", "version")
	}
	putList(fields, config, "nodes", nodeFields)
	putList(fields, config, "global_functions", func(value types.Object) map[string]any { return textFields(value, "name", "description") })
	return fields
}

func nodeFields(value types.Object) map[string]any {
	fields := textFields(value, "id", "type", "content", "next")
	putList(fields, value, "branches", func(branch types.Object) map[string]any { return textFields(branch, "match", "next") })
	for name, more := range extraMembers(textIn(value, "extra_json")) {
		fields[name] = more
	}
	return fields
}

// extraMembers decodes extra_json, nil where it is null or unknown.
func extraMembers(extra types.String) map[string]any {
	fields, _ := jsonObject(extra.ValueString())
	return fields
}

func textFields(value types.Object, names ...string) map[string]any {
	fields := map[string]any{}
	for _, name := range names {
		putText(fields, value, name)
	}
	return fields
}

func putText(fields map[string]any, value types.Object, name string) {
	if text := textIn(value, name); !text.IsNull() {
		fields[name] = text.ValueString()
	}
}

func putList(fields map[string]any, value types.Object, name string, of func(types.Object) map[string]any) {
	elements := listIn(value, name)
	if elements.IsNull() {
		return
	}
	members := make([]any, 0, len(elements.Elements()))
	for _, element := range elements.Elements() {
		object, _ := element.(types.Object)
		members = append(members, of(object))
	}
	fields[name] = members
}
