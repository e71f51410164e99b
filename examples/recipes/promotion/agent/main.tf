# The agent that goes from staging to production, with all that it has. Nothing in
# here knows where it runs: what differs between the environments comes in as a
# variable.

terraform {
  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "phone_number" {
  description = "The number that the agent answers, in E.164 form: one of this environment."
  type        = string
}

variable "voice" {
  description = "The tier of the voice, which says what a minute costs, and what the high tiers need."
  type = object({
    quality_tier     = string
    stability        = optional(number)
    similarity_boost = optional(number)
  })
}

variable "backend_url" {
  description = "What actions and webhooks call in this environment."
  type        = string
}

# Ephemeral, so that it stands neither in a state nor in a saved plan.
variable "webhook_secret" {
  description = "The key with which this environment signs events."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# Each environment has ids of its own, so numbers and voices are found by what they are.
data "talq_phone_numbers" "all" {
  lifecycle {
    postcondition {
      condition     = contains(self.phone_numbers[*].number, var.phone_number)
      error_message = "This environment has no number ${var.phone_number}. Perhaps the token is that of another one."
    }
  }
}

data "talq_voice_templates" "english" {
  language     = "en-US"
  quality_tier = var.voice.quality_tier
}

resource "talq_agent" "this" {
  label       = "Front desk"
  name        = "Bianca"
  description = "You answer the phone of Miller Dental in Springfield. You make appointments, and give no medical advice."

  language = "en-US"
  voice = {
    template_id      = one([for v in data.talq_voice_templates.english.voice_templates : v.id if v.display_name == "Bianca"])
    stability        = var.voice.stability
    similarity_boost = var.voice.similarity_boost
  }
  who_speaks_first      = "agent"
  initial_message       = "Miller Dental, this is Bianca. How can I help you?"
  initial_message_delay = 1
  interrupt_sensitivity = "medium"
  conversation_speed    = 1
  llm_temperature       = 0.4

  direction        = "inbound"
  phone_number_ids = [one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == var.phone_number])]

  ask_if_human_present_on_idle = true
  idle_time_seconds            = 10
  endpointing_sensitivity      = "auto"
  ivr_navigation_mode          = "off"
  enable_recording             = false
}

resource "talq_training" "hours" {
  agent_id     = talq_agent.this.id
  node_id      = "opening-hours"
  subject      = "Opening hours"
  instructions = "Monday to Friday from 8 to 18, Saturday from 9 to 12."
}

resource "talq_action" "schedule" {
  agent_id    = talq_agent.this.id
  node_id     = "schedule-appointment"
  name        = "Schedule an appointment"
  description = "When the caller wants an appointment."
  type        = "webhook"
  url         = "${var.backend_url}/appointments"
}

resource "talq_action" "reception" {
  agent_id    = talq_agent.this.id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person."
  type        = "transfer"
  transfer_to = "+12025550123"
}

resource "talq_agent_webhook" "calls" {
  agent_id                  = talq_agent.this.id
  name                      = "Calls"
  webhook_url               = "${var.backend_url}/calls"
  events                    = ["event_phone_call_ended"]
  webhook_secret_wo         = var.webhook_secret
  webhook_secret_wo_version = 1
}

# Single blocks are named one by one. A new one has to be added here too: one that
# is missing is written without a publication after it.
resource "talq_agent_publication" "this" {
  agent_id = talq_agent.this.id
  triggers = {
    agent     = talq_agent.this.revision
    hours     = talq_training.hours.revision
    schedule  = talq_action.schedule.revision
    reception = talq_action.reception.revision
    calls     = talq_agent_webhook.calls.revision
  }
}
