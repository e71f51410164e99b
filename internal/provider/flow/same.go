package flow

import (
	"encoding/json"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// documented are all members of a flow_config that the pages name.
var documented = append([]string{"initial_node_id", "meta", "nodes", "global_functions", "name", "version", "match", "description"}, nodeMembers...)

// sameness says when decoded JSON of two flows says the same. Numbers count as decimals, keys
// have no order, blanks around a text do not count (API.md, ruling 9), and null, "", [] and {}
// are like left out: the pages do not say in which form a flow comes back, and PHP writes an
// empty object as [].
type sameness struct {
	// shown is nil, or the names of all members that an answer shows. A member of ours that
	// the pages do not name and that is not among them may be one that the API never returns:
	// its absence says nothing.
	shown map[string]bool
}

// sameAs reports whether two values say the same.
func (s sameness) sameAs(ours, theirs any) bool {
	if blank(ours) && blank(theirs) {
		return true
	}
	switch ours := ours.(type) {
	case map[string]any:
		theirs, ok := theirs.(map[string]any)
		return ok && s.sameMembers(ours, theirs)
	case []any:
		theirs, ok := theirs.([]any)
		return ok && slices.EqualFunc(ours, theirs, s.sameAs)
	case string:
		theirs, ok := theirs.(string)
		return ok && tfvalue.Trim(ours) == tfvalue.Trim(theirs)
	case json.Number:
		theirs, ok := theirs.(json.Number)
		return ok && tfvalue.SameNumber(ours, theirs)
	default:
		return ours == theirs // true or false
	}
}

func (s sameness) sameMembers(ours, theirs map[string]any) bool {
	for name, value := range ours {
		other, there := theirs[name]
		if !there && s.hidden(name) {
			continue
		}
		if !s.sameAs(value, other) {
			return false
		}
	}
	for name, value := range theirs {
		if _, there := ours[name]; !there && !blank(value) {
			return false
		}
	}
	return true
}

func (s sameness) hidden(name string) bool {
	return s.shown != nil && !s.shown[name] && !slices.Contains(documented, name)
}

// blank reports whether a value says no more than one that is left out.
func blank(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return tfvalue.Trim(value) == ""
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}

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
