package flow

import (
	"context"
	"fmt"
	"slices"

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
	return m.ConversationMode.Equal(other.ConversationMode) && sameness{}.sameAs(m.fields(), other.fields())
}

// isStored reports whether the API has the flow that a plan wants.
func (m *flowModel) isStored(f talq.Flow) bool {
	if f.Mode() != m.ConversationMode.ValueString() {
		return false
	}
	return f.Mode() != talq.FlowDriven || sameness{}.sameAs(m.fields(), fieldsOf(f))
}

// Configuration returns what a configuration says of an agent's flow for which the plan after
// an import is empty, by attribute, and what no answer shows: an action node says nowhere which
// action it takes if the API returns no more members than its reference names.
func Configuration(agentID string, f talq.Flow) (attributes map[string]attr.Value, hidden []string) {
	blank := flowModel{AgentID: types.StringValue(agentID), FlowConfig: types.ObjectNull(configType.AttrTypes)}
	m := blank.stateFromServer(f)
	for _, element := range listIn(m.FlowConfig, "nodes").Elements() {
		if node, ok := element.(types.Object); ok && textIn(node, "type").ValueString() == "action" && textIn(node, "extra_json").IsNull() {
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

// stateFromServer is the one mapping from the API to state. Where the answer says what the
// state says, the state keeps its form. Else the flow comes in the form that the state has,
// but in JSON where the typed form has no place for all of it.
func (m flowModel) stateFromServer(f talq.Flow) flowModel {
	if m.Revision.IsUnknown() {
		m.Revision = types.StringNull()
	}
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
	if config, ok := typed(prior, theirs); ok && !inJSON {
		m.FlowConfig = config
	} else {
		m.FlowConfigJSON = types.StringValue(tfvalue.StateText(tfvalue.HclValue(*f.FlowConfig.Value)))
	}
	return m
}

// sameConfig reports whether an answer holds the state's graph of nodes.
func (m *flowModel) sameConfig(theirs any) bool {
	ours := m.fields()
	return ours != nil && sameness{shown: namesIn(theirs)}.sameAs(ours, theirs)
}

// typed returns the typed form of a flow that the API has. It reports false where that has no
// place for all of it. Where a part says what the prior one says it keeps its form.
func typed(prior types.Object, theirs any) (types.Object, bool) {
	t := typing{shown: namesIn(theirs), ok: true}
	fields := t.object(theirs)
	t.knows(fields, "initial_node_id", "meta", "nodes", "global_functions")
	before := map[string]types.Object{} // the nodes of the state, by id
	for _, element := range listIn(prior, "nodes").Elements() {
		if node, ok := element.(types.Object); ok {
			before[tfvalue.Trim(textIn(node, "id").ValueString())] = node
		}
	}
	values := map[string]attr.Value{
		"initial_node_id": t.text(textIn(prior, "initial_node_id"), fields["initial_node_id"]),
		"meta":            t.meta(objectIn(prior, "meta"), fields["meta"]),
		"nodes": t.list(types.ListNull(nodeType), fields["nodes"], nodeType, func(theirs map[string]any) attr.Value {
			id, _ := theirs["id"].(string)
			return t.node(before[tfvalue.Trim(id)], theirs)
		}),
		"global_functions": t.list(listIn(prior, "global_functions"), fields["global_functions"], functionType, func(theirs map[string]any) attr.Value {
			return t.texts(functionType, theirs, "name", "description")
		}),
	}
	if !t.ok {
		return types.ObjectNull(configType.AttrTypes), false
	}
	return types.ObjectValueMust(configType.AttrTypes, values), true
}

// typing makes typed values of decoded JSON; ok becomes false at the first that does not fit.
type typing struct {
	shown map[string]bool
	ok    bool
}

func (t *typing) node(prior types.Object, theirs map[string]any) attr.Value {
	more := map[string]any{}
	for name, value := range theirs {
		if !slices.Contains(nodeMembers, name) && !blank(value) {
			more[name] = value
		}
	}
	values := map[string]attr.Value{"extra_json": t.extra(textIn(prior, "extra_json"), more)}
	for _, name := range []string{"id", "type", "content", "next"} {
		values[name] = t.text(textIn(prior, name), theirs[name])
	}
	values["branches"] = t.list(listIn(prior, "branches"), theirs["branches"], branchType, func(branch map[string]any) attr.Value {
		return t.texts(branchType, branch, "match", "next")
	})
	return types.ObjectValueMust(nodeType.AttrTypes, values)
}

func (t *typing) extra(prior types.String, theirs map[string]any) attr.Value {
	if s := (sameness{shown: t.shown}); !prior.IsNull() && s.sameAs(any(extraMembers(prior)), any(theirs)) {
		return prior
	}
	if len(theirs) == 0 {
		return types.StringNull()
	}
	return types.StringValue(tfvalue.StateText(tfvalue.HclValue(encoded(theirs))))
}

func (t *typing) meta(prior types.Object, theirs any) attr.Value {
	fields := t.object(theirs)
	if (sameness{}).sameAs(textFields(prior, "name", "version"), any(fields)) && !prior.IsNull() {
		return prior
	}
	if len(fields) == 0 {
		return types.ObjectNull(metaType.AttrTypes)
	}
	return t.texts(metaType, fields, "name", "version")
}

// object takes PHP's [] for an empty object, and null for one that is left out.
func (t *typing) object(value any) map[string]any {
	fields, ok := value.(map[string]any)
	t.ok = t.ok && (ok || blank(value))
	return fields
}

// knows reports other members than the named ones, which have no place.
func (t *typing) knows(fields map[string]any, names ...string) {
	for name, value := range fields {
		t.ok = t.ok && (slices.Contains(names, name) || blank(value))
	}
}

func (t *typing) text(prior types.String, value any) attr.Value {
	text, ok := value.(string)
	t.ok = t.ok && (ok || value == nil)
	return tfvalue.TextFromAPI(prior, talq.Some(text))
}

// texts makes an object of texts alone.
func (t *typing) texts(kind types.ObjectType, fields map[string]any, names ...string) attr.Value {
	t.knows(fields, names...)
	values := map[string]attr.Value{}
	for _, name := range names {
		values[name] = t.text(types.StringNull(), fields[name])
	}
	return types.ObjectValueMust(kind.AttrTypes, values)
}

// list makes a list of objects. It keeps the prior one where that says the same, and is null
// where there is nothing in it.
func (t *typing) list(prior types.List, value any, kind types.ObjectType, of func(map[string]any) attr.Value) attr.Value {
	elements, ok := value.([]any)
	t.ok = t.ok && (ok || blank(value))
	made := []attr.Value{}
	for _, element := range elements {
		fields, ok := element.(map[string]any)
		t.ok = t.ok && ok
		made = append(made, of(fields))
	}
	if !prior.IsNull() && (sameness{}).sameAs(objectsIn(prior), value) {
		return prior
	}
	if len(made) == 0 {
		return types.ListNull(kind)
	}
	return types.ListValueMust(kind, made)
}

// objectsIn returns a list of objects of texts as decoded JSON.
func objectsIn(list types.List) any {
	found := []any{}
	for _, element := range list.Elements() {
		if object, ok := element.(types.Object); ok {
			fields := map[string]any{}
			for name := range object.Attributes() {
				putText(fields, object, name)
			}
			found = append(found, fields)
		}
	}
	return found
}
