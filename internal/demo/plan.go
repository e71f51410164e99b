package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// change is what a plan does to one resource.
type change struct {
	sign    string
	address string
	// kind and name are the attributes "type" and "name", where the resource has them.
	kind, name string
	// attributes are those whose value changes to another known one.
	attributes []attribute
}

func (c change) String() string {
	return fmt.Sprintf("%s %v", c.address, c.attributes)
}

// attribute is one value that changes, shown as JSON.
type attribute struct{ path, before, after string }

func (a attribute) String() string {
	return a.path + ": " + a.before + " -> " + a.after
}

// counts are Terraform's own sums of a plan.
type counts struct{ add, change, destroy int }

func (c counts) String() string {
	return fmt.Sprintf("%d to add, %d to change, %d to destroy", c.add, c.change, c.destroy)
}

// changesIn are what a plan does to the managed resources, by address.
func changesIn(plan *tfjson.Plan) []change {
	var changes []change
	for _, resource := range plan.ResourceChanges {
		actions := resource.Change.Actions
		if resource.Mode != tfjson.ManagedResourceMode || actions.NoOp() || actions.Read() {
			continue
		}
		c := change{sign: sign(actions), address: resource.Address}
		for _, values := range []any{resource.Change.After, resource.Change.Before} {
			kind, _ := object(values)["type"].(string)
			name, _ := object(values)["name"].(string)
			c.kind, c.name = cmp.Or(c.kind, kind), cmp.Or(c.name, name)
		}
		if actions.Update() || actions.Replace() {
			c.attributes = differences("", values{
				before: resource.Change.Before, after: resource.Change.After, unknown: resource.Change.AfterUnknown,
				secretBefore: resource.Change.BeforeSensitive, secretAfter: resource.Change.AfterSensitive,
			})
		}
		changes = append(changes, c)
	}
	slices.SortFunc(changes, func(a, b change) int { return strings.Compare(a.address, b.address) })
	return changes
}

// count sums the changes up; a replacement is one to add and one to destroy.
func count(changes []change) counts {
	var c counts
	for _, change := range changes {
		switch change.sign {
		case "+":
			c.add++
		case "~":
			c.change++
		case "-":
			c.destroy++
		case "-/+":
			c.add++
			c.destroy++
		}
	}
	return c
}

// sign is the one that Terraform puts in front of a resource.
func sign(actions tfjson.Actions) string {
	switch {
	case actions.Create():
		return "+"
	case actions.Update():
		return "~"
	case actions.Delete():
		return "-"
	case actions.Replace():
		return "-/+"
	default:
		return "?"
	}
}

// values are the five trees of a change, at the same place in each.
type values struct {
	before, after, unknown, secretBefore, secretAfter any
}

// differences finds what changes at path and below. What only the apply will tell is left
// out: it says nothing to a reader.
func differences(path string, v values) []attribute {
	if isTrue(v.unknown) {
		return nil
	}
	if isTrue(v.secretBefore) || isTrue(v.secretAfter) {
		if encode(v.before) == encode(v.after) {
			return nil
		}
		return []attribute{{path, "(sensitive)", "(sensitive)"}}
	}
	var found []attribute
	before, isObject := v.before.(map[string]any)
	after, staysObject := v.after.(map[string]any)
	if isObject && staysObject {
		for _, key := range keys(before, after) {
			name := strings.TrimPrefix(path+"."+key, ".")
			found = append(found, differences(name, v.at(func(tree any) any {
				return object(tree)[key]
			}))...)
		}
		return found
	}
	old, isList := v.before.([]any)
	items, staysList := v.after.([]any)
	if isList && staysList && len(old) == len(items) {
		for i := range items {
			found = append(found, differences(fmt.Sprintf("%s[%d]", path, i), v.at(func(tree any) any {
				if items := list(tree); i < len(items) {
					return items[i]
				}
				return nil
			}))...)
		}
		return found
	}
	if encode(v.before) == encode(v.after) {
		return nil
	}
	return []attribute{{path, shown(v.before, v.secretBefore), shown(v.after, v.secretAfter)}}
}

// at goes one step down in all trees. What is true for a whole tree is true below.
func (v values) at(step func(tree any) any) values {
	return values{step(v.before), step(v.after), step(v.unknown), step(v.secretBefore), step(v.secretAfter)}
}

// shown is a value, unless something in it is sensitive.
func shown(value, secret any) string {
	if hasTrue(secret) {
		return "(sensitive)"
	}
	return encode(value)
}

func isTrue(mark any) bool {
	marked, _ := mark.(bool)
	return marked
}

func hasTrue(mark any) bool {
	switch mark := mark.(type) {
	case bool:
		return mark
	case []any:
		return slices.ContainsFunc(mark, hasTrue)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(mark)), hasTrue)
	}
	return false
}

func keys(objects ...map[string]any) []string {
	all := map[string]bool{}
	for _, object := range objects {
		for key := range object {
			all[key] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// encode is a value as a person would write it in JSON.
func encode(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(b.String())
}
