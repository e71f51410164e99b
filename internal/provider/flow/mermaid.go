package flow

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// shapes are the two ends of a node of each type in Mermaid's flowcharts.
var shapes = map[string][2]string{
	"say": {"[", "]"}, "ask": {"[/", "/]"}, "decision": {"{", "}"}, "action": {"[[", "]]"}, "transfer": {">", "]"}, "end": {"([", "])"},
}

const longestLabel = 80

// mermaid draws a flow as a flowchart of Mermaid's. Nodes are numbered in it, so that no id
// can be one of Mermaid's own words, and every text of the flow stands in quotes, escaped.
// What is no node, or leads to none, is left out or drawn as missing: a drawing checks nothing.
func mermaid(config map[string]any) string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	numbers := map[string]string{} // in the drawing, by id
	all := []map[string]any{}
	for _, element := range list(config["nodes"]) {
		fields, ok := element.(map[string]any)
		if !ok {
			continue
		}
		number := fmt.Sprintf("n%d", len(all))
		all = append(all, fields)
		if id := member(fields, "id").ValueString(); numbers[id] == "" {
			numbers[id] = number
		}
		shape, known := shapes[member(fields, "type").ValueString()]
		if !known {
			shape = shapes["say"]
		}
		fmt.Fprintf(&b, "  %s%s\"%s\"%s\n", number, shape[0], label(fields), shape[1])
	}
	to := func(id string) string {
		if numbers[id] == "" {
			numbers[id] = fmt.Sprintf("m%d", len(numbers))
			fmt.Fprintf(&b, "  %s[\"%s is missing\"]\n", numbers[id], escaped(id))
		}
		return numbers[id]
	}
	if initial := member(config, "initial_node_id").ValueString(); initial != "" {
		fmt.Fprintf(&b, "  start((\"start\")) --> %s\n", to(initial))
	}
	for i, fields := range all {
		if next := member(fields, "next").ValueString(); next != "" {
			fmt.Fprintf(&b, "  n%d --> %s\n", i, to(next))
		}
		for _, element := range list(fields["branches"]) {
			branch, _ := element.(map[string]any)
			next, match := member(branch, "next").ValueString(), member(branch, "match").ValueString()
			switch {
			case next == "":
			case match == "":
				fmt.Fprintf(&b, "  n%d --> %s\n", i, to(next))
			default:
				fmt.Fprintf(&b, "  n%d -->|\"%s\"| %s\n", i, escaped(match), to(next))
			}
		}
	}
	return b.String()
}

// label is what stands in a node: its id and type, and below them the beginning of its content.
func label(fields map[string]any) string {
	text := escaped(member(fields, "id").ValueString())
	if kind := member(fields, "type").ValueString(); kind != "" {
		text += " (" + escaped(kind) + ")"
	}
	content := strings.Join(strings.Fields(member(fields, "content").ValueString()), " ")
	if content == "" {
		return text
	}
	if runes := []rune(content); len(runes) > longestLabel {
		content = string(runes[:longestLabel]) + "…"
	}
	return text + "<br/>" + escaped(content)
}

// escaped makes a text fit for quotes in Mermaid, inside a fence of Markdown: all that could
// mean something there, in HTML or to a terminal is written as a character code.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range tfvalue.StateText(text) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(" .,!?'()-/+", r), r > unicode.MaxLatin1 && unicode.IsGraphic(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
