package flow

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// answered is a flow driven agent's flow as an answer has it.
func answered(config string) talq.Flow {
	return talq.Flow{ConversationMode: talq.Some(talq.FlowDriven), FlowConfig: talq.Some(json.RawMessage(config))}
}

// read is what a state becomes by a read.
func read(prior flowModel, f talq.Flow) flowModel { return prior.stateFromServer(f) }

// imported is a state that was not read yet.
func imported() flowModel {
	return flowModel{FlowConfig: types.ObjectNull(configType.AttrTypes)}
}

// TestImportedForm: the typed form where it has a place for all of the flow, else JSON.
func TestImportedForm(t *testing.T) {
	for _, row := range []struct{ name, config, json string }{
		{"what the pages name", `{"initial_node_id": "a", "meta": {"name": "n"}, "nodes": [{"id": "a", "type": "say", "content": "Hi", "next": "b"}, {"id": "b", "type": "decision", "branches": [{"match": "y", "next": "a"}]}], "global_functions": [{"name": "end"}]}`, ""},
		{"members of a node beyond the pages", `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "action", "action_id": "x", "wait": 1.50}]}`, ""},
		{"a type of a node that the pages do not know", `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "sing"}]}`, ""},
		{"empty parts", `{"initial_node_id": "a", "meta": [], "nodes": [{"id": "a", "type": "end", "branches": [], "next": null, "x": null}], "global_functions": null, "x": []}`, ""},
		{"an empty flow", `[]`, ""},
		{"a member of the flow beyond the pages", `{"initial_node_id": "a", "nodes": [], "language": "en"}`, `{"initial_node_id":"a","nodes":[],"language":"en"}`},
		{"one of meta", `{"initial_node_id": "a", "meta": {"name": "n", "x": 1}, "nodes": []}`, `{"initial_node_id":"a","meta":{"name":"n","x":1},"nodes":[]}`},
		{"one of a branch", `{"nodes": [{"id": "a", "branches": [{"next": "a", "x": 1}]}]}`, `{"nodes":[{"id":"a","branches":[{"next":"a","x":1}]}]}`},
		{"one of a function", `{"global_functions": [{"name": "a", "x": 1}]}`, `{"global_functions":[{"name":"a","x":1}]}`},
		{"a number where a text is to be", `{"initial_node_id": 1}`, `{"initial_node_id":1}`},
		{"a text where a list is to be", `{"nodes": "a"}`, `{"nodes":"a"}`},
		{"a text where an object is to be", `{"nodes": ["a"]}`, `{"nodes":["a"]}`},
		{"a text as the whole", `"a"`, `a`},
	} {
		t.Run(row.name, func(t *testing.T) {
			state := read(imported(), answered(row.config))
			if got := state.FlowConfigJSON.ValueString(); got != row.json {
				t.Errorf("the JSON is %q, want %q", got, row.json)
			}
			if typed := !state.FlowConfig.IsNull(); typed != (row.json == "") {
				t.Errorf("it is typed: %v", typed)
			}
			if row.json == "" {
				theirs := decoded(t, row.config)
				if ours := state.fields(); !same(ours, theirs) {
					t.Errorf("the state says %v, want %v", ours, theirs)
				}
			}
			if again := read(state, answered(row.config)); !again.FlowConfig.Equal(state.FlowConfig) || !again.FlowConfigJSON.Equal(state.FlowConfigJSON) {
				t.Error("a second read changes it")
			}
		})
	}
}

