# Calls the module as its users do, with a provider that reaches the fake Talq on
# this machine: TALQ_BASE_URL says where it is. The token is the fake's. The real
# API refuses it, so this cannot touch a real agent.

terraform {
  required_providers {
    talq = { source = "talqover/talq" }
  }
}

provider "talq" {
  token = "talq_fake_environment_1"
}

variable "desks" {
  type = map(string)
}

module "front_desk" {
  source = "../.."

  agent_id  = "agent-1"
  desks     = var.desks
  crm_token = "not-a-token"
}

output "action_ids" {
  value = module.front_desk.action_ids
}
