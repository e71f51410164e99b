# A warning when an agent that should take calls does not, for agents that are
# not in this code, or whose publication is not: every plan and every apply
# looks, and nothing is changed.
#
# A failed check is a warning. Neither the exit code nor -detailed-exitcode
# shows it; `terraform plan -json` has it as a line of type "diagnostic".

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "agent_ids" {
  description = "The agents that are to take calls, by a name for the message."
  type        = map(string)
}

# Beside the check and not in it: a data block inside a check is read once more in
# every apply, so no plan would be empty and -detailed-exitcode always 2.
#
# It asks for what is live rather than for drafts: an agent that was deleted takes
# no calls either.
data "talq_agents" "live" {
  status = "published"
}

locals {
  live = data.talq_agents.live.agents[*].id
  off  = [for name, id in var.agent_ids : name if !contains(local.live, id)]
}

check "agents_take_calls" {
  assert {
    condition     = length(local.off) == 0
    error_message = "These agents take no calls: ${join(", ", local.off)}. Publish them, or find out who made them drafts."
  }
}
