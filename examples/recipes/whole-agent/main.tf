# A whole agent in one file: who it is, what it knows, what it can do on a call,
# and the publication that puts it on the air after every change of any of them.
#
#   export TALQ_TOKEN=…    # the token of the agent's environment
#   terraform init
#   terraform apply -var=phone_number=+12025550100

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "phone_number" {
  description = "A number of the environment, in E.164 form."
  type        = string
}

data "talq_phone_numbers" "all" {}

data "talq_voice_templates" "english" {
  language     = "en-US"
  quality_tier = "basic"
}

resource "talq_agent" "front_desk" {
  label = "Front desk" # what the dashboard shows
  name  = "Bianca"     # what the agent calls itself

  description = <<-EOT
    You answer the phone of Miller Dental in Springfield. You are friendly and brief.

    - You make, move and cancel appointments. Ask for the name, the date of birth and the reason.
    - Whoever is in pain gets the next free appointment of the same day.
    - You give no medical advice. For emergencies at night you name the on-call service.
  EOT

  # The conversation
  language              = "en-US"
  voice                 = { template_id = data.talq_voice_templates.english.voice_templates[0].id }
  who_speaks_first      = "agent"
  initial_message       = "Miller Dental, this is Bianca. How can I help you?"
  initial_message_delay = 1
  interrupt_sensitivity = "medium"
  conversation_speed    = 1
  llm_temperature       = 0.4

  # The calls
  direction        = "inbound"
  phone_number_ids = [one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == var.phone_number])]

  # When nobody speaks, and what else is set once, when the agent is made
  ask_if_human_present_on_idle = true
  idle_time_seconds            = 10
  endpointing_sensitivity      = "auto"
  ivr_navigation_mode          = "off"
  enable_recording             = false
}

locals {
  # The key is the node id, the name by which Talq finds a training or an action.
  # Another key is another one: the old one is deleted, and a new one made.
  trainings = {
    opening-hours = {
      subject      = "Opening hours"
      instructions = "Monday to Friday from 8 to 18, Saturday from 9 to 12. Closed on public holidays."
    }
    prices = {
      subject      = "Prices"
      instructions = "A check-up is 60 dollars, a cleaning 90 dollars. All else is priced after the first visit."
    }
  }

  actions = {
    schedule-appointment = {
      name        = "Schedule an appointment"
      description = "When the caller wants an appointment, and you know when and for whom."
      type        = "webhook"
      url         = "https://practice.example.com/appointments"
      inputs = [
        { name = "patient", required = true, description = "The patient's full name." },
        { name = "day", required = true, description = "The day, such as 2026-03-31." },
      ]
    }
    transfer-to-reception = {
      name        = "Transfer to reception"
      description = "When the caller asks for a person, or is in pain."
      type        = "transfer"
      transfer_to = "+12025550123"
    }
  }
}

resource "talq_training" "this" {
  for_each = local.trainings

  agent_id     = talq_agent.front_desk.id
  node_id      = each.key
  subject      = each.value.subject
  instructions = each.value.instructions
}

resource "talq_action" "this" {
  for_each = local.actions

  agent_id    = talq_agent.front_desk.id
  node_id     = each.key
  name        = each.value.name
  description = each.value.description
  type        = each.value.type
  url         = try(each.value.url, null)
  transfer_to = try(each.value.transfer_to, null)
  inputs      = try(each.value.inputs, null)
}

resource "talq_agent_publication" "front_desk" {
  agent_id = talq_agent.front_desk.id
  triggers = merge(
    { agent = talq_agent.front_desk.revision },
    { for key, training in talq_training.this : "training ${key}" => training.revision },
    { for key, action in talq_action.this : "action ${key}" => action.revision },
  )
}
