locals {
  flow = {
    initial_node_id = "greet"
    nodes = [
      { id = "greet", type = "say", content = "Welcome to the dental practice.", next = "urgent" },
      { id = "urgent", type = "decision", branches = [{ match = "pain", next = "dentist" }, { match = "other", next = "bye" }] },
      { id = "dentist", type = "transfer" },
      { id = "bye", type = "end" },
    ]
  }
}

resource "talq_agent_flow" "this" {
  agent_id          = "550e8400-e29b-41d4-a716-446655440000"
  conversation_mode = "flow_driven"
  flow_config       = local.flow
}

# terraform output -raw diagram > flow.mmd
output "diagram" {
  value = provider::talq::flow_mermaid(jsonencode(local.flow))
}
