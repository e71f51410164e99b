variable "agent_id" {
  description = "The voice agent whose calls are told of."
  type        = string
}

variable "signing_key" {
  description = "The key with which the CRM checks that a delivery is genuine."
  type        = string
  ephemeral   = true
}

# Signed with a key that stands neither in the state nor in a plan.
resource "talq_agent_webhook" "crm" {
  agent_id    = var.agent_id
  name        = "CRM"
  webhook_url = "https://crm.example.com/talq/events"
  events      = ["event_phone_call_started", "event_phone_call_ended", "event_action_failed"]

  timeout     = 10
  max_retries = 5

  webhook_secret_wo         = var.signing_key
  webhook_secret_wo_version = 1
}

# A body of its own for one of the events.
resource "talq_agent_webhook" "chat" {
  agent_id    = var.agent_id
  name        = "Chat of the front desk"
  webhook_url = "https://chat.example.com/hooks/front-desk"
  events      = ["event_voicemail_message_left"]

  custom_headers = { Accept = "application/json" }
  payload_templates = {
    event_voicemail_message_left = jsonencode({ text = "A voicemail was left in call {{call.id}}." })
  }
}

# Whether a write of a webhook takes a published agent off the air is not documented.
# With the revisions as triggers it is published again in the same apply.
resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = {
    crm  = talq_agent_webhook.crm.revision
    chat = talq_agent_webhook.chat.revision
  }
}
