package flow

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

var fuzzed = []string{
	`{"initial_node_id": "a", "meta": {"name": "n"}, "nodes": [{"id": "a", "type": "decision", "branches": [{"match": "y", "next": "a"}], "x": [1.50]}], "global_functions": [{"name": "end"}]}`,
	`{"initial_node_id": " a ", "meta": [], "nodes": [{"id": null}, {"id": "a\n", "branches": {}}], "x": {}}`,
	`{"nodes": [{"id": "a", "id": "b", "next": 1, "branches": [[]]}]}`,
	`[]`, `null`, `"a"`, `1e999999999`, `{"meta": "\u001b[2J"}`, "{\"nodes\": [{\"id\": \"```\", \"content\": \"\\\"]\"}]}",
}

// FuzzFlowState: whatever flow an answer has, a second read of it changes nothing.
func FuzzFlowState(f *testing.F) {
	for _, text := range fuzzed {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, config string) {
		if _, err := tfvalue.DecodeJSON([]byte(config)); err != nil || !utf8.ValidString(config) {
			return // no answer holds it
		}
		first := read(imported(), answered(config))
		second := read(first, answered(config))
		if !second.FlowConfig.Equal(first.FlowConfig) || !second.FlowConfigJSON.Equal(first.FlowConfigJSON) {
			t.Errorf("%s\n%s\n%s\n%s", first.FlowConfig, first.FlowConfigJSON, second.FlowConfig, second.FlowConfigJSON)
		}
		if !first.FlowConfig.IsNull() && !strings.ContainsFunc(config, unicode.IsControl) && !strings.Contains(config, `\u`) {
			if !first.sameConfig(decoded(t, config)) {
				t.Errorf("%s is not what the state says: %s", config, first.FlowConfig)
			}
		}
		if !first.FlowConfig.IsNull() {
			g := graphOf(fieldsIn(first.FlowConfig), place{Path: path.Root(attributeConfig)})
			g.problems() // must end
		}
	})
}

// FuzzMermaid: no text of a flow ends its line, its quotes or the fence around the diagram.
func FuzzMermaid(f *testing.F) {
	for _, text := range fuzzed {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, config string) {
		fields, problem := jsonObject(config)
		if problem != "" {
			return
		}
		for i, line := range strings.Split(strings.TrimSuffix(mermaid(fields), "\n"), "\n") {
			quotes := strings.Count(line, `"`)
			if i > 0 && !strings.HasPrefix(line, "  ") || quotes%2 != 0 || quotes > 2 || strings.ContainsAny(line, "`%\r\x1b") {
				t.Errorf("line %d of the diagram of %q is %q", i, config, line)
			}
		}
		for _, p := range jsonProblems(types.StringValue(config)) {
			if p.detail == "" {
				t.Errorf("nothing is said of %q", config)
			}
		}
	})
}
