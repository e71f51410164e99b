# One agent's actions and its publication.

terraform {
  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "agent_id" {
  type = string
}

variable "actions" {
  description = "The agent's actions by node id."

  type = map(object({
    name          = string
    description   = string
    type          = string
    url           = optional(string)
    transfer_to   = optional(string)
    hold_duration = optional(number)
    inputs = optional(list(object({
      name        = string
      type        = optional(string)
      required    = optional(bool)
      description = optional(string)
      value       = optional(string)
    })))
  }))
}

resource "talq_action" "this" {
  for_each = var.actions

  agent_id      = var.agent_id
  node_id       = each.key
  name          = each.value.name
  description   = each.value.description
  type          = each.value.type
  url           = each.value.url
  inputs        = each.value.inputs
  transfer_to   = each.value.transfer_to
  hold_duration = each.value.hold_duration
}

resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = { for key, action in talq_action.this : key => action.revision }
}
