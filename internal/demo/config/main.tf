# The voice agent of a dental practice: who it is, what it knows, what it can do on a call,
# and that it takes calls.

terraform {
  required_version = ">= 1.11"
  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

# The token and the address come from TALQ_TOKEN and TALQ_BASE_URL.
provider "talq" {}

data "talq_phone_numbers" "all" {}

data "talq_voice_templates" "english" {
  language     = "en-US"
  quality_tier = "basic"
}

resource "talq_agent" "front_desk" {
  label       = "Front desk"
  name        = "Bianca"
  description = file("prompt.md")
  language    = "en-US"
  direction   = "inbound"

  phone_number_ids = [for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == "+12025550100"]
  voice            = { template_id = one([for v in data.talq_voice_templates.english.voice_templates : v.id if v.name == "Bianca"]) }

  who_speaks_first      = "agent"
  initial_message       = "Bright Smile dental practice, this is Bianca. How can I help?"
  initial_message_delay = 1
  conversation_speed    = 1
  llm_temperature       = 0.4

  interrupt_sensitivity        = "medium"
  endpointing_sensitivity      = "auto"
  ivr_navigation_mode          = "off"
  idle_time_seconds            = 8
  ask_if_human_present_on_idle = true
  enable_recording             = false

  deletion_protection = false # only since the demo destroys it again
}

resource "talq_training" "prices" {
  agent_id     = talq_agent.front_desk.id
  node_id      = "prices"
  subject      = "Prices"
  instructions = file("trainings/prices.md")
}

resource "talq_training" "opening_hours" {
  agent_id     = talq_agent.front_desk.id
  node_id      = "opening-hours"
  subject      = "Opening hours"
  instructions = file("trainings/opening-hours.md")
}

resource "talq_action" "schedule" {
  agent_id    = talq_agent.front_desk.id
  node_id     = "schedule-appointment"
  name        = "Schedule an appointment"
  description = "Books an appointment, once the caller has agreed to a day and a time."
  type        = "webhook"

  url                  = "https://calendar.bright-smile.example/appointments"
  authorization_scheme = "api_key"
  custom_headers       = { "X-Api-Key" = var.calendar_key }
  speak_on_send        = "One moment, I am booking that for you."
  speak_on_receive     = "Done. We look forward to seeing you."

  inputs = [
    { name = "patient_name", required = true, description = "The patient's first and last name." },
    { name = "starts_at", required = true, description = "The agreed day and time." },
    { name = "new_patient", type = "boolean", description = "Whether this is the first visit." },
    { name = "minutes", type = "integer", value = 30 },
  ]
}

resource "talq_action" "reception" {
  agent_id    = talq_agent.front_desk.id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person, or is in pain."
  type        = "transfer"
  transfer_to = "+12025550123"
}

resource "talq_action" "hold" {
  agent_id      = talq_agent.front_desk.id
  node_id       = "look-up-schedule"
  name          = "Look up the schedule"
  description   = "Puts the caller on hold while the schedule is looked up."
  type          = "hold"
  hold_duration = 30
}

resource "talq_action" "crm" {
  agent_id    = talq_agent.front_desk.id
  node_id     = "sync-to-crm"
  name        = "Sync the call to the CRM"
  description = "Files the call under the patient's record, after it has ended."
  type        = "external"

  url            = "https://crm.bright-smile.example/calls"
  execution_mode = "post_call"

  inputs = [
    { name = "summary", required = true, description = "What the call was about, in two sentences." },
  ]
}

resource "talq_agent_publication" "front_desk" {
  agent_id = talq_agent.front_desk.id
  triggers = {
    agent         = talq_agent.front_desk.revision
    prices        = talq_training.prices.revision
    opening_hours = talq_training.opening_hours.revision
    schedule      = talq_action.schedule.revision
    reception     = talq_action.reception.revision
    hold          = talq_action.hold.revision
    crm           = talq_action.crm.revision
  }
}
