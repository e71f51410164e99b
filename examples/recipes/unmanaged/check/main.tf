# A warning when the agent has actions that this code does not manage, such as one
# that somebody has just made in the dashboard. They are left alone.
#
# A failed check is a warning. Neither the exit code nor -detailed-exitcode shows
# it; ../../../pipelines/drift.sh counts it as drift.

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

# Beside the check and not in it: a data block inside a check is read once more in
# every apply, so no plan would be empty and -detailed-exitcode always 2.
data "talq_actions" "all" {
  agent_id = var.agent_id

  # Where an apply writes actions they are read after it. Without this line a plan
  # that deletes or replaces an action would call the old one unmanaged.
  depends_on = [talq_action.this]
}

locals {
  # All of the agent's actions that this code manages, from other blocks too:
  # concat([for a in talq_action.this : a.id], [talq_action.other.id]).
  managed   = [for action in talq_action.this : action.id]
  unmanaged = [for a in data.talq_actions.all.actions : "${coalesce(a.name, "no name")} (${a.id})" if !contains(local.managed, a.id)]
}

check "every_action_is_managed" {
  assert {
    condition     = length(local.unmanaged) == 0
    error_message = "No configuration manages these actions of agent ${var.agent_id}: ${join(", ", local.unmanaged)}. Import them, or delete them in the dashboard."
  }
}
