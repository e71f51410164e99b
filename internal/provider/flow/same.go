package flow

import (
	"maps"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// documented are all members of a flow_config that the pages name.
var documented = append([]string{"initial_node_id", "meta", "nodes", "global_functions", "name", "version", "match", "description"}, nodeMembers...)

// same reports whether decoded JSON of two flows says the same. null, "", [] and {} are like
// left out: the pages do not say in which form a flow comes back, and PHP writes an empty
// object as [].
func same(ours, theirs any) bool {
	return tfvalue.SameJSON(pruned(ours), pruned(theirs))
}

// sameAnswer is same for what an answer holds, which shows members of these names. A member of
// ours that the pages do not name and that is not among them may be one that the API never
// returns: its absence says nothing.
func sameAnswer(ours, theirs any, shown map[string]bool) bool {
	hidden := func(name string) bool { return !shown[name] && !slices.Contains(documented, name) }
	return same(ours, withHidden(ours, theirs, hidden))
}

// withHidden returns decoded JSON of an answer with our hidden members where it lacks them.
func withHidden(ours, theirs any, hidden func(name string) bool) any {
	switch ours := ours.(type) {
	case []any:
		if elements := list(theirs); len(elements) == len(ours) {
			all := make([]any, len(ours))
			for i := range ours {
				all[i] = withHidden(ours[i], elements[i], hidden)
			}
			return all
		}
	case map[string]any:
		fields, ok := theirs.(map[string]any)
		if elements, isList := theirs.([]any); !ok && (!isList || len(elements) > 0) {
			return theirs // [] may be an empty object, see same
		}
		all := map[string]any{}
		maps.Copy(all, fields)
		for name, member := range ours {
			if other, there := fields[name]; there {
				all[name] = withHidden(member, other, hidden)
			} else if hidden(name) {
				all[name] = member
			}
		}
		return all
	}
	return theirs
}

// pruned returns decoded JSON without what says no more than if it were left out. It is nil
// where nothing remains.
func pruned(value any) any {
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
			remaining = append(remaining, pruned(element))
		}
		return remaining
	case map[string]any:
		remaining := map[string]any{}
		for name, member := range value {
			if member = pruned(member); member != nil {
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

func blank(value any) bool { return pruned(value) == nil }

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
