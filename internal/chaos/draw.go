package main

import (
	"fmt"
	"slices"
)

// The attributes of each type that the API returns, and those that it hides.
var (
	readable = map[string][]string{
		"webhook":  {"name", "description", "url", "authorization_url", "inputs", "current_status"},
		"external": {"name", "description", "url", "authorization_url", "inputs", "current_status"},
		"transfer": {"name", "description", "transfer_to", "inputs", "current_status"},
		"hold":     {"name", "description", "hold_duration", "inputs", "current_status"},
	}
	hidden = map[string][]string{
		"webhook":  {"custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "authorization_scheme", "integration"},
		"external": {"custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "authorization_scheme", "integration"},
		"transfer": {"integration"},
		"hold":     {"integration"},
	}
)

func readableOf(a attributes) []string { return readable[a.text("type")] }

func hiddenOf(a attributes) []string { return hidden[a.text("type")] }

// needed are the attributes that an action of any type must have.
var needed = []string{"agent_id", "node_id", "name", "description", "type", "transfer_to", "hold_duration"}

func (d *dice) nodeID() string { return fmt.Sprintf("node-%d", d.number()) }

func (d *dice) url() string { return fmt.Sprintf("https://api.example.com/%d?a=1&b=<2>", d.number()) }

// action draws an action of any type.
func (d *dice) action(agentID string) attributes {
	a := attributes{"agent_id": agentID, "node_id": d.nodeID(), "type": pick(d, "webhook", "webhook", "external", "transfer", "hold")}
	for _, name := range slices.Concat(readableOf(a), hiddenOf(a)) {
		if slices.Contains(needed, name) || d.chance(45) {
			d.draw(a, name)
		}
	}
	if a["type"] == "webhook" && a["url"] == nil && a["integration"] == nil {
		a["url"] = d.url()
	}
	return a
}

// draw gives an attribute a new value, or none where it may go without.
func (d *dice) draw(a attributes, name string) {
	if !slices.Contains(needed, name) && d.chance(25) {
		delete(a, name)
		return
	}
	a[name] = d.value(a.text("type"), name)
}

func (d *dice) value(actionType, name string) any {
	switch name {
	case "name":
		return d.phrase("Action")
	case "description", "speak_on_send", "speak_on_receive":
		return d.phrase("Say")
	case "url", "authorization_url":
		return d.url()
	case "authorization_scheme":
		return pick(d, "none", "bearer", "basic", "api_key", "custom")
	case "execution_mode":
		if actionType == "external" {
			return pick(d, "during_call", "post_call")
		}
		return "during_call"
	case "integration":
		return map[string]any{"id": fmt.Sprintf("calendar-%d", d.number())}
	case "hold_duration":
		return int64(1 + d.IntN(600))
	case "transfer_to":
		return fmt.Sprintf("+1202555%04d", d.IntN(10000))
	case "current_status":
		return pick(d, "active", "inactive")
	case "custom_headers":
		return d.headers()
	case "inputs":
		return d.inputs()
	}
	panic("chaos: no value for " + name)
}

// phrase draws a text, some with what HCL, JSON or a trimming server could stumble over.
func (d *dice) phrase(start string) string {
	return fmt.Sprintf("%s %d%s", start, d.number(), pick(d, "", "", "", " ${name} %{if}", "\n", " \"quoted\" \\ <b>&", " Grüße, 你好", " {{ answer.id }}"))
}

func (d *dice) headers() any {
	headers := map[string]any{}
	for n := range d.IntN(4) {
		headers[pick(d, "X-Key", "X-Tenant", "Authorization", "X-Trace")+fmt.Sprintf("-%d", n)] = headerValue(d.number())
	}
	return headers
}

func (d *dice) inputs() any {
	inputs := []any{}
	for n := range d.IntN(4) {
		input := map[string]any{"name": fmt.Sprintf("input_%d", n)}
		kind := pick(d, "", "string", "integer", "number", "boolean", "array", "object")
		if kind != "" {
			input["type"] = kind
		}
		if d.chance(50) {
			input["required"] = d.chance(50)
		}
		if d.chance(50) {
			input["description"] = pick(d, "", d.phrase("Ask"))
		}
		if d.chance(50) {
			input["value"] = d.inputValue(kind)
		}
		inputs = append(inputs, input)
	}
	return inputs
}

// inputValue draws a value as HCL has it: a text that is JSON of the declared type.
func (d *dice) inputValue(kind string) string {
	switch kind {
	case "integer":
		return fmt.Sprint(d.IntN(1000))
	case "number":
		return fmt.Sprintf("%d.5", d.IntN(1000))
	case "boolean":
		return pick(d, "true", "false")
	case "array":
		return fmt.Sprintf(`["a",%d]`, d.number())
	case "object":
		return fmt.Sprintf(`{"k":%d,"l":"m"}`, d.number())
	default:
		return d.phrase("Value")
	}
}
