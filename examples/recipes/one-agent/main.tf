# One agent: its actions in one map, and the publication that puts it back on
# the air after every change of them.
#
#   export TALQ_TOKEN=…    # the token of the agent's environment
#   terraform init
#   terraform apply -var=agent_id=…

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "agent_id" {
  type = string
}

locals {
  # The key is the action's node id, the name by which Talq finds it. Another
  # key is another action: the old one is deleted, and a new one made.
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
    look-up-schedule = {
      name          = "Look up the schedule"
      description   = "When you need a moment to look something up."
      type          = "hold"
      hold_duration = 30
    }
  }
}

resource "talq_action" "this" {
  for_each = local.actions

  agent_id    = var.agent_id
  node_id     = each.key
  name        = each.value.name
  description = each.value.description
  type        = each.value.type

  # Null is the same as left out, so one block does for all types.
  url           = try(each.value.url, null)
  inputs        = try(each.value.inputs, null)
  transfer_to   = try(each.value.transfer_to, null)
  hold_duration = try(each.value.hold_duration, null)
}

# The triggers refer to the whole map, so the agent is published after the last
# write, and after every kind of change: an action that is new, other or gone.
# No create_before_destroy, neither here nor above: Terraform would publish
# first and delete afterwards, which makes the agent a draft again.
resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = { for key, action in talq_action.this : key => action.revision }
}
