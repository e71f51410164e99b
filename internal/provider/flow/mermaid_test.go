package flow

import (
	"strings"
	"testing"
)

func drawn(t *testing.T, config string) string {
	t.Helper()
	fields, problem := jsonObject(config)
	if problem != "" {
		t.Fatal(problem)
	}
	return mermaid(fields)
}

func TestMermaid(t *testing.T) {
	got := drawn(t, `{"initial_node_id": "greet", "meta": null, "global_functions": [], "nodes": [
		{"id": "greet", "type": "say", "content": "Hello!\n  Welcome.", "next": "ask", "branches": null, "extra_json": null},
		{"id": "ask", "type": "ask", "content": "Book or ask?", "next": "decide"},
		{"id": "decide", "type": "decision", "branches": [{"match": "book", "next": "book"}, {"match": null, "next": "desk"}]},
		{"id": "book", "type": "action", "next": "end"},
		{"id": "desk", "type": "transfer", "next": "gone"},
		{"id": "end", "type": "end"},
		{"id": "new", "type": "sing"}
	]}`)
	want := `flowchart TD
  n0["greet (say)<br/>Hello! Welcome."]
  n1[/"ask (ask)<br/>Book or ask?"/]
  n2{"decide (decision)"}
  n3[["book (action)"]]
  n4>"desk (transfer)"]
  n5(["end (end)"])
  n6["new (sing)"]
  start(("start")) --> n0
  n0 --> n1
  n1 --> n2
  n2 -->|"book"| n3
  n2 --> n4
  n3 --> n5
  m7["gone is missing"]
  n4 --> m7
`
	if got != want {
		t.Errorf("drawn is\n%s\nwant\n%s", got, want)
	}
}

// TestMermaidOfOddities draws what it can.
func TestMermaidOfOddities(t *testing.T) {
	for _, row := range []struct{ name, config, want string }{
		{"empty", `{}`, "flowchart TD\n"},
		{"no nodes", `{"initial_node_id": "a"}`, "flowchart TD\n  m0[\"a is missing\"]\n  start((\"start\")) --> m0\n"},
		{"no objects", `{"nodes": ["a", null, 1]}`, "flowchart TD\n"},
		{"no texts", `{"nodes": [{"id": {}, "type": [], "content": 1.50, "next": true, "branches": "x"}]}`, "flowchart TD\n  n0[\"<br/>1.50\"]\n"},
		{"one id twice", `{"initial_node_id": "a", "nodes": [{"id": "a"}, {"id": "a", "next": "a"}]}`, "flowchart TD\n  n0[\"a\"]\n  n1[\"a\"]\n  start((\"start\")) --> n0\n  n1 --> n0\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := drawn(t, row.config); got != row.want {
				t.Errorf("drawn is %q, want %q", got, row.want)
			}
		})
	}
}

// TestMermaidEscapes: no text of the flow can end its quotes, its line or its fence, or be HTML.
func TestMermaidEscapes(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"Grüße, 你好 (ok)! é", "Grüße, 你好 (ok)! é"},
		{"👋", "👋"},
		{`"] --> x`, "#34;#93; --#62; x"},
		{"```", "#96;#96;#96;"},
		{"a\nb\tc", "a#10;b#9;c"},
		{"<img src=x onerror=y>", "#60;img src#61;x onerror#61;y#62;"},
		{"%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"},
		{"#quot;&amp;", "#35;quot#59;#38;amp#59;"},
		{"|x|", "#124;x#124;"},
		{"\x1b[2J", "␛#91;2J"},
		{"\u202egnp", "#8238;gnp"},
	} {
		t.Run(row.text, func(t *testing.T) {
			if got := escaped(row.text); got != row.want {
				t.Errorf("it is %q, want %q", got, row.want)
			}
		})
	}
	if long := drawn(t, `{"nodes": [{"id": "a", "content": "`+strings.Repeat("ü", 1000)+`"}]}`); strings.Count(long, "ü") != longestLabel {
		t.Errorf("a long content is drawn as %s", long)
	}
}
