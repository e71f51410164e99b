package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// facts are what a configuration, a state and the server say of one resource, in one form,
// so that they can be compared: each attribute as JSON. What is not set, null, empty and
// the API's documented default are the same, and absent.
//
// This is written from API.md and API-AGENT.md alone and shares nothing with the provider's own mapping,
// so that it cannot share its mistakes. Only the names of an action's attributes are the provider's.
type facts map[string]string

// defaults stand for null (API.md, The request body of the upsert).
var defaults = map[string]any{"authorization_scheme": "none", "execution_mode": "during_call", "current_status": "active"}

// compared are the attributes that configuration, state and server all have, by kind.
var compared = map[string][]string{
	typeAction:   {"agent_id", "node_id", "type"}, // and what the types take
	typeTraining: strings.Fields("agent_id node_id " + readable[typeTraining]),
	typeAgent:    strings.Fields("label " + readable[typeAgent] + " llm_temperature advanced_settings " + atCreate),
}

// twins are the attributes that the server also keeps as an entry of the inputs, by the
// type of action that has them (API.md, ruling 1).
var twins = map[string]string{"transfer": "transfer_to", "hold": "hold_duration"}

// factsOf reads a configuration or a state of a resource.
func factsOf(kind string, a attributes) facts {
	values := attributes{}
	maps.Copy(values, a)
	values["inputs"] = statedInputs(a["inputs"])
	return inForm(kind, values)
}

// statedInputs are the inputs with each value as the JSON that it stands for.
func statedInputs(inputs any) any {
	var stated []any
	elements, _ := inputs.([]any)
	for _, element := range elements {
		input, _ := element.(map[string]any)
		kind, _ := input["type"].(string)
		if kind == "" {
			kind = "string"
		}
		required, _ := input["required"].(bool)
		entry := map[string]any{"name": input["name"], "type": kind, "required": required, "description": input["description"]}
		if text, ok := input["value"].(string); ok {
			entry["value"] = text
			if slices.Contains([]string{"integer", "number", "boolean", "array", "object"}, kind) {
				entry["value"] = decode(text)
			}
		}
		stated = append(stated, entry)
	}
	return stated
}

// factsOfAgent reads what the server holds of an agent: the voice has other names there, and
// its volume is 1 where nobody set it.
func factsOfAgent(stored fakeapi.StoredAgent) facts {
	values := attributes(maps.Clone(stored.Fields))
	if voice, ok := values["voice"].(map[string]any); ok {
		template, _ := voice["template"].(map[string]any)
		values["voice"] = map[string]any{
			"template_id": template["id"], "ambient_background": voice["ambient_background"], "ambient_volume": voice["ambient_volume"],
			"stability": voice["stability"], "similarity_boost": voice["similarity_boost"],
		}
	}
	values["advanced_settings"] = map[string]any{"enable_initial_message_cache": values["enable_initial_message_cache"]}
	return inForm(typeAgent, values)
}

// factsOfItem reads what the server holds of an action or a training.
func factsOfItem(kind, agentID string, stored fakeapi.Stored) facts {
	values := attributes{}
	maps.Copy(values, stored.Fields)
	values["agent_id"] = agentID
	if headers, ok := values["custom_headers"].([]any); ok {
		byName := map[string]any{}
		for _, header := range headers {
			entry, _ := header.(map[string]any)
			name := fmt.Sprint(entry["key"])
			if _, twice := byName[name]; twice {
				name += " (once more)"
			}
			byName[name] = entry["value"]
		}
		values["custom_headers"] = byName
	}
	twin := twins[values.text("type")]
	var inputs []any
	var entries []any
	elements, _ := values["inputs"].([]any)
	for _, element := range elements {
		input, _ := element.(map[string]any)
		if twin != "" && input["name"] == twin {
			entries = append(entries, input["value"])
			continue
		}
		inputs = append(inputs, input)
	}
	values["inputs"] = inputs
	found := inForm(kind, values)
	if twin != "" && (len(entries) != 1 || encode(entries[0]) != encode(values[twin])) {
		found["inputs"] += fmt.Sprintf(" with the entries %s for %s", encode(entries), twin)
	}
	return found
}

func inForm(kind string, values attributes) facts {
	f := facts{}
	for _, name := range compared[kind] {
		value := withoutNulls(withoutDefaults(name, values[name]))
		if value == nil || value == defaults[name] {
			continue
		}
		f[name] = encode(value)
	}
	return f
}

// withoutDefaults takes out of an agent's objects what stands for null (API-AGENT.md).
func withoutDefaults(name string, value any) any {
	object, ok := value.(map[string]any)
	if !ok {
		return value
	}
	object = maps.Clone(object)
	maps.DeleteFunc(object, func(member string, value any) bool {
		return name == "voice" && member == "ambient_volume" && encode(value) == "1" || name == "advanced_settings" && value == false
	})
	return object
}

// withoutNulls takes null members out of objects, and makes empty collections null.
func withoutNulls(value any) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, member := range value {
			if member = withoutNulls(member); member != nil {
				kept[key] = member
			}
		}
		if len(kept) > 0 {
			return kept
		}
		return nil
	case []any:
		if len(value) == 0 {
			return nil
		}
		kept := make([]any, 0, len(value))
		for _, element := range value {
			kept = append(kept, withoutNulls(element))
		}
		return kept
	default:
		return value
	}
}

// cleaned is a value after what a server does to texts (API.md, ruling 9).
func cleaned(value any, b fakeapi.Behaviour) any {
	switch value := value.(type) {
	case string:
		if b.TrimStrings {
			value = strings.TrimSpace(value)
		}
		if b.EmptyToNull && value == "" {
			return nil
		}
		return value
	case map[string]any:
		after := map[string]any{}
		for name, member := range value {
			after[name] = cleaned(member, b)
		}
		return after
	case []any:
		after := make([]any, 0, len(value))
		for _, element := range value {
			after = append(after, cleaned(element, b))
		}
		return after
	default:
		return value
	}
}

// encode writes JSON, the keys of objects in order.
func encode(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("chaos: %v is no JSON: %v", value, err))
	}
	return strings.TrimSpace(b.String())
}

// decode reads JSON that this program made or that came from the CLI. Numbers stay texts.
func decode(text string) any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "not JSON: " + text
	}
	return value
}
