package flow_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const flowType = "talq_agent_flow"

// greeting is a flow of two nodes in the typed form, and greetingJSON what is sent of it.
func greeting(changes acctest.Values) acctest.Values {
	return acctest.ButWith(acctest.Values{
		"initial_node_id": "greet",
		"nodes": []any{
			acctest.Values{"id": "greet", "type": "say", "content": "Hello!", "next": "bye"},
			acctest.Values{"id": "bye", "type": "end"},
		},
	}, changes)
}

const greetingJSON = `{"initial_node_id": "greet", "nodes": [
	{"id": "greet", "type": "say", "content": "Hello!", "next": "bye"}, {"id": "bye", "type": "end"}
]}`

// driven is a flow driven agent's configuration, with the flow in the typed form.
func driven(config any) acctest.Values {
	return acctest.Values{"agent_id": "agent-1", "conversation_mode": "flow_driven", "flow_config": config}
}

// drivenByJSON is driven with the flow in JSON.
func drivenByJSON(text any) acctest.Values {
	return acctest.Values{"agent_id": "agent-1", "conversation_mode": "flow_driven", "flow_config_json": text}
}

// nodes are a flow's nodes, of which the first one is the first.
func nodes(all ...any) acctest.Values {
	return acctest.Values{"initial_node_id": "a", "nodes": all}
}

func say(id, next string) acctest.Values {
	return acctest.Values{"id": id, "type": "say", "content": "Hello!", "next": next}
}

func end(id string) acctest.Values { return acctest.Values{"id": id, "type": "end"} }
