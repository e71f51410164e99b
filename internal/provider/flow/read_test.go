package flow_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestReadOfNodes: what an answer says of a node replaces what the state says, part by part.
// What no answer shows stays, and so does the form of what is the same.
func TestReadOfNodes(t *testing.T) {
	hi := acctest.Values{"id": "a", "type": "say", "content": "Hi"}
	extra := func(text any) acctest.Values { return acctest.ButWith(hi, acctest.Values{"extra_json": text}) }
	alert := acctest.Values{"id": "a\a", "type": "say", "content": "Hi\a", "extra_json": `{ "x": "\u0007" }`}
	const (
		hiJSON    = `{"id": "a", "type": "say", "content": "Hi"}`
		endJSON   = `{"id": "b", "type": "end"}`
		alertJSON = `{"id": "a\u0007", "type": "say", "content": "Hi\u0007", "x": "\u0007"}`
	)
	for _, row := range []struct {
		name   string
		before []any
		answer string
		after  []any
	}{
		{"a documented member of extra_json gone", []any{extra(`{"name":"Greeting"}`)}, hiJSON, []any{hi}},
		{"an undocumented one not shown", []any{extra(`{"wait":1}`)}, hiJSON, []any{extra(`{"wait":1}`)}},
		{"an undocumented one not shown, beside a new node", []any{extra(`{"wait":1}`)}, hiJSON + "," + endJSON, []any{extra(`{"wait":1}`), end("b")}},
		{"an undocumented one gone that another node has", []any{extra(`{"wait":1}`), acctest.ButWith(end("b"), acctest.Values{"extra_json": `{"wait":2}`})},
			hiJSON + `, {"id": "b", "type": "end", "wait": 2}`, []any{hi, acctest.ButWith(end("b"), acctest.Values{"extra_json": `{"wait":2}`})}},
		{"a member called extra_json", []any{hi}, `{"id": "a", "type": "say", "content": "Hi", "extra_json": "x"}`, []any{extra(`{"extra_json":"x"}`)}},
		{"control characters that are the state's, beside a new node", []any{alert}, alertJSON + "," + endJSON, []any{alert, end("b")}},
		{"control characters that are new", []any{hi}, `{"id": "a", "type": "say", "content": "Hi\u0007"}`, []any{acctest.ButWith(hi, acctest.Values{"content": "Hi␇"})}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := w.Protocol(t).Of(flowType)
			stateOf := func(all []any) acctest.Values {
				return acctest.ButWith(driven(nodes(all...)), acctest.Values{"revision": "r"})
			}
			w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "a", "nodes": [`+row.answer+`]}`))
			next, said := p.Refresh(p.Action(stateOf(row.before)))
			said.None(t)
			if want := p.Action(stateOf(row.after)); !next.Equal(want) {
				t.Errorf("the state is %v, want %v", acctest.Plain(t, next), acctest.Plain(t, want))
			}
		})
	}
}
