data "talq_voice_templates" "english" {
  language = "en-US"
}

data "talq_phone_numbers" "all" {
  has_voice = true
}

resource "talq_agent" "front_desk" {
  label = "Front desk" # what the dashboard shows
  name  = "Bianca"     # what the agent calls itself

  description = <<-EOT
    You answer the phone of Miller Dental in Springfield. You are friendly and brief.

    - Opening hours: Monday to Friday, 8 to 18.
    - You make, move and cancel appointments.
    - You give no medical advice.
  EOT

  # The conversation
  language              = "en-US"
  who_speaks_first      = "agent"
  initial_message       = "Good morning, Miller Dental, this is Bianca. How can I help you?"
  initial_message_delay = 1
  interrupt_sensitivity = "medium"
  conversation_speed    = 1.1
  llm_temperature       = 0.4

  voice = {
    template_id = one([
      for v in data.talq_voice_templates.english.voice_templates : v.id
      if v.display_name == "Clara" && v.quality_tier == "ultra"
    ])
    ambient_background = "office"
    stability          = 0.8
    similarity_boost   = 0.75
  }

  # The calls
  direction        = "inbound"
  phone_number_ids = [one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == "+12025550100"])]

  # When nobody speaks. The API takes these once, when it makes the agent.
  ask_if_human_present_on_idle    = true
  idle_time_seconds               = 10
  max_idle_check_count            = 2
  user_inactivity_timeout_seconds = 45
  max_call_duration_seconds       = 900
  say_goodbye_on_max_duration     = true
  endpointing_sensitivity         = "auto"
  ivr_navigation_mode             = "off"
  enable_recording                = false
}

resource "talq_action" "reception" {
  agent_id    = talq_agent.front_desk.id
  node_id     = "reception"
  name        = "Transfer to the reception"
  description = "When the caller asks for a person, or is upset."
  type        = "transfer"
  transfer_to = "+12025550123"
}

# A draft takes no calls: this publishes the agent after every write to it.
resource "talq_agent_publication" "front_desk" {
  agent_id = talq_agent.front_desk.id
  triggers = {
    agent     = talq_agent.front_desk.revision
    reception = talq_action.reception.revision
  }
}
