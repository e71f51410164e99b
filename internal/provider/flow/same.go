package flow

import (
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// documented are all members of a flow_config that the pages name.
var documented = append([]string{"initial_node_id", "meta", "nodes", "global_functions", "name", "version", "match", "description"}, nodeMembers...)

// same reports whether decoded JSON of two flows says the same. null, "", [] and {} are like
// left out: the pages do not say in which form a flow comes back, and PHP writes an empty
// object as [].
func same(ours, theirs any) bool {
	return tfvalue.SameJSON(pruned(ours, nil), pruned(theirs, nil))
}

// sameAnswer is same for what an answer holds, which shows members of these names. A member of
// ours that the pages do not name and that is not among them may be one that the API never
// returns: its absence says nothing.
func sameAnswer(ours, theirs any, shown map[string]bool) bool {
	hidden := func(name string) bool { return !shown[name] && !slices.Contains(documented, name) }
	return tfvalue.SameJSON(pruned(ours, hidden), pruned(theirs, nil))
}

// pruned returns decoded JSON without what says no more than if it were left out, and without
// hidden members. It is nil where nothing remains.
func pruned(value any, hidden func(name string) bool) any {
	switch value := value.(type) {
	case string:
		if tfvalue.Trim(value) == "" {
			return nil
		}
	case []any:
		if len(value) == 0 {
			return nil
		}
		remaining := make([]any, 0, len(value))
		for _, element := range value {
			remaining = append(remaining, pruned(element, hidden))
		}
		return remaining
	case map[string]any:
		remaining := map[string]any{}
		for name, member := range value {
			if hidden != nil && hidden(name) {
				continue
			}
			if member = pruned(member, hidden); member != nil {
				remaining[name] = member
			}
		}
		if len(remaining) == 0 {
			return nil
		}
		return remaining
	}
	return value
}

func blank(value any) bool { return pruned(value, nil) == nil }

// namesIn returns the names of all members in decoded JSON, at any depth.
func namesIn(value any) map[string]bool {
	names := map[string]bool{}
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				walk(element)
			}
		case map[string]any:
			for name, element := range value {
				names[name] = true
				walk(element)
			}
		}
	}
	walk(value)
	return names
}
