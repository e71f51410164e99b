# What Talq has, whatever the module's state says.

terraform {
  required_providers {
    talq = { source = "talqover/talq" }
  }
}

provider "talq" {
  token = "talq_fake_environment_1"
}

data "talq_agent" "this" {
  id = "agent-1"
}

data "talq_actions" "this" {
  agent_id = "agent-1"
}

output "status" {
  value = data.talq_agent.this.current_status
}

output "names" {
  value = toset(data.talq_actions.this.actions[*].name)
}
