package fakeapi

import (
	_ "embed"
	"maps"
	"slices"
)

//go:embed testdata/api/get-agent.response.json
var agentSample []byte

//go:embed testdata/api/list-action-integrations.response.json
var integrationsSample []byte

// sampleAgent is the vendor's example of an agent, which every seeded agent starts from.
var sampleAgent = object(sampleData(agentSample))

// sampleIntegrations is the vendor's example of the catalogue.
var sampleIntegrations = sampleData(integrationsSample)

func sampleData(sample []byte) any {
	value, err := decodeJSON(sample)
	if err != nil {
		panic("fakeapi: a sample is not JSON: " + err.Error())
	}
	return object(value)["data"]
}

// hiddenDefaults are the fields that are documented as never read back, with what stands
// where nothing was set (API.md, The request body of the upsert).
var hiddenDefaults = map[string]any{
	"node_id":              nil,
	"authorization_scheme": "none",
	"custom_headers":       []any{},
	"speak_on_send":        nil,
	"speak_on_receive":     nil,
	"execution_mode":       "during_call",
	"integration":          nil,
}

// actionObject is an action as the answer to an upsert, or as any other answer, shows it.
func (b Behaviour) actionObject(act *action, upsert bool) map[string]any {
	fields := act.fields
	shown := map[string]any{
		"id":                act.id,
		"name":              fields["name"],
		"label":             fields["name"],
		"description":       fields["description"],
		"type":              fields["type"],
		"input_schema":      b.inputSchema(fields),
		"config":            fields["config"],
		"action_trigger":    fields["action_trigger"],
		"url":               fields["url"],
		"authorization_url": fields["authorization_url"],
		"current_status":    orDefault(fields["current_status"], "active"),
		"created_at":        b.stamp(act.created, upsert),
		"updated_at":        b.stamp(act.updated, upsert),
	}
	switch b.Undocumented {
	case UndocumentedAbsent:
	case UndocumentedInConfig:
		config := hidden(fields)
		maps.Copy(config, object(fields["config"]))
		shown["config"] = config
	case UndocumentedEchoed:
		maps.Copy(shown, hidden(fields))
	case UndocumentedMasked:
		maps.Copy(shown, hidden(fields))
		shown["custom_headers"] = masked(shown["custom_headers"])
	}
	return shown
}

func hidden(fields map[string]any) map[string]any {
	shown := map[string]any{}
	for field, otherwise := range hiddenDefaults {
		shown[field] = orDefault(fields[field], otherwise)
	}
	return shown
}

func masked(headers any) []any {
	shown := []any{}
	list, _ := headers.([]any)
	for _, header := range list {
		shown = append(shown, withValue(object(header), "********"))
	}
	return shown
}

func orDefault(value, otherwise any) any {
	if value == nil {
		return otherwise
	}
	return value
}

// actionObjects is the listing of an agent's actions, whole.
func (b Behaviour) actionObjects(a *agent) []any {
	shown := make([]any, 0, len(a.actions))
	for _, act := range a.actions {
		shown = append(shown, b.actionObject(act, false))
	}
	if b.ListReversed {
		slices.Reverse(shown)
	}
	return shown
}

// agentObject is an agent as GET /agents/{agent_id} shows it.
func (b Behaviour) agentObject(a *agent) map[string]any {
	shown := maps.Clone(a.fields)
	maps.Copy(shown, b.publicationObject(a))
	shown["created_at"] = b.stamp(a.created, false)
	shown["actions"] = b.actionObjects(a)
	return shown
}

// listedAgentObject is an agent as GET /agents shows it.
func (b Behaviour) listedAgentObject(a *agent) map[string]any {
	shown := b.agentObject(a)
	for _, key := range b.ListedAgentsLack {
		delete(shown, key)
	}
	return shown
}

// publicationObject is an agent as publish and unpublish show it.
func (b Behaviour) publicationObject(a *agent) map[string]any {
	return map[string]any{
		"id":                  a.id,
		"name":                a.fields["name"],
		"current_status":      a.status,
		"is_ready_to_publish": a.ready,
		"updated_at":          b.stamp(a.updated, false),
	}
}
