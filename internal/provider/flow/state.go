package flow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// isImport reports whether a state comes from an import and was not read yet.
func (m *flowModel) isImport() bool { return m.ConversationMode.IsNull() }

// known reports whether nothing of what is sent is unknown.
func (m *flowModel) known(ctx context.Context) bool {
	value, err := m.FlowConfig.ToTerraformValue(ctx)
	return err == nil && value.IsFullyKnown() && !m.ConversationMode.IsUnknown() && !m.FlowConfigJSON.IsUnknown()
}

// sameAs reports whether two models, both wholly known, mean the same flow, whatever the form.
func (m *flowModel) sameAs(other *flowModel) bool {
	return m.ConversationMode.Equal(other.ConversationMode) && same(m.fields(), other.fields())
}

// isStored reports whether the API has the flow that a plan wants.
func (m *flowModel) isStored(f talq.Flow) bool {
	if f.Mode() != m.ConversationMode.ValueString() {
		return false
	}
	return f.Mode() != talq.FlowDriven || same(m.fields(), fieldsOf(f))
}

// Configuration returns what a configuration says of an agent's flow for which the plan after
// an import is empty, by attribute, and what no answer shows: an action node says nowhere which
// action it takes if the API returns no more members than its reference names.
func Configuration(agentID string, f talq.Flow) (attributes map[string]attr.Value, hidden []string) {
	blank := flowModel{AgentID: types.StringValue(agentID), FlowConfig: types.ObjectNull(configType.AttrTypes)}
	m := blank.stateFromServer(f)
	for _, element := range listIn(m.FlowConfig, "nodes").Elements() {
		if node, ok := element.(types.Object); ok && textIn(node, "type").ValueString() == "action" && textIn(node, attributeExtra).IsNull() {
			hidden = append(hidden, fmt.Sprintf("extra_json of the node %q", textIn(node, "id").ValueString()))
		}
	}
	return map[string]attr.Value{"agent_id": m.AgentID, attributeMode: m.ConversationMode, attributeConfig: m.FlowConfig, attributeJSON: m.FlowConfigJSON}, hidden
}

// fieldsOf returns the graph of nodes of an answer as decoded JSON, nil where it has none.
func fieldsOf(f talq.Flow) any {
	if f.FlowConfig.Value == nil {
		return nil
	}
	value, err := tfvalue.DecodeJSON(*f.FlowConfig.Value)
	if err != nil {
		return nil
	}
	return value
}

// nameOf returns the name that the graph of nodes of an answer has, "" where it has none.
func nameOf(f talq.Flow) string {
	config, _ := fieldsOf(f).(map[string]any)
	meta, _ := config["meta"].(map[string]any)
	name, _ := meta["name"].(string)
	return name
}

// stateFromServer is the one mapping from the API to state. Where the answer says what the
// state says, the state keeps its form. Else the flow comes in the form that the state has,
// but in JSON where the typed form has no place for all of it.
func (m flowModel) stateFromServer(f talq.Flow) flowModel {
	m.ConversationMode = tfvalue.TextFromAPI(m.ConversationMode, talq.Some(f.Mode()))
	if f.Mode() != talq.FlowDriven {
		m.FlowConfig, m.FlowConfigJSON = types.ObjectNull(configType.AttrTypes), types.StringNull()
		return m
	}
	theirs := fieldsOf(f)
	if !f.FlowConfig.Present || m.sameConfig(theirs) {
		return m
	}
	prior, inJSON := m.FlowConfig, !m.FlowConfigJSON.IsNull()
	m.FlowConfig, m.FlowConfigJSON = types.ObjectNull(configType.AttrTypes), types.StringNull()
	if f.FlowConfig.Value == nil {
		return m
	}
	if config, ok := typed(configType, theirs); ok && !inJSON {
		m.FlowConfig = formKept(prior, config, theirs, namesIn(theirs))
	} else {
		m.FlowConfigJSON = types.StringValue(tfvalue.StateText(tfvalue.HclValue(*f.FlowConfig.Value)))
	}
	return m
}

