package fakeapi

import (
	"fmt"
	"maps"
)

// The fields of a flow_config that update-agent-flow names, and those that stand in an example
// of it alone: name and description of a function, match and next of a branch.
var (
	flowFields     = []string{"initial_node_id", "meta", "nodes", "global_functions"}
	metaFields     = []string{"name", "version"}
	nodeFields     = []string{"id", "type", "content", "next", "branches"}
	branchFields   = []string{"match", "next"}
	functionFields = []string{"name", "description"}
)

// flowConfig is a flow_config as answers show it.
func (b Behaviour) flowConfig(config map[string]any) map[string]any {
	switch b.FlowForm {
	case FlowFilled:
		return filled(config)
	case FlowKnownFields:
		return b.knownFields(config)
	case FlowEmptyAsList:
		shown := map[string]any{}
		for key, value := range config {
			shown[key] = emptyAsList(value)
		}
		return shown
	case FlowAsSent:
	}
	return config
}

func filled(config map[string]any) map[string]any {
	shown := map[string]any{"meta": nil, "global_functions": []any{}}
	maps.Copy(shown, config)
	shown["nodes"] = each(config["nodes"], func(node map[string]any) map[string]any {
		full := map[string]any{"content": nil, "next": nil, "branches": []any{}}
		maps.Copy(full, node)
		return full
	})
	return shown
}

func (b Behaviour) knownFields(config map[string]any) map[string]any {
	ofNode := nodeFields
	if !b.ActionsUnchecked {
		ofNode = append([]string{"action_id"}, ofNode...)
	}
	shown := only(flowFields)(config)
	if meta := object(shown["meta"]); meta != nil {
		shown["meta"] = only(metaFields)(meta)
	}
	if functions, ok := shown["global_functions"]; ok {
		shown["global_functions"] = each(functions, only(functionFields))
	}
	shown["nodes"] = each(shown["nodes"], func(node map[string]any) map[string]any {
		known := only(ofNode)(node)
		if branches, ok := known["branches"]; ok {
			known["branches"] = each(branches, only(branchFields))
		}
		return known
	})
	return shown
}

func only(names []string) func(map[string]any) map[string]any {
	return func(fields map[string]any) map[string]any {
		known := map[string]any{}
		for _, name := range names {
			if value, ok := fields[name]; ok {
				known[name] = value
			}
		}
		return known
	}
}

// each changes the objects of a list. Anything else stays as it is.
func each(value any, change func(map[string]any) map[string]any) any {
	items, ok := value.([]any)
	if !ok {
		return value
	}
	changed := make([]any, len(items))
	for i, item := range items {
		changed[i] = item
		if fields := object(item); fields != nil {
			changed[i] = change(fields)
		}
	}
	return changed
}

func emptyAsList(value any) any {
	switch value := value.(type) {
	case []any:
		changed := make([]any, len(value))
		for i, item := range value {
			changed[i] = emptyAsList(item)
		}
		return changed
	case map[string]any:
		if len(value) == 0 {
			return []any{}
		}
		changed := map[string]any{}
		for key, item := range value {
			changed[key] = emptyAsList(item)
		}
		return changed
	default:
		return value
	}
}

// versionName is how the version of a save is called. The sample's versions go 1.0.0, 1.1.0,
// 1.2.0, and the last one is that of the sample's flow.
func (b Behaviour) versionName(config map[string]any, before int) string {
	if name, _ := object(config["meta"])["version"].(string); name != "" && !b.VersionsCounted {
		return name
	}
	return fmt.Sprintf("1.%d.0", before)
}
