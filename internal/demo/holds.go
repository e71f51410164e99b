package main

import (
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
)

// compared are the attributes that Talq holds by the same name and in the same form.
var compared = []string{
	"node_id", "name", "description", "type", "url", "authorization_scheme", "speak_on_send",
	"speak_on_receive", "execution_mode", "hold_duration", "transfer_to", "current_status",
}

// checkHolds says whether Talq holds what a plan was about to make of the actions, and no
// other action.
func (t *standIn) checkHolds(plan *tfjson.Plan) error {
	planned := 0
	for _, resource := range plan.ResourceChanges {
		want, ok := resource.Change.After.(map[string]any)
		if resource.Type != "talq_action" || !ok {
			continue
		}
		planned++
		nodeID, _ := want["node_id"].(string)
		action, err := t.find(nodeID)
		if err != nil {
			return err
		}
		if err := checkFields(resource.Address, want, action.Fields); err != nil {
			return err
		}
	}
	return same("the number of actions in Talq", planned, len(t.server.Actions(t.agent)))
}

// checkFields compares one action as the plan has it with the one that Talq holds.
func checkFields(address string, want, got map[string]any) error {
	for _, attribute := range compared {
		if err := sameWhereSet(address+"."+attribute, want[attribute], got[attribute]); err != nil {
			return err
		}
	}
	// What stands behind the inputs of the code is the server's way to keep transfer_to
	// and hold_duration.
	inputs, held := list(want["inputs"]), list(got["inputs"])
	if len(held) < len(inputs) {
		return same("the number of "+address+".inputs in Talq", len(inputs), len(held))
	}
	for i, input := range inputs {
		fields := object(held[i])
		for name, value := range object(input) {
			if err := sameWhereSet(fmt.Sprintf("%s.inputs[%d].%s", address, i, name), value, fields[name]); err != nil {
				return err
			}
		}
	}
	headers := object(want["custom_headers"])
	sent := list(got["custom_headers"])
	if err := same("the number of "+address+".custom_headers in Talq", len(headers), len(sent)); err != nil {
		return err
	}
	for _, header := range sent {
		name, _ := object(header)["key"].(string)
		// The values are secrets, so a failure does not show them.
		if object(header)["value"] != headers[name] {
			return &mismatch{expected: fmt.Sprintf("the header %q of %s to be in Talq as the code has it", name, address), seen: "another value"}
		}
	}
	return nil
}

// sameWhereSet compares a value, if the code has one, with that in Talq.
func sameWhereSet(what string, want, got any) error {
	if want == nil {
		return nil
	}
	return same(what+" in Talq", want, got)
}

func list(value any) []any {
	items, _ := value.([]any)
	return items
}

func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}