// TestReadKeepsForm: a part that says the same stays as it was written, whatever else changes.
func TestReadKeepsForm(t *testing.T) {
	prior := read(imported(), answered(`{"initial_node_id": "a", "meta": {"version": "1.0"}, "nodes": [
		{"id": "a", "type": "say", "content": "Hello!\n", "next": "b", "wait": 1.50},
		{"id": "b", "type": "end"}], "global_functions": [{"name": "end"}]}`))
	next := read(prior, answered(`{"initial_node_id": "a", "meta": {"version": "1.0", "name": null}, "nodes": [
		{"id": "a", "type": "say", "content": "Hello!", "next": "b", "wait": 1.5, "branches": []},
		{"id": "b", "type": "transfer"}], "global_functions": [{"name": "end", "description": ""}]}`))
	for _, name := range []string{"initial_node_id", "meta", "global_functions"} {
		if got, want := next.FlowConfig.Attributes()[name], prior.FlowConfig.Attributes()[name]; !got.Equal(want) {
			t.Errorf("%s is %s, was %s", name, got, want)
		}
	}
	first := func(m flowModel, i int) types.Object {
		node, _ := listIn(m.FlowConfig, "nodes").Elements()[i].(types.Object)
		return node
	}
	if got, want := first(next, 0), first(prior, 0); !got.Equal(want) {
		t.Errorf("the first node is %s, was %s", got, want)
	}
	if got := textIn(first(next, 1), "type").ValueString(); got != "transfer" {
		t.Errorf("the second node is of the type %s", got)
	}
}

// TestReadOfParts: what an answer leaves out stays, and what it has as null goes.
func TestReadOfParts(t *testing.T) {
	prior := read(imported(), answered(`{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end"}]}`))
	for _, row := range []struct {
		name string
		flow talq.Flow
		mode string
		kept bool
	}{
		{"no flow_config", talq.Flow{ConversationMode: talq.Some(talq.FlowDriven)}, talq.FlowDriven, true},
		{"flow_config null", talq.Flow{ConversationMode: talq.Some(talq.FlowDriven), FlowConfig: talq.Null[json.RawMessage]()}, talq.FlowDriven, false},
		{"mode null", talq.Flow{ConversationMode: talq.Null[string](), FlowConfig: talq.Null[json.RawMessage]()}, talq.LLMDriven, false},
		{"llm driven, and the flow is kept", talq.Flow{ConversationMode: talq.Some(talq.LLMDriven), FlowConfig: answered(`{"nodes": [1]}`).FlowConfig}, talq.LLMDriven, false},
		{"a mode that there is not", talq.Flow{ConversationMode: talq.Some("\x1b[2J")}, "␛[2J", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			state := read(prior, row.flow)
			if got := state.ConversationMode.ValueString(); got != row.mode {
				t.Errorf("the mode is %q, want %q", got, row.mode)
			}
			if kept := state.FlowConfig.Equal(prior.FlowConfig); kept != row.kept || !state.FlowConfigJSON.IsNull() {
				t.Errorf("the flow is %s, JSON %s", state.FlowConfig, state.FlowConfigJSON)
			}
		})
	}
}

// TestHostileTextsInState: nothing of the server's reaches a terminal raw, in either form.
func TestHostileTextsInState(t *testing.T) {
	state := read(imported(), answered(`{"initial_node_id": "\u001b[2J", "nodes": [{"id": "\u001b[2J", "x": "`+"\u009b"+`"}]}`))
	if got := textIn(state.FlowConfig, "initial_node_id").ValueString(); got != "␛[2J" {
		t.Errorf("typed: %q", got)
	}
	node, _ := listIn(state.FlowConfig, "nodes").Elements()[0].(types.Object)
	if got := textIn(node, "extra_json").ValueString(); got != "{\"x\":\"\ufffd\"}" {
		t.Errorf("extra_json: %q", got)
	}
	state = read(imported(), answered(`{"x": "`+"\u009b"+`\u001b[2J"}`))
	if got := state.FlowConfigJSON.ValueString(); got != `{"x":"`+"\ufffd"+`\u001b[2J"}` {
		t.Errorf("JSON: %q", got)
	}
}

// TestNameOfAFlow: what is no text under meta.name counts as no name.
func TestNameOfAFlow(t *testing.T) {
	for config, want := range map[string]string{
		`{"meta":{"name":"N","version":"1"}}`: "N",
		`{"meta":{"name":null,"version":2}}`:  "",
		`{"meta":{"name":2}}`:                 "",
		`{"meta":{}}`:                         "",
		`{"meta":[]}`:                         "",
		`{"meta":null}`:                       "",
		`{}`:                                  "",
		`[]`:                                  "",
		`"text"`:                              "",
	} {
		if got := nameOf(answered(config)); got != want {
			t.Errorf("%s: %q", config, got)
		}
	}
	if got := nameOf(talq.Flow{}); got != "" {
		t.Errorf("without a graph: %q", got)
	}
}
