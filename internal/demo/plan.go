package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// counts are Terraform's own sums of a plan.
type counts struct{ add, change, destroy int }

func (c counts) String() string {
	return fmt.Sprintf("%d to add, %d to change, %d to destroy", c.add, c.change, c.destroy)
}

// showPlan writes a line for each resource that changes, and below an update the strings
// that do: the story changes no other values. It returns the sums, and the new strings by
// their addresses.
func (s *story) showPlan(plan *tfjson.Plan) (sums counts, updates map[string]string) {
	updates = map[string]string{}
	var addresses, kinds int
	for _, resource := range plan.ResourceChanges {
		if !resource.Change.Actions.NoOp() && !resource.Change.Actions.Read() {
			addresses, kinds = max(addresses, len(resource.Address)), max(kinds, len(attribute(resource.Change, "type")))
		}
	}
	byAddress := slices.SortedFunc(slices.Values(plan.ResourceChanges), func(a, b *tfjson.ResourceChange) int {
		return strings.Compare(a.Address, b.Address)
	})
	for _, resource := range byAddress {
		sign, color := "", ""
		switch actions := resource.Change.Actions; {
		case actions.NoOp(), actions.Read():
			continue
		case actions.Create():
			sign, color = "+", green
			sums.add++
		case actions.Update():
			sign, color = "~", yellow
			sums.change++
		case actions.Delete():
			sign, color = "-", red
			sums.destroy++
		default: // a replacement, which the story never has
			sign, color = "-/+", red
			sums.add++
			sums.destroy++
		}
		called := cmp.Or(attribute(resource.Change, "name"), attribute(resource.Change, "subject"))
		line := fmt.Sprintf("%-*s  %-*s  %s", addresses, resource.Address, kinds, attribute(resource.Change, "type"), called)
		s.text("     %s %s", s.paint(color, sign), strings.TrimRight(line, " "))
		before, after := object(resource.Change.Before), object(resource.Change.After)
		for _, name := range slices.Sorted(maps.Keys(before)) {
			from, wasString := before[name].(string)
			to, isString := after[name].(string)
			if wasString && isString && from != to {
				updates[resource.Address+"."+name] = to
				from, to, of := differentLine(from, to)
				s.text("         %s%s: %s -> %s", name, of, s.paint(red, fmt.Sprintf("%q", from)), s.paint(green, fmt.Sprintf("%q", to)))
			}
		}
	}
	return sums, updates
}

// differentLine returns the first line in which two texts differ, and which line it is if
// there are several.
func differentLine(from, to string) (before, after, of string) {
	was, is := strings.Split(from, "\n"), strings.Split(to, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			if len(was)+len(is) > 2 {
				of = fmt.Sprintf(", line %d", i+1)
			}
			return was[i], is[i], of
		}
	}
	return from, to, ""
}

// attribute returns a string of a resource, as it is to be or, if it is destroyed, as it was.
func attribute(change *tfjson.Change, name string) string {
	after, _ := object(change.After)[name].(string)
	before, _ := object(change.Before)[name].(string)
	return cmp.Or(after, before)
}

func list(value any) []any {
	items, _ := value.([]any)
	return items
}

func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}
