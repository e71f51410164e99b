# Production: a root module of its own, with its own state, token and agent.
#
#   export TALQ_TOKEN=…    # production's; keep it where only this pipeline sees it
#   terraform apply -var=agent_id=…
#
# A token of staging gets a 404 here, whatever it tries.

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }

  # A backend block of its own goes here.
}

variable "agent_id" {
  description = "The agent in production."
  type        = string
}

module "actions" {
  source      = "../actions"
  agent_id    = var.agent_id
  backend_url = "https://practice.example.com"
}
