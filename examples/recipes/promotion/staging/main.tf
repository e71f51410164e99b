# Staging: a root module of its own, with its own state, token and agent.
#
#   export TALQ_TOKEN=…    # staging's, which reaches no agent of production
#   terraform apply -var=agent_id=…
#
# Then the same in ../production, from the same commit, with production's token:
# that is the promotion. Where the two should not share a commit, give `source`
# a git address with ?ref=, and promote by raising it.

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
  description = "The agent in staging."
  type        = string
}

module "actions" {
  source      = "../actions"
  agent_id    = var.agent_id
  backend_url = "https://staging.practice.example.com"
}
