package acctest

import (
	"maps"
)

// Minimal is the least that an action of a type needs.
func Minimal(actionType any) Values {
	config := Values{"agent_id": "agent-1", "node_id": "node", "name": "Name", "description": "What it does.", "type": actionType}
	switch actionType {
	case "webhook":
		config["url"] = "https://api.example.com/x"
	case "transfer":
		config["transfer_to"] = "+12025550123"
	case "hold":
		config["hold_duration"] = 30
	}
	return config
}

// ButWith returns a copy in which some attributes are others.
func ButWith(config Values, changes Values) Values {
	changed := maps.Clone(config)
	maps.Copy(changed, changes)
	return changed
}
