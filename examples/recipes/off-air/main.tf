# An agent that is taken off the air on purpose, and put back:
#
#   terraform apply -var=agent_id=… -var=on_air=false
#   terraform apply -var=agent_id=…
#
# To unpublish it in the dashboard does not last: the next apply would find a
# draft and publish it.

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

variable "on_air" {
  description = "Whether the agent takes calls."
  type        = bool
  default     = true
}

resource "talq_action" "reception" {
  agent_id    = var.agent_id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person."
  type        = "transfer"
  transfer_to = "+12025550123"
}

resource "talq_agent_publication" "this" {
  count = var.on_air ? 1 : 0

  agent_id = var.agent_id
  triggers = { reception = talq_action.reception.revision }

  # A destroy does what the last apply stored here, so this must have been
  # applied once before on_air is set to false.
  unpublish_on_destroy = true
}
