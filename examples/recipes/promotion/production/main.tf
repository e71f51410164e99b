# Production: a root module of its own, with its own state, token and agent.
#
#   export TALQ_TOKEN=…               # production's; keep it where only this pipeline sees it
#   export TF_VAR_webhook_secret=…
#   terraform plan -out=promotion.tfplan    # for a person to read
#   terraform apply promotion.tfplan
#
# A token of staging finds neither the agent nor the number, whatever it tries.

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
  phone_number   = "+12025550199"
  voice          = { quality_tier = "pro", stability = 0.8, similarity_boost = 0.9 }
  backend_url    = "https://practice.example.com"
  webhook_secret = var.webhook_secret
}
