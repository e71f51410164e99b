variable "agent_id" {
  description = "The voice agent of the dental practice."
  type        = string
}

resource "talq_action" "book" {
  agent_id    = var.agent_id
  node_id     = "book-appointment"
  name        = "Book an appointment"
  description = "Books the appointment that the caller has chosen."
  type        = "webhook"
  url         = "https://practice.example.com/appointments"
}

resource "talq_agent_flow" "this" {
  agent_id          = var.agent_id
  conversation_mode = "flow_driven"

  flow_config = {
    initial_node_id = "greet"
    meta            = { name = "Dental practice", version = "1.0.0" }

    nodes = [
      { id = "greet", type = "say", content = "Welcome to the dental practice.", next = "pain" },
      { id = "pain", type = "ask", content = "Are you in pain right now?", next = "urgent" },
      {
        id   = "urgent"
        type = "decision"
        branches = [
          { match = "yes", next = "dentist" },
          { match = "no", next = "day" },
        ]
      },
      { id = "dentist", type = "transfer", content = "I am putting you through to the dentist." },
      { id = "day", type = "ask", content = "On which day would you like to come?", next = "book" },
      { id = "book", type = "action", next = "bye", extra_json = jsonencode({ action_id = talq_action.book.id }) },
      { id = "bye", type = "end" },
    ]

    global_functions = [{ name = "end_conversation", description = "Ends the call when the caller says goodbye." }]
  }
}

resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = {
    book = talq_action.book.revision
    flow = talq_agent_flow.this.revision
  }
}
