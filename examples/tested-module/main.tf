# A module as its author has it: the desks that an agent transfers to, a call of
# the CRM, and the agent live with them.

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = { source = "talqover/talq" }
  }
}

variable "agent_id" {
  description = "The voice agent."
  type        = string
}

variable "desks" {
  description = "The number of each desk, by the desk's name in lower case."
  type        = map(string)

  validation {
    condition     = length(var.desks) > 0
    error_message = "An agent without a desk cannot pass a caller on to a person."
  }
}

variable "crm_token" {
  description = "The token for the CRM."
  type        = string
  sensitive   = true
  ephemeral   = true # so that neither a plan nor the state holds it
}

resource "talq_action" "desk" {
  for_each = var.desks

  agent_id    = var.agent_id
  node_id     = "transfer-to-${each.key}"
  name        = "Transfer to ${title(each.key)}"
  description = "When the caller asks for ${each.key}."
  type        = "transfer"
  transfer_to = each.value
}

resource "talq_action" "crm" {
  agent_id    = var.agent_id
  node_id     = "look-up-caller"
  name        = "Look up the caller"
  description = "At the start of the call."
  type        = "webhook"
  url         = "https://crm.example.com/callers"

  custom_headers_wo         = { Authorization = "Bearer ${var.crm_token}" }
  custom_headers_wo_version = 1
}

resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = merge(
    { for name, desk in talq_action.desk : desk.node_id => desk.revision },
    { (talq_action.crm.node_id) = talq_action.crm.revision },
  )
}

output "action_ids" {
  description = "The id of each action, by its node id."
  value = merge(
    { for name, desk in talq_action.desk : desk.node_id => desk.id },
    { (talq_action.crm.node_id) = talq_action.crm.id },
  )
}
