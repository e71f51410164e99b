# Staging: a root module of its own, with its own state, token and agent.
#
#   export TALQ_TOKEN=…               # staging's, which reaches nothing of production
#   export TF_VAR_webhook_secret=…
#   terraform apply
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

variable "webhook_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

module "front_desk" {
  source         = "../agent"
  phone_number   = "+12025550100"
  voice          = { quality_tier = "basic" }
  backend_url    = "https://staging.practice.example.com"
  webhook_secret = var.webhook_secret
}
