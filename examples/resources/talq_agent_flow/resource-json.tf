resource "talq_agent_flow" "this" {
  agent_id          = "550e8400-e29b-41d4-a716-446655440000"
  conversation_mode = "flow_driven"

  flow_config_json = jsonencode({
    initial_node_id = "greet"
    nodes = [
      { id = "greet", type = "ask", content = "How can I help you?", next = "bye", on_silence = { wait_seconds = 5, next = "bye" } },
      { id = "bye", type = "end" },
    ]
  })
}
