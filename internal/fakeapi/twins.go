package fakeapi

import (
	"encoding/json"
	"slices"
	"strings"
)

// twin is a field of the request that also lives as an entry of the inputs (API.md, The
// action object in every answer, and ruling 1).
type twin struct {
	field  string
	ofType string // the type of action that needs it
	entry  map[string]any
}

// twins are in the order in which the older page's answer appends their entries
// (testdata/api/upsert-mixed-older-page.json).
var twins = []twin{
	{"transfer_to", "transfer", map[string]any{
		"name": "transfer_to", "type": "string", "required": true, "description": "Transfer to",
	}},
	{"hold_duration", "hold", map[string]any{
		"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration",
	}},
}

// entryValue is the value of the twin's entry among inputs, nil when there is none.
func (t twin) entryValue(inputs any) any {
	entries, _ := inputs.([]any)
	for _, entry := range entries {
		if t.is(entry) {
			return object(entry)["value"]
		}
	}
	return nil
}

func (t twin) is(entry any) bool {
	return object(entry)["name"] == t.field
}

// carryOver keeps both forms of a twin one fact: a write of only one of them changes the
// other as well, where the type of the action uses it.
func carryOver(merged, written map[string]any) {
	for _, t := range twins {
		if merged["type"] != t.ofType {
			continue
		}
		field, fieldWritten := written[t.field]
		inputs, inputsWritten := written["inputs"]
		switch {
		case fieldWritten && !inputsWritten:
			merged["inputs"] = t.withEntryValue(merged["inputs"], field)
		case inputsWritten && !fieldWritten && merged[t.field] != nil:
			if value := t.entryValue(inputs); value != nil {
				merged[t.field] = value
			}
		}
	}
}

// withEntryValue changes the value of the twin's entry, and drops the entry for null.
func (t twin) withEntryValue(inputs, value any) any {
	entries, ok := inputs.([]any)
	if !ok {
		return inputs
	}
	changed := []any{}
	for _, entry := range entries {
		switch {
		case !t.is(entry):
			changed = append(changed, entry)
		case value != nil:
			changed = append(changed, withValue(object(entry), value))
		}
	}
	return changed
}

// inputSchema is how an action's inputs come back.
func (b Behaviour) inputSchema(fields map[string]any) []any {
	entries := []any{}
	inputs, _ := fields["inputs"].([]any)
	for _, entry := range inputs {
		entries = append(entries, b.formed(entry, fields["type"]))
	}
	for _, t := range twins {
		value := fields[t.field]
		sent := t.entryValue(inputs) != nil
		if value == nil || b.TransferHold == TransferHoldAsSent || sent && b.TransferHold == TransferHoldAppended {
			continue
		}
		entries = append(entries, withValue(t.entry, b.form(t, value)))
	}
	if b.InputsReversed {
		slices.Reverse(entries)
	}
	return entries
}

// formed puts the value of a twin's entry into its form; other entries stay as they are.
func (b Behaviour) formed(entry, actionType any) any {
	for _, t := range twins {
		if value := object(entry)["value"]; t.is(entry) && actionType == t.ofType && value != nil {
			return withValue(object(entry), b.form(t, value))
		}
	}
	return entry
}

func (b Behaviour) form(t twin, value any) any {
	form := b.HoldAs
	if t.field == "transfer_to" {
		form = b.TransferAs
	}
	switch value := value.(type) {
	case json.Number:
		if form == ValueAsString {
			return value.String()
		}
	case string:
		digits := strings.TrimPrefix(value, "+")
		if form == ValueAsNumber && isInteger(digits) {
			return json.Number(digits)
		}
	}
	return value
}

func withValue(entry map[string]any, value any) map[string]any {
	return withField(entry, "value", value)
}

// object is value as a JSON object, nil when it is none.
func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}
