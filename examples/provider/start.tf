variable "agent_id" {
  description = "The voice agent."
  type        = string
}

resource "talq_action" "reception" {
  agent_id    = var.agent_id
  node_id     = "transfer-to-reception"
  name        = "Transfer to reception"
  description = "When the caller asks for a person, or is in pain."
  type        = "transfer"
  transfer_to = "+12025550123"
}

# Publishes the agent again after each write to the action.
resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = {
    reception = talq_action.reception.revision
  }
}
