variable "agent_id" {
  type = string
}

resource "talq_action" "this" {
  for_each = {
    reception = "+12025550123"
    on-call   = "+12025550124"
  }

  agent_id    = var.agent_id
  node_id     = "transfer-to-${each.key}"
  name        = "Transfer to ${each.key}"
  description = "When the caller asks for ${each.key}."
  type        = "transfer"
  transfer_to = each.value
}

# One for each agent. The triggers refer to every action of the agent.
resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = { for key, action in talq_action.this : key => action.revision }
}
