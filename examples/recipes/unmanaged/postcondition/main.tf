# As in ../check, but an action that this code does not manage fails the plan: for
# an agent on which nobody is to have any. Until it is imported or deleted in the
# dashboard, neither plan nor apply gets to its end.

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
  transfer_to = {
    reception = "+12025550123"
    emergency = "+12025550124"
  }
}

resource "talq_action" "this" {
  for_each = local.transfer_to

  agent_id    = var.agent_id
  node_id     = "transfer-to-${each.key}"
  name        = "Transfer to ${each.key}"
  description = "When the caller asks for it."
  type        = "transfer"
  transfer_to = each.value
}

resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = { for key, action in talq_action.this : key => action.revision }
}

data "talq_actions" "all" {
  agent_id = var.agent_id

  # Where an apply writes actions they are read after it, and this fails only then:
  # the actions are written, and the agent is published anyway. The references
  # in the condition order it so already; this line says it.
  depends_on = [talq_action.this]

  lifecycle {
    postcondition {
      condition = length(setsubtract(self.actions[*].id, [for action in talq_action.this : action.id])) == 0
      error_message = "No configuration manages these actions of agent ${var.agent_id}: ${join(", ", [
        for a in self.actions : "${coalesce(a.name, "no name")} (${a.id})" if !contains([for action in talq_action.this : action.id], a.id)
      ])}. Import them, or delete them in the dashboard."
    }
  }
}
