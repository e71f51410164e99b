
resource "talq_action" "webhook" {
  agent_id    = "agent-1"
  node_id     = "the-webhook"
  name        = "The webhook"
  description = <<-EOT
    What the webhook does.
  EOT
  type        = "webhook"
  url = "https://api.example.com/schedule"
  authorization_url    = "https://auth.example.com/token"
  authorization_scheme = "bearer"
  custom_headers       = { "X-Api-Key" = "first", Accept = "text/plain" }
  speak_on_send        = "One moment."
  speak_on_receive     = "You are booked for {{date}}."
  integration          = { id = "calendar" }
  current_status       = "inactive"
  inputs = [
    { name = "date", required = true, description = "Meeting date" },
    { name = "guests", type = "integer", value = 2 },
    { name = "options", type = "object", value = jsonencode({ vip = false, tags = ["a"] }) },
  ]
execution_mode = "during_call"
}

resource "talq_action" "external" {
  agent_id    = "agent-1"
  node_id     = "the-external"
  name        = "The external"
  description = <<-EOT
    What the external does.
  EOT
  type        = "external"
  url = "https://api.example.com/sync"
  authorization_url    = "https://auth.example.com/token"
  authorization_scheme = "bearer"
  custom_headers       = { "X-Api-Key" = "first", Accept = "text/plain" }
  speak_on_send        = "One moment."
  speak_on_receive     = "You are booked for {{date}}."
  integration          = { id = "calendar" }
  current_status       = "inactive"
  inputs = [
    { name = "date", required = true, description = "Meeting date" },
    { name = "guests", type = "integer", value = 2 },
    { name = "options", type = "object", value = jsonencode({ vip = false, tags = ["a"] }) },
  ]
execution_mode = "during_call"
}

resource "talq_action" "transfer" {
  agent_id    = "agent-1"
  node_id     = "the-transfer"
  name        = "The transfer"
  description = <<-EOT
    What the transfer does.
  EOT
  type        = "transfer"
  transfer_to = "+12025550123"
  current_status = "inactive"
  integration    = { id = "crm" }
  inputs         = [{ name = "reason", description = "Why" }]

}

resource "talq_action" "hold" {
  agent_id    = "agent-1"
  node_id     = "the-hold"
  name        = "The hold"
  description = <<-EOT
    What the hold does.
  EOT
  type        = "hold"
  hold_duration = 30
  current_status = "inactive"
  integration    = { id = "crm" }
  inputs         = [{ name = "reason", description = "Why" }]

}

resource "talq_action" "write_only" {
  agent_id                  = "agent-1"
  node_id                   = "write-only"
  name                      = "Write-only"
  description               = "What it does."
  type                      = "external"
  custom_headers            = { Accept = "text/plain" }
  custom_headers_wo         = { Authorization = "Bearer write-only-value" }
  custom_headers_wo_version = 3
}

resource "talq_training" "prices" {
  agent_id       = "agent-1"
  node_id        = "prices"
  subject        = "Prices"
  instructions   = <<-EOT
    A cleaning costs 90 euros.
  EOT
  current_status = "inactive"
}

resource "talq_agent_flow" "this" {
  agent_id          = "agent-1"
  conversation_mode = "flow_driven"
  flow_config = {
    initial_node_id = "greet"
    meta            = { name = "Intake", version = "1.0.0" }
    nodes = [
      { id = "greet", type = "ask", content = "Hello!", next = "decide" },
      { id = "decide", type = "decision", branches = [{ match = "wait", next = "hold" }, { match = "no", next = "bye" }] },
      { id = "hold", type = "action", next = "bye", extra_json = jsonencode({ action_id = talq_action.hold.id }) },
      { id = "bye", type = "end" },
    ]
    global_functions = [{ name = "end_conversation", description = "Ends the call" }]
  }
}

resource "talq_agent_publication" "this" {
  agent_id             = "agent-1"
  unpublish_on_destroy = true
  triggers = {
    webhook = talq_action.webhook.revision
    hold    = talq_action.hold.revision
    prices  = talq_training.prices.revision
    flow    = talq_agent_flow.this.revision
  }
}
