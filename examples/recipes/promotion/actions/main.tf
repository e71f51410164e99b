# The set of actions that goes from staging to production. Nothing in here knows
# where it runs: what differs between the environments comes in as a variable.

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

variable "backend_url" {
  description = "What the webhooks call in this environment."
  type        = string
}

resource "talq_action" "schedule" {
  agent_id    = var.agent_id
  node_id     = "schedule-appointment"
  name        = "Schedule an appointment"
  description = "When the caller wants an appointment."
  type        = "webhook"
  url         = "${var.backend_url}/appointments"
}

resource "talq_action" "reception" {
  agent_id    = var.agent_id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person."
  type        = "transfer"
  transfer_to = "+12025550123"
}

# Single blocks are named one by one. A new action has to be added here too:
# one that is missing is written without a publication after it.
resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = {
    schedule  = talq_action.schedule.revision
    reception = talq_action.reception.revision
  }
}
