package flow

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// extraValidator checks members of a node that the pages do not name.
var extraValidator = tfvalue.TextRule{Must: "must be a JSON object without the members that have attributes of their own", Summary: "Wrong extra_json", Check: func(text string) string {
	fields, problem := jsonObject(text)
	if problem != "" {
		return "extra_json " + problem + ", such as jsonencode({ action_id = talq_action.book.id })."
	}
	for _, name := range nodeMembers {
		if _, there := fields[name]; there {
			return fmt.Sprintf("%q has an attribute of its own. Remove it from extra_json and set that attribute.", name)
		}
	}
	return ""
}}

// jsonObject decodes an object of JSON, or says what is wrong.
func jsonObject(text string) (fields map[string]any, problem string) {
	value, err := tfvalue.DecodeJSON([]byte(text))
	if err != nil {
		return nil, fmt.Sprintf("must be a JSON object, and %s", err)
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, "must be a JSON object"
	}
	return fields, ""
}

// ValidateConfig implements [resource.ResourceWithValidateConfig]: which form the flow is
// in, and the structure of its graph. An unknown value breaks no rule.
func (r *flowResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config flowModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkForm(&resp.Diagnostics)
	config.checkGraph(&resp.Diagnostics)
}

// checkForm wants exactly one of the two forms of a flow when flow driven, and none else.
func (m *flowModel) checkForm(diags *diag.Diagnostics) {
	set := func(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }
	switch mode := m.ConversationMode.ValueString(); {
	case set(m.FlowConfig) && set(m.FlowConfigJSON):
		diags.AddAttributeError(path.Root(attributeJSON), summaryForm, "flow_config and flow_config_json are two forms of the same thing. Keep one of them.")
	case mode == talq.FlowDriven && m.FlowConfig.IsNull() && m.FlowConfigJSON.IsNull():
		diags.AddAttributeError(path.Root(attributeConfig), summaryForm, "A flow_driven conversation needs a graph of nodes: set flow_config or flow_config_json.")
	case mode == talq.LLMDriven && set(m.FlowConfig):
		diags.AddAttributeError(path.Root(attributeConfig), summaryForm, inLLMMode)
	case mode == talq.LLMDriven && set(m.FlowConfigJSON):
		diags.AddAttributeError(path.Root(attributeJSON), summaryForm, inLLMMode)
	}
}

const inLLMMode = "An llm_driven conversation has no graph of nodes. Remove it, or set conversation_mode to flow_driven."

// checkGraph checks the structure of the flow, whatever its form.
func (m *flowModel) checkGraph(diags *diag.Diagnostics) {
	var found []problem
	switch {
	case !m.FlowConfig.IsNull() && !m.FlowConfig.IsUnknown():
		fields, at := fieldsIn(m.FlowConfig), place{Path: path.Root(attributeConfig)}
		if found = missing(fields, at); len(found) == 0 {
			g := graphOf(fields, at)
			found = g.problems()
		}
	case !m.FlowConfigJSON.IsNull() && !m.FlowConfigJSON.IsUnknown():
		found = jsonProblems(m.FlowConfigJSON)
	}
	for _, p := range found {
		diags.AddAttributeError(p.at.Path, p.summary, p.detail)
	}
}

// missing returns what lacks in the objects of lists, see neededInList.
func missing(config map[string]any, at place) (found []problem) {
	need := func(fields map[string]any, at place, names ...string) {
		for _, name := range names {
			if at := at.below(name); fields[name] == nil {
				found = append(found, problem{at, summaryMissing, fmt.Sprintf("%s must be set.", at)})
			}
		}
	}
	each(config, at, "nodes", func(node map[string]any, at place) {
		need(node, at, "id", "type")
		each(node, at, "branches", func(branch map[string]any, at place) { need(branch, at, "next") })
	})
	each(config, at, "global_functions", func(function map[string]any, at place) { need(function, at, "name") })
	return found
}

// each walks the objects of a list that are known.
func each(fields map[string]any, at place, name string, visit func(map[string]any, place)) {
	for i, element := range list(fields[name]) {
		if object, ok := element.(map[string]any); ok {
			visit(object, at.below(name, i))
		}
	}
}

// jsonProblems are those of a flow in JSON: first what the schema sees to in the typed form.
func jsonProblems(text types.String) []problem {
	at := place{path.Root(attributeJSON), true}
	wrong := func(what string) []problem {
		return []problem{{at, summaryJSON, what + " Write it as jsonencode({ initial_node_id = …, nodes = […] })."}}
	}
	config, what := jsonObject(text.ValueString())
	if what != "" {
		return wrong("flow_config_json " + what + ".")
	}
	g := graphOf(config, at)
	switch {
	case tfvalue.Trim(g.initial.ValueString()) == "":
		return wrong("It has no initial_node_id.")
	case len(g.nodes) == 0:
		return wrong("It has no nodes.")
	}
	if i := slices.IndexFunc(g.nodes, func(n node) bool { return tfvalue.Trim(n.id.ValueString()) == "" }); i >= 0 {
		return wrong(fmt.Sprintf("Its node number %d, counted from 1, has no id.", i+1))
	}
	if i := slices.IndexFunc(g.nodes, func(n node) bool { return tfvalue.Trim(n.kind.ValueString()) == "" }); i >= 0 {
		return wrong(fmt.Sprintf("Its node %s has no type.", g.nodes[i].name()))
	}
	return g.problems()
}
