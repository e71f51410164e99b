# What the voice agent of a dental practice can do on a call, and that it takes calls.

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

resource "talq_action" "schedule" {
  agent_id    = var.agent_id
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
  agent_id    = var.agent_id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person, or is in pain."
  type        = "transfer"
  transfer_to = "+12025550123"
}

resource "talq_action" "hold" {
  agent_id      = var.agent_id
  node_id       = "look-up-schedule"
  name          = "Look up the schedule"
  description   = "Puts the caller on hold while the schedule is looked up."
  type          = "hold"
  hold_duration = 30
}

resource "talq_action" "crm" {
  agent_id    = var.agent_id
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
  agent_id = var.agent_id
  triggers = {
    schedule  = talq_action.schedule.revision
    reception = talq_action.reception.revision
    hold      = talq_action.hold.revision
    crm       = talq_action.crm.revision
  }
}