// sameConfig reports whether an answer holds the state's graph of nodes.
func (m *flowModel) sameConfig(theirs any) bool {
	ours := m.fields()
	return ours != nil && sameAnswer(ours, theirs, namesIn(theirs))
}

// typed returns decoded JSON as an object of a typed flow. It reports false where that has no
// place for all of it.
func typed(kind types.ObjectType, value any) (object types.Object, ok bool) {
	_, ok = value.(map[string]any)
	ok = ok || blank(value) // such as PHP's [] for an empty object
	values := map[string]attr.Value{}
	given, beyond := byAttribute(kind.AttrTypes, value)
	if len(beyond) > 0 {
		given[attributeExtra] = tfvalue.HclValue(tfvalue.EncodeJSON(beyond))
	}
	for name, of := range kind.AttrTypes {
		fits := true
		switch of := of.(type) {
		case types.ObjectType:
			values[name] = types.ObjectNull(of.AttrTypes)
			if !blank(given[name]) {
				values[name], fits = typed(of, given[name])
			}
		case types.ListType:
			values[name], fits = typedList(of, given[name])
		default:
			values[name], fits = typedText(given[name])
		}
		ok = ok && fits
	}
	return types.ObjectValueMust(kind.AttrTypes, values), ok && (len(beyond) == 0 || kind.AttrTypes[attributeExtra] != nil)
}

// byAttribute returns the members of an object in decoded JSON that have attributes, and those
// beyond, which extra_json is for: a member of that name is one of them.
func byAttribute(attributes map[string]attr.Type, value any) (given, beyond map[string]any) {
	fields, _ := value.(map[string]any)
	given, beyond = map[string]any{}, map[string]any{}
	for name, member := range fields {
		switch {
		case attributes[name] != nil && name != attributeExtra:
			given[name] = member
		case !blank(member):
			beyond[name] = member
		}
	}
	return given, beyond
}

// typedList is null where there is nothing in it.
func typedList(kind types.ListType, value any) (of types.List, ok bool) {
	element, _ := kind.ElemType.(types.ObjectType)
	objects := []attr.Value{}
	ok = blank(value) || len(list(value)) > 0
	for _, each := range list(value) {
		_, is := each.(map[string]any)
		object, fits := typed(element, each)
		objects, ok = append(objects, object), ok && is && fits
	}
	if len(objects) == 0 {
		return types.ListNull(element), ok
	}
	return types.ListValueMust(element, objects), ok
}

func typedText(value any) (text types.String, ok bool) {
	got, ok := value.(string)
	return tfvalue.TextFromAPI(types.StringNull(), talq.Some(got)), ok || value == nil
}

// formKept returns an object of an answer that shows members of these names, but with each part
// that says what the state's says in the state's form. It looks at the answer's JSON: there the
// texts are still as they were sent. Nodes are judged by their parts: extra_json is no member
// of a node, but what it holds are.
func formKept(prior, seen types.Object, theirs any, shown map[string]bool) types.Object {
	values := seen.Attributes()
	given, beyond := byAttribute(seen.AttributeTypes(context.Background()), theirs)
	given[attributeExtra] = beyond
	for name, value := range values {
		before := prior.Attributes()[name]
		switch {
		case name == "nodes" && !value.IsNull():
			byID := map[string]types.Object{}
			for _, element := range listIn(prior, name).Elements() {
				if node, ok := element.(types.Object); ok {
					byID[tfvalue.Trim(textIn(node, "id").ValueString())] = node
				}
			}
			nodes := listIn(seen, name).Elements()
			for i, element := range list(given[name]) {
				fields, _ := element.(map[string]any)
				if node, ok := nodes[i].(types.Object); ok {
					nodes[i] = formKept(byID[tfvalue.Trim(member(fields, "id").ValueString())], node, fields, shown)
				}
			}
			values[name] = types.ListValueMust(listIn(seen, name).ElementType(context.Background()), nodes)
		case before != nil && !before.IsNull() && sameAnswer(fieldIn(prior, name), given[name], shown):
			values[name] = before
		}
	}
	return types.ObjectValueMust(seen.AttributeTypes(context.Background()), values)
}
