variable "phone_number" {
  description = "A number of your environment, such as +12025550100."
  type        = string
}

data "talq_phone_numbers" "all" {}

data "talq_voice_templates" "english" {
  language     = "en-US"
  quality_tier = "basic"
}

resource "talq_agent" "front_desk" {
  label       = "Front desk" # in the dashboard
  name        = "Bianca"     # what the agent calls itself
  description = "You answer the phone of a dental practice. You are friendly and brief, and pass on whoever is in pain."
  language    = "en-US"
  direction   = "inbound"

  phone_number_ids = [one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == var.phone_number])]
  voice            = { template_id = data.talq_voice_templates.english.voice_templates[0].id }

  who_speaks_first      = "agent"
  initial_message       = "Good morning, this is Bianca. How can I help?"
  initial_message_delay = 1
  conversation_speed    = 1
  llm_temperature       = 0.4

  interrupt_sensitivity        = "medium"
  endpointing_sensitivity      = "auto"
  ivr_navigation_mode          = "off"
  idle_time_seconds            = 10
  ask_if_human_present_on_idle = true
  enable_recording             = false
}

resource "talq_action" "reception" {
  agent_id    = talq_agent.front_desk.id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person, or is in pain."
  type        = "transfer"
  transfer_to = "+12025550123"
}

# Publishes the agent after each write to it or to the action.
resource "talq_agent_publication" "front_desk" {
  agent_id = talq_agent.front_desk.id
  triggers = {
    agent     = talq_agent.front_desk.revision
    reception = talq_action.reception.revision
  }
}
