
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
resource "talq_agent" "front_desk" {
  advanced_settings = { enable_initial_message_cache = false }
  ask_if_human_present_on_idle = true
  conversation_speed = 1.0
  deletion_protection = false
  description = "You answer the phone of a dental practice."
  direction = "inbound"
  enable_recording = false
  endpointing_sensitivity = "auto"
  idle_time_seconds = 10
  initial_idle_time_seconds = 8
  initial_max_idle_check_count = 2
  initial_message = "Good morning, dental practice Miller."
  initial_message_delay = 0
  interrupt_sensitivity = "medium"
  ivr_navigation_mode = "off"
  label = "Front desk"
  language = "en-US"
  llm_temperature = 0.7
  max_call_duration_seconds = 900
  max_idle_check_count = 3
  name = "Bianca"
  phone_number_ids = ["front-desk"]
  say_goodbye_on_max_duration = true
  user_inactivity_timeout_seconds = 30
  voice = { template_id = "clara-ultra", ambient_background = "office", ambient_volume = 0.5, stability = 0.8, similarity_boost = 0.75 }
  who_speaks_first = "agent"
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

resource "talq_agent_webhook" "crm" {
  agent_id                  = "agent-1"
  name                      = "CRM"
  webhook_url               = "https://example.com/hook"
  events                    = ["event_phone_call_started", "event_phone_call_ended"]
  timeout                   = 45
  max_retries               = 0
  enabled                   = false
  http_method               = "PUT"
  authorization_scheme      = "bearer"
  custom_headers            = { Accept = "text/plain" }
  custom_headers_wo         = { Authorization = "Bearer write-only-value" }
  custom_headers_wo_version = 1
  webhook_secret_wo         = "Bearer write-only-value"
  webhook_secret_wo_version = 1
  payload_templates         = { event_phone_call_ended = jsonencode({ call = "{{call.id}}" }) }
}

resource "talq_agent_webhook" "signed" {
  agent_id       = "agent-1"
  name           = "Signed"
  webhook_url    = "https://example.com/signed"
  events         = ["event_recording"]
  webhook_secret = "signs"
}

resource "talq_agent_publication" "this" {
  agent_id             = "agent-1"
  unpublish_on_destroy = true
  triggers = {
    webhook = talq_action.webhook.revision
    hold    = talq_action.hold.revision
    prices  = talq_training.prices.revision
    crm     = talq_agent_webhook.crm.revision
  }
}
