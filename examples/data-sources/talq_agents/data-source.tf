data "talq_agents" "drafts" {
  direction = "inbound"
  status    = "draft"
}

# The inbound agents that take no calls at the moment.
output "off_the_air" {
  value = { for agent in data.talq_agents.drafts.agents : agent.id => agent.name }
}
