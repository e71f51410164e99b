data "talq_actions" "webhooks" {
  agent_id       = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
  type           = "webhook"
  current_status = "active"
}

# Where the agent's webhooks go.
output "urls" {
  value = { for action in data.talq_actions.webhooks.actions : action.id => action.url }
}
