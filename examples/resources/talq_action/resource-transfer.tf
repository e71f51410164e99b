variable "agent_id" {
  description = "The voice agent that the action belongs to."
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
